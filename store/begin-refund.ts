import type {RefundLine} from '../domain/payment/refundable.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, refunds} from './generated/client.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {type Refundable, readRefundable} from './refundable.ts';
import {refundKey} from './request-refund.ts';
import {transact} from './transact.ts';

export type RefundTerms =
  /** nothing is to be asked: it has come to its end, or waits for somebody */
  | {state: 'succeeded' | 'rejected' | 'awaiting_approval'}
  | {state: 'failed'; attempt: number; code: string}
  /** a bank is judging about the money: it waits until that is decided */
  | {state: 'frozen'}
  /** with the provider, who has not finished */
  | {state: 'pending'; attempt: number; ref: string}
  | {
      state: 'due';
      attempt: number;
      key: string;
      order_id: string;
      /** the provider's name of the hold that the money was taken from */
      payment_ref: string;
      amount: number;
      currency: string;
      /** an earlier try may have reached the provider */
      seen_before: boolean;
    };

export interface BeginRefundInput {
  refund_id: string;
  attempt: number;
  /** the run that asks */
  run?: string;
}

/**
 * Records that money is about to be given back, before it is. `attempt`: one more than the last one where a failed
 * refund is to be asked for again; that is a new question, so it is checked again what is left to be given back. A run
 * that did not hear how it ended hears it again, also where the bank has sent the money back since.
 */
export function beginRefund(context: StoreContext, input: BeginRefundInput): Promise<RefundTerms> {
  return transact(context, async (tx) => {
    const {order_id} = await tx.refunds.findUniqueOrThrow({where: {id: input.refund_id}});
    const order = await lockOrder(tx, order_id);
    const refund = await tx.refunds.findUniqueOrThrow({where: {id: input.refund_id}});
    const {state, attempt, provider_ref} = refund;
    if (input.run && (await hasEnded(tx, input.run))) return {state: state === 'rejected' ? state : 'succeeded'};
    if (state === 'pending' && provider_ref) return {state, attempt, ref: provider_ref};
    if (state === 'asked') return termsOf(tx, refund, true);
    const again = state === 'failed' && input.attempt > attempt;
    if (state === 'failed' && !again) return {state, attempt, code: refund.failure_code ?? 'failed'};
    if (state !== 'requested' && !again) return {state} as RefundTerms;
    const refundable = await readRefundable(tx, order_id, [refund.id]);
    if (refundable.disputed) return {state: 'frozen'};
    if (!isStillThere(refund, refundable)) return giveUpRefund(context, tx, order, refund);
    return termsOf(tx, await ask(context, tx, order, refund, again ? attempt + 1 : attempt), false);
  });
}

async function hasEnded(tx: Tx, workflow_id: string): Promise<boolean> {
  return (await tx.side_runs.count({where: {workflow_id, ended_at: {not: null}}})) > 0;
}

/** What it was asked of may have been given back otherwise meanwhile, or taken by a bank. */
export function isStillThere({capture_id, amount, lines}: refunds, refundable: Refundable): boolean {
  const capture = refundable.captures.find((known) => known.capture_id === capture_id);
  if (!capture || capture.left < Number(amount)) return false;
  return (lines as unknown as RefundLine[]).every(({line_id, qty}) => {
    const line = refundable.lines.find((known) => known.line_id === line_id);
    return line !== undefined && line.refunded_units + qty <= line.units;
  });
}

export async function giveUpRefund(
  context: StoreContext,
  tx: Tx,
  order: orders,
  refund: refunds,
): Promise<RefundTerms> {
  const {id, payment_id, amount, kind, attempt} = refund;
  const code = 'refund_too_large';
  if (refund.state !== 'failed') {
    await tx.refunds.update({where: {id}, data: {state: 'failed', failure_code: code, updated_at: context.now()}});
    const data = {refund_id: id, payment_id, amount, kind, code};
    await recordChange(context, tx, {order, type: 'order.refund_failed', by: SYSTEM, data});
  }
  return {state: 'failed', attempt, code};
}

async function ask(context: StoreContext, tx: Tx, order: orders, refund: refunds, attempt: number): Promise<refunds> {
  const at = context.now();
  const {id, amount, currency} = refund;
  const key = refundKey(id, attempt);
  const call = {key, provider: 'stripe', operation: 'refund', order_id: order.id, params_hash: `${amount} ${currency}`};
  await tx.provider_calls.create({data: {...call, state: 'started', attempts: 1, first_at: at, last_at: at}});
  const asked = {state: 'asked', attempt, idempotency_key: key, provider_ref: null, failure_code: null, updated_at: at};
  const data = {refund_id: id, amount, attempt};
  await recordChange(context, tx, {order, type: 'order.refund_asked', by: SYSTEM, data});
  return tx.refunds.update({where: {id}, data: asked});
}

async function termsOf(tx: Tx, refund: refunds, seen: boolean): Promise<RefundTerms> {
  const payment = await tx.payments.findUniqueOrThrow({where: {id: refund.payment_id}});
  if (!payment.provider_ref) throw new Error(`payment ${payment.id} was captured and has no name at the provider`);
  return {
    state: 'due',
    attempt: refund.attempt,
    key: refund.idempotency_key,
    order_id: refund.order_id,
    payment_ref: payment.provider_ref,
    amount: Number(refund.amount),
    currency: refund.currency,
    seen_before: seen,
  };
}
