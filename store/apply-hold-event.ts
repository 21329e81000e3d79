import type {StoreContext} from './context.ts';
import type {payments} from './generated/client.ts';
import {tellOrder} from './queue-signal.ts';
import {isBeingReleased, settleRelease} from './release-hold.ts';
import {transact} from './transact.ts';

export interface HoldFact {
  ref: string;
  /** the provider's status of the intent */
  status: string;
  amount: number;
  currency: string;
  /** what was taken of it so far, minor units */
  captured: number;
  /** what the intent says it was made for; null where it says nothing */
  order_id: string | null;
  payment_id: string | null;
  /** the event that says so: a run that looked once looks again for another one */
  told_by: string;
}

/** What of a fact contradicts our row: nothing of it is believed. */
export interface Contradiction {
  order_id: string;
  wrong: 'amount' | 'currency' | 'order' | 'hold' | 'refund';
  ours: string;
  told: string;
}

export type HoldFactOutcome =
  | {outcome: 'confirmed' | 'hold_gone' | 'hold_moved' | 'not_ours' | 'early'}
  | {outcome: 'mismatch'; contradiction: Contradiction};

/**
 * Compares what the provider says of a hold with our row. A hold that is gone without our doing is written down and
 * the order's run told; an amount, a currency or an order that is not ours is never believed.
 * `early`: about a hold whose own answer, or that of a capture of it, has not come yet.
 */
export async function applyHoldFact(context: StoreContext, fact: HoldFact): Promise<HoldFactOutcome> {
  const {payment, row} = await rowsOf(context, fact);
  if (!row) return (await tellShopsOrder(context, fact)) ? {outcome: 'hold_moved'} : {outcome: 'not_ours'};
  const contradiction = contradictionOf(row, fact);
  if (contradiction) return {outcome: 'mismatch', contradiction};
  if (!payment) return {outcome: row.state === 'unknown' ? 'early' : 'not_ours'};
  if (payment.state === 'requires_action' && fact.status !== 'requires_action')
    return holdMoved(context, payment, fact);
  if (fact.status !== 'canceled' || payment.state !== 'authorized') return {outcome: 'confirmed'};
  // money was taken before it ended: the step that asked for it must write that down first, or it would ask again
  if (fact.captured > Number(payment.captured_amount)) return {outcome: 'early'};
  return holdGone(context, payment, fact.ref);
}

/** The payment whose hold it is, and else the one it names: in one look, as the hold's own answer may come between two. */
async function rowsOf({prisma}: StoreContext, {ref, payment_id}: HoldFact) {
  const known = payment_id === null ? [] : [{id: payment_id}];
  const rows = await prisma.payments.findMany({where: {OR: [{provider_ref: ref}, ...known]}});
  const payment = rows.find((row) => row.provider_ref === ref);
  return {payment, row: payment ?? rows[0]};
}

const HOLDS_MONEY = new Set(['requires_capture', 'succeeded', 'processing']);

function contradictionOf(row: payments, fact: HoldFact): Contradiction | null {
  const contradiction = (wrong: Contradiction['wrong'], ours: string, told: string): Contradiction => ({
    order_id: row.order_id,
    wrong,
    ours,
    told,
  });
  if (fact.order_id !== null && fact.order_id !== row.order_id)
    return contradiction('order', row.order_id, fact.order_id);
  if (row.provider_ref === fact.ref && fact.payment_id !== null && fact.payment_id !== row.id) {
    return contradiction('hold', row.id, fact.payment_id);
  }
  // money under our name that is not the hold we know of
  if (row.provider_ref !== fact.ref && row.state !== 'unknown' && HOLDS_MONEY.has(fact.status)) {
    return contradiction('hold', row.provider_ref ?? 'none', fact.ref);
  }
  if (Number(row.amount) !== fact.amount) return contradiction('amount', String(row.amount), String(fact.amount));
  const [ours, told] = [row.currency, fact.currency].map((currency) => currency.toUpperCase()) as [string, string];
  return ours === told ? null : contradiction('currency', ours, told);
}

/** The customer has answered their bank, or the time for it is over: the run looks for itself what became of it. */
export async function holdMoved(
  context: StoreContext,
  {id: payment_id, order_id}: {id: string; order_id: string},
  {told_by}: Pick<HoldFact, 'told_by'>,
): Promise<HoldFactOutcome> {
  await transact(context, (tx) =>
    tellOrder(context, tx, order_id, 'holdMoved', `${payment_id}:${told_by}`, {payment_id}),
  );
  return {outcome: 'hold_moved'};
}

/** An intent that a shop authorises by itself: the order's run compares it with the order. False when none waits for it. */
async function tellShopsOrder(context: StoreContext, {ref, told_by}: HoldFact): Promise<boolean> {
  const hold = await context.prisma.shop_holds.findUnique({where: {intent: ref}});
  if (hold?.state !== 'awaited') return false;
  await holdMoved(context, {id: hold.intent, order_id: hold.order_id}, {told_by});
  return true;
}

async function holdGone(context: StoreContext, payment: payments, ref: string): Promise<HoldFactOutcome> {
  if (await isBeingReleased(context, payment)) {
    await settleRelease(context, {payment_id: payment.id, ref, reason: 'released'});
    return {outcome: 'confirmed'};
  }
  await settleRelease(context, {payment_id: payment.id, ref, reason: 'expired', tell_run: true});
  return {outcome: 'hold_gone'};
}
