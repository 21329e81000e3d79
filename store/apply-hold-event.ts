import type {StoreContext} from './context.ts';
import {isBeingReleased, settleRelease} from './release-hold.ts';

export interface HoldFact {
  ref: string;
  /** the provider's status of the intent */
  status: string;
  amount: number;
  currency: string;
}

export type HoldFactOutcome = 'confirmed' | 'hold_gone' | 'not_ours' | 'mismatch';

/**
 * Compares what the provider says of a hold with our row. A hold that is gone without our doing is written down and
 * the order's run told; an amount or currency that is not ours is never believed.
 */
export async function applyHoldFact(context: StoreContext, fact: HoldFact): Promise<HoldFactOutcome> {
  const payment = await context.prisma.payments.findUnique({where: {provider_ref: fact.ref}});
  if (!payment) return 'not_ours';
  if (Number(payment.amount) !== fact.amount || payment.currency.toLowerCase() !== fact.currency.toLowerCase())
    return 'mismatch';
  if (fact.status !== 'canceled' || payment.state !== 'authorized') return 'confirmed';
  if (await isBeingReleased(context, payment)) {
    await settleRelease(context, {payment_id: payment.id, ref: fact.ref, reason: 'released'});
    return 'confirmed';
  }
  await settleRelease(context, {payment_id: payment.id, ref: fact.ref, reason: 'expired', tell_run: true});
  return 'hold_gone';
}
