import {adoptRefund} from './adopt-refund.ts';
import type {Contradiction} from './apply-hold-event.ts';
import type {StoreContext} from './context.ts';
import type {refunds} from './generated/client.ts';
import {settleRefund} from './settle-refund.ts';

export interface RefundFact {
  ref: string;
  state: 'pending' | 'succeeded' | 'failed';
  /** of the hold the money was taken from */
  payment_ref: string;
  amount: number;
  currency: string;
  failure_code: string | null;
  /** what the refund says it was made for; null where it says nothing */
  refund_id: string | null;
  attempt: number | null;
}

export type MoneyFactOutcome =
  | {outcome: 'confirmed' | 'settled' | 'not_ours' | 'early'}
  | {outcome: 'mismatch'; contradiction: Contradiction};

/**
 * Compares what the provider says of a refund with our row and writes down what is new. An amount, a currency or a hold
 * that is not ours is never believed; a refund of our money that somebody else made is taken into the books.
 * `early`: about one whose own answer has not come yet.
 */
export async function applyRefundFact(context: StoreContext, fact: RefundFact): Promise<MoneyFactOutcome> {
  const {prisma} = context;
  const payment = await prisma.payments.findUnique({where: {provider_ref: fact.payment_ref}});
  const row = await rowOf(context, fact);
  if (!row) {
    return payment ? adoptRefund(context, fact, payment.id) : {outcome: 'not_ours'};
  }
  const contradiction = contradictionOf(row, fact, payment?.id ?? 'none');
  if (contradiction) return {outcome: 'mismatch', contradiction};
  if (fact.attempt !== null && fact.attempt !== row.attempt) return {outcome: 'confirmed'};
  if (row.provider_ref === null) return {outcome: row.state === 'asked' ? 'early' : 'confirmed'};
  const {ref, state, failure_code} = fact;
  const news = {refund_id: row.id, attempt: row.attempt, ref, state, failure_code, tell_run: true};
  return {outcome: (await settleRefund(context, news)) === 'settled' ? 'settled' : 'confirmed'};
}

async function rowOf({prisma}: StoreContext, {ref, refund_id}: RefundFact): Promise<refunds | null> {
  const known = await prisma.refunds.findUnique({where: {provider_ref: ref}});
  return known ?? (refund_id === null ? null : prisma.refunds.findUnique({where: {id: refund_id}}));
}

function contradictionOf(row: refunds, fact: RefundFact, paymentId: string): Contradiction | null {
  const {order_id} = row;
  if (paymentId !== row.payment_id) return {order_id, wrong: 'hold', ours: row.payment_id, told: paymentId};
  const same = fact.attempt === null || fact.attempt === row.attempt;
  if (same && row.provider_ref !== null && row.provider_ref !== fact.ref) {
    return {order_id, wrong: 'refund', ours: row.provider_ref, told: fact.ref};
  }
  if (Number(row.amount) !== fact.amount) {
    return {order_id, wrong: 'amount', ours: String(row.amount), told: String(fact.amount)};
  }
  if (row.currency !== fact.currency) return {order_id, wrong: 'currency', ours: row.currency, told: fact.currency};
  return null;
}
