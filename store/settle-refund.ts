import type {StoreContext, Tx} from './context.ts';
import type {orders, refunds} from './generated/client.ts';
import {issueCreditNote} from './issue-document.ts';
import {queueSignal} from './queue-signal.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {recordDerived} from './record-derived.ts';
import {queueRefund} from './request-refund.ts';
import {finishCall} from './settle-hold.ts';
import {endSideRun} from './side-runs.ts';
import {transact} from './transact.ts';

export interface RefundNews {
  refund_id: string;
  /** which attempt the provider speaks of */
  attempt: number;
  /** null: refused, so that there is none */
  ref: string | null;
  state: 'pending' | 'succeeded' | 'failed';
  failure_code: string | null;
  /** the refund's run does not know yet */
  tell_run?: boolean;
}

/** What the provider may say next; anything else is old news. A refund that went through may come back from the bank. */
const NEXT: Readonly<Record<string, readonly RefundNews['state'][]>> = {
  asked: ['pending', 'succeeded', 'failed'],
  pending: ['succeeded', 'failed'],
  succeeded: ['failed'],
};

/** Writes down what became of a refund at the provider. Repeats and old news change nothing. */
export function settleRefund(context: StoreContext, news: RefundNews): Promise<'settled' | 'settled_before'> {
  return transact(context, async (tx) => {
    const {order_id} = await tx.refunds.findUniqueOrThrow({where: {id: news.refund_id}});
    const order = await lockOrder(tx, order_id);
    const refund = await tx.refunds.findUniqueOrThrow({where: {id: news.refund_id}});
    return settleWithin(context, tx, order, refund, news);
  });
}

/** The same inside a transaction that holds the order's lock. */
export async function settleWithin(
  context: StoreContext,
  tx: Tx,
  order: orders,
  refund: refunds,
  news: RefundNews,
): Promise<'settled' | 'settled_before'> {
  const current = refund.attempt === news.attempt && (refund.provider_ref ?? news.ref) === news.ref;
  if (!current || !NEXT[refund.state]?.includes(news.state)) return 'settled_before';
  const {state, ref: provider_ref, failure_code} = news;
  const credit_note = state === 'succeeded' ? await issueCreditNote(context, tx, refund) : refund.credit_note;
  const after = await tx.refunds.update({
    where: {id: refund.id},
    data: {state, provider_ref, failure_code, credit_note, updated_at: context.now()},
  });
  await finishCall(context, tx, refund.idempotency_key, provider_ref);
  if (news.tell_run) await tellRefund(context, tx, after);
  await follow(context, tx, order, refund, after);
  return 'settled';
}

async function follow(context: StoreContext, tx: Tx, order: orders, before: refunds, after: refunds): Promise<void> {
  const {id, payment_id, amount, kind, credit_note, failure_code} = after;
  const data = {refund_id: id, payment_id, amount, kind};
  const part = after.sub_order_id ? {sub_order_id: after.sub_order_id} : {};
  if (after.state === 'pending') {
    await recordChange(context, tx, {order, type: 'order.refund_pending', by: SYSTEM, data, ...part});
    return;
  }
  if (after.state === 'succeeded') {
    await tx.payments.update({where: {id: payment_id}, data: {refunded_amount: {increment: amount}}});
    const done = {type: 'order.refunded_part', by: SYSTEM, data: {...data, credit_note}, ...part};
    await recordDerived(context, tx, order, done);
    await endRefundRun(context, tx, id);
    return;
  }
  const failed = {type: 'order.refund_failed', by: SYSTEM, data: {...data, code: failure_code}, ...part};
  if (before.state !== 'succeeded') {
    await recordChange(context, tx, {order, ...failed});
    return;
  }
  // the bank sent it back after the run had closed: the money is kept again, and a run of its own sees to it
  await tx.payments.update({where: {id: payment_id}, data: {refunded_amount: {decrement: amount}}});
  await recordDerived(context, tx, order, failed);
  await queueRefund(context, tx, order, id);
}

/** Has the refund's run look again, if one is open; `why`, where it is not the refund's own state that changed. */
export async function tellRefund(
  context: StoreContext,
  tx: Tx,
  {id, attempt, state}: refunds,
  why: string = state,
): Promise<void> {
  const run = await openRun(tx, id);
  if (!run) return;
  const operation_id = `${run.workflow_id}:${attempt}:${why}`;
  const signal = {id: `refundChanged:${operation_id}`, workflow_id: run.workflow_id, name: 'refundChanged'};
  await queueSignal(context, tx, {...signal, payload: {operation_id}});
}

/** With this transaction the refund's run is expected to close. */
export async function endRefundRun(context: StoreContext, tx: Tx, refundId: string): Promise<void> {
  const run = await openRun(tx, refundId);
  if (run) await endSideRun(context, tx, run.workflow_id);
}

const openRun = (tx: Tx, refundId: string) =>
  tx.side_runs.findFirst({where: {subject_id: refundId, ended_at: null}, orderBy: {created_at: 'desc'}});
