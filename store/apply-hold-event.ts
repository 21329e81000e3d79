import type {StoreContext} from './context.ts';
import type {payments} from './generated/client.ts';
import {isBeingReleased, settleRelease} from './release-hold.ts';

export interface HoldFact {
  ref: string;
  /** the provider's status of the intent */
  status: string;
  amount: number;
  currency: string;
  /** whose the provider says it is, as we told it when the hold was asked for; absent when it does not say */
  order_id?: string | undefined;
  payment_id?: string | undefined;
}

export type HoldFactOutcome = 'confirmed' | 'hold_gone' | 'not_ours' | 'mismatch';

/**
 * Compares what the provider says of a hold with our row. A hold that is gone without our doing is written down and
 * the order's run told; an amount, a currency, an order
 * that is not ours is never believed.
 */
export async function applyHoldFact(context: StoreContext, fact: HoldFact): Promise<HoldFactOutcome> {
  const payment = await context.prisma.payments.findUnique({where: {provider_ref: fact.ref}});
  if (!payment) return 'not_ours';
  if (!isOurs(payment, fact)) return 'mismatch';
  if (fact.status !== 'canceled' || payment.state !== 'authorized') return 'confirmed';
  if (await isBeingReleased(context, payment)) {
    await settleRelease(context, {payment_id: payment.id, ref: fact.ref, reason: 'released'});
    return 'confirmed';
  }
  await settleRelease(context, {payment_id: payment.id, ref: fact.ref, reason: 'expired', tell_run: true});
  return 'hold_gone';
}

function isOurs(payment: payments, {amount, currency, order_id, payment_id}: HoldFact): boolean {
  if (Number(payment.amount) !== amount || payment.currency.toLowerCase() !== currency.toLowerCase()) return false;
  return (order_id ?? payment.order_id) === payment.order_id && (payment_id ?? payment.id) === payment.id;
}
