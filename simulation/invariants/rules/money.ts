import {capturedIsDelivered} from '../captured-value.ts';
import {documentsAreWhole} from '../documents.ts';
import {capturesStayWithinHold, endedHoldsNothing, keysMeanOneRequest, oneLiveHold} from '../money.ts';
import {newHoldsAreExpected, paymentsAreTheLedger} from '../payment-table.ts';
import {refundsStayWithinCaptures} from '../refunds.ts';
import {returnsArePaidBack} from '../returns.ts';
import type {Invariant} from '../types.ts';
import {always, quiet} from './rule.ts';

/** Of what is held, taken and given back. */
export const MONEY: readonly Invariant[] = [
  always(
    'M1',
    'Captures stay within the hold, the hold within the order total',
    'Stripe ledger, orders, events',
    capturesStayWithinHold,
    {better: ['stripe']},
  ),
  always(
    'M2',
    'An order has one live hold, two only while a recorded renewal runs',
    'Stripe ledger, payments',
    oneLiveHold,
    {needs: ['stripe']},
  ),
  quiet(
    'M3',
    'Captured is exactly the value of the units delivered',
    'Stripe ledger, sub_order_lines, order_lines',
    capturedIsDelivered,
    {better: ['stripe']},
  ),
  always(
    'M4',
    'No more is given back than was captured, by unit, capture and order, and nothing goes out while a bank judges',
    'Stripe ledger, refunds, disputes, captures, order_lines, events, returns',
    refundsStayWithinCaptures,
    {atRest: returnsArePaidBack, better: ['stripe']},
  ),
  quiet(
    'M5',
    'A cancelled order costs nothing, and no ended order holds money',
    'Stripe ledger, orders',
    endedHoldsNothing,
    {
      better: ['stripe'],
    },
  ),
  always(
    'M6',
    "Our payments, refunds and disputes are the provider's, row for row",
    'Stripe ledger, payments, captures, refunds, disputes, provider_calls',
    newHoldsAreExpected,
    {atRest: paymentsAreTheLedger, needs: ['stripe']},
  ),
  always(
    'M8',
    'An idempotency key never meant two different requests',
    'Stripe ledger (requests)',
    keysMeanOneRequest,
    {needs: ['stripe']},
  ),
  always(
    'M9',
    'Each capture has one receipt, each refund one credit note, over its amount and numbered without gaps',
    'captures, refunds, documents',
    documentsAreWhole,
  ),
];
