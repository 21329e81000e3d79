import type Stripe from 'stripe';
import {disputeOf} from '../../adapters/stripe-dispute.ts';
import {refundOf} from '../../adapters/stripe-refund.ts';
import {applyDisputeFact} from '../../store/apply-dispute-fact.ts';
import {applyRefundFact, type MoneyFactOutcome} from '../../store/apply-refund-fact.ts';
import type {StoreContext} from '../../store/context.ts';
import type {webhook_inbox} from '../../store/generated/client.ts';

export interface MoneyFact {
  /** of the refund or the dispute */
  ref: string;
  apply(store: StoreContext): Promise<MoneyFactOutcome>;
}

/** What an event of Stripe says about a refund or a dispute; null for any other, and for one that cannot be read. */
export function moneyFactOf({provider, body}: webhook_inbox): MoneyFact | null {
  if (provider !== 'stripe') return null;
  const {data} = body as {data?: {object?: {object?: string}}};
  const {object} = data ?? {};
  try {
    if (object?.object === 'refund') return refundFact(object as Stripe.Refund);
    if (object?.object === 'dispute') return disputeFact(object as Stripe.Dispute);
  } catch {
    // not readable, so nothing that could be believed
  }
  return null;
}

function refundFact(refund: Stripe.Refund): MoneyFact | null {
  const {payment_intent: intent, metadata} = refund;
  const payment_ref = typeof intent === 'string' ? intent : intent?.id;
  if (!payment_ref) return null;
  const {refund_id = null, attempt} = metadata ?? {};
  const count = Number(attempt);
  const names = {payment_ref, refund_id, attempt: Number.isInteger(count) && count > 0 ? count : null};
  const told = refundOf(refund);
  return {ref: told.ref, apply: (store) => applyRefundFact(store, {...told, ...names})};
}

function disputeFact(dispute: Stripe.Dispute): MoneyFact {
  const told = disputeOf(dispute);
  return {ref: told.ref, apply: (store) => applyDisputeFact(store, told)};
}
