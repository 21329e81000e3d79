import {answerJson, answerWith, type Call, findRecord, mergeMetadata, move, type Route} from '../call.ts';
import {invalidParameter, refused} from '../errors.ts';
import {newId} from '../ids.ts';
import {PAGE, page, recordsOf} from '../list.ts';
import {readParams} from '../params.ts';
import type {Answer, ChargeRecord, IntentRecord, RefundRecord} from '../records.ts';
import {fateOf, bookRefund} from '../refunds.ts';
import {showRefund} from '../show.ts';

const CREATE = {
  amount: 'integer',
  charge: 'text',
  expand: 'texts',
  metadata: 'map',
  payment_intent: 'text',
  reason: ['duplicate', 'fraudulent', 'requested_by_customer'],
} as const;

export const refundRoutes: Route[] = [
  {method: 'POST', path: '/v1/refunds', operation: 'refunds.create', handle: createRefund},
  {method: 'GET', path: '/v1/refunds', operation: 'refunds.list', handle: listRefunds},
  {
    method: 'GET',
    path: '/v1/refunds/:id',
    operation: 'refunds.retrieve',
    handle: ({form, path, state}) => {
      const {expand} = readParams(form, {expand: 'texts'});
      return answerWith('refund', findRecord(state.refunds, 'refund', path['id'] ?? '').id, expand);
    },
  },
];

export function createRefund(call: Call): Answer {
  const params = readParams(call.form, CREATE);
  const intent = refundedIntent(call, params.payment_intent, params.charge);
  const charge = refundableCharge(call, intent);
  const amount = refundAmount(charge, params.amount);
  const record: RefundRecord = {
    id: newId('re'),
    payment_intent: intent.id,
    charge: charge.id,
    amount,
    currency: intent.currency,
    reason: params.reason ?? null,
    metadata: mergeMetadata({}, params.metadata),
    at: call.now,
    idempotency_key: call.key,
    ...fateOf(call, intent, charge),
  };
  const about = {kind: 'refund', id: record.id} as const;
  call.changes.push(
    {add: 'refund', record},
    {add: 'event', id: newId('evt'), type: 'refund.created', at: call.now, about},
  );
  move(call, bookRefund(intent, amount, call.now));
  return answerWith('refund', record.id, params.expand);
}

function refundedIntent({state}: Call, intentId: string | undefined, chargeId: string | undefined): IntentRecord {
  if (intentId !== undefined) return findRecord(state.intents, 'payment_intent', intentId, 'payment_intent');
  if (chargeId === undefined) {
    throw invalidParameter(
      'parameter_missing',
      'charge',
      'One of the following params should be provided: charge, payment_intent.',
    );
  }
  return findRecord(state.intents, 'charge', state.intentByCharge.get(chargeId) ?? chargeId, 'charge');
}

function refundableCharge({state}: Call, intent: IntentRecord): ChargeRecord {
  const charge = intent.charges.at(-1);
  const disputes = [...state.disputes.values()].filter((dispute) => dispute.charge === charge?.id);
  if (charge && disputes.some(({status}) => status !== 'won')) {
    const message = `The charge ${charge.id} has been charged back; cannot issue a refund.`;
    throw refused('charge_disputed', message, {charge: charge.id});
  }
  if (charge && charge.amount_captured > 0) return charge;
  throw refused('payment_intent_unexpected_state', `The PaymentIntent ${intent.id} has no captured charge to refund.`, {
    param: 'payment_intent',
  });
}

function refundAmount(charge: ChargeRecord, wanted: number | undefined): number {
  const left = charge.amount_captured - charge.amount_refunded;
  if (left === 0) throw refused('charge_already_refunded', `Charge ${charge.id} has already been refunded.`);
  const amount = wanted ?? left;
  if (amount < 1) throw invalidParameter('parameter_invalid_integer', 'amount', 'This value must be greater than 0.');
  if (amount > left) {
    const message = `Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`;
    throw refused('amount_too_large', message, {param: 'amount', charge: charge.id});
  }
  return amount;
}

function listRefunds({state, form}: Call): Answer {
  const params = readParams(form, {...PAGE, charge: 'text', created: 'range', payment_intent: 'text'});
  const intent = params.payment_intent ?? (params.charge && (state.intentByCharge.get(params.charge) ?? params.charge));
  const ids = intent === undefined ? state.refundOrder : (state.refundsByIntent.get(intent) ?? []);
  const request = {
    url: '/v1/refunds',
    limit: params.limit,
    startingAfter: params.starting_after,
    created: params.created,
  };
  return answerJson(
    page(
      recordsOf(ids, state.refunds),
      (record) => record.at,
      (record) => showRefund(record),
      request,
    ),
  );
}
