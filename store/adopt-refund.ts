import type {MoneyFactOutcome, RefundFact} from './apply-refund-fact.ts';
import {giveUpRefund, isStillThere} from './begin-refund.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, payments, refunds} from './generated/client.ts';
import {newId} from './ids.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {readRefundable} from './refundable.ts';
import {queueRefund, refundKey} from './request-refund.ts';
import {settleWithin, tellRefund} from './settle-refund.ts';
import {transact} from './transact.ts';

/** Why a refund is in our books that nobody asked us for. */
export const MADE_AT_PROVIDER = 'made_at_provider';

/**
 * Takes a refund of our money into the books that somebody made by hand at the provider: counted like any other, so
 * that what is given back later fits beside it. `early`: of money that we do not know to be taken yet.
 */
export function adoptRefund(context: StoreContext, fact: RefundFact, paymentId: string): Promise<MoneyFactOutcome> {
  return transact(context, async (tx): Promise<MoneyFactOutcome> => {
    const {order_id} = await tx.payments.findUniqueOrThrow({where: {id: paymentId}});
    const order = await lockOrder(tx, order_id);
    const payment = await tx.payments.findUniqueOrThrow({where: {id: paymentId}});
    if (payment.currency !== fact.currency) {
      const contradiction = {order_id, wrong: 'currency', ours: payment.currency, told: fact.currency} as const;
      return {outcome: 'mismatch', contradiction};
    }
    // somebody else was faster: compared with that row next time
    if ((await tx.refunds.count({where: {provider_ref: fact.ref}})) > 0) return {outcome: 'early'};
    const capture = await captureFor(tx, payment);
    if (!capture || (await leftAtProvider(tx, payment)) < fact.amount) return {outcome: 'early'};
    const row = await tx.refunds.create({data: rowOf(context, order, fact, capture)});
    const {id: refund_id, amount, kind, capture_id, sub_order_id} = row;
    const current = await recordChange(context, tx, {
      order,
      type: 'order.refund_adopted',
      by: SYSTEM,
      data: {refund_id, kind, amount, capture_id, reason: MADE_AT_PROVIDER},
      ...(sub_order_id ? {sub_order_id} : {}),
    });
    const {ref, state, failure_code} = fact;
    await settleWithin(context, tx, current, row, {refund_id, attempt: 1, ref, state, failure_code});
    if (state === 'pending') await queueRefund(context, tx, order, refund_id);
    if (state !== 'failed') await makeRoom(context, tx, order_id);
    return {outcome: 'settled'};
  });
}

type Capture = Pick<refunds, 'payment_id'> & {capture_id: string; sub_order_id: string};

/** Of the captures of this hold the one that has most left: the provider knows only the hold. */
async function captureFor(tx: Tx, {id, order_id}: payments): Promise<Capture | undefined> {
  const {captures} = await readRefundable(tx, order_id);
  return captures.filter(({payment_id}) => payment_id === id).sort((a, b) => b.left - a.left)[0];
}

/** What the provider can still give back of a hold, whatever is only planned here. */
async function leftAtProvider(tx: Tx, {id, captured_amount, disputed_amount}: payments): Promise<number> {
  const {_sum} = await tx.refunds.aggregate({
    where: {payment_id: id, state: {in: ['pending', 'succeeded']}},
    _sum: {amount: true},
  });
  return Number(captured_amount - disputed_amount - (_sum.amount ?? 0n));
}

/** It begins as one that was asked for, and is settled like any other. */
function rowOf(context: StoreContext, order: orders, fact: RefundFact, capture: Capture) {
  const at = context.now();
  const id = newId('rfd', at);
  return {
    id,
    order_id: order.id,
    payment_id: capture.payment_id,
    capture_id: capture.capture_id,
    sub_order_id: capture.sub_order_id,
    kind: 'provider',
    lines: [],
    amount: BigInt(fact.amount),
    currency: order.currency,
    state: 'asked',
    idempotency_key: refundKey(id, 1),
    provider_ref: fact.ref,
    reason: MADE_AT_PROVIDER,
    requested_by: 'stripe',
    requested_role: 'provider',
    request_id: `provider:${fact.ref}`,
    created_at: at,
    updated_at: at,
  };
}

/** What was only planned to be given back of the same money, and does not fit any more, is given up: newest first. */
async function makeRoom(context: StoreContext, tx: Tx, orderId: string): Promise<void> {
  const planned = await tx.refunds.findMany({
    where: {order_id: orderId, state: {in: ['awaiting_approval', 'requested']}},
    orderBy: [{created_at: 'desc'}, {id: 'desc'}],
  });
  for (const refund of planned) {
    if (isStillThere(refund, await readRefundable(tx, orderId, [refund.id]))) continue;
    await giveUpRefund(context, tx, await lockOrder(tx, orderId), refund);
    await tellRefund(context, tx, {...refund, state: 'failed'});
  }
}
