import type Stripe from 'stripe';
import type {PaymentGateway, ProviderDispute} from '../activities/ports.ts';
import {providerFailure} from './provider-failures.ts';
import {stripeFailure} from './stripe-errors.ts';
import {withFreshKey} from './stripe-keys.ts';

type Disputes = Pick<PaymentGateway, 'retrieveDispute' | 'answerDispute'>;

/** Disputes as Stripe tells them; inquiries before a chargeback are handled like one. */
export function stripeDisputes(stripe: Stripe): Disputes {
  const retrieve = async (ref: string) => disputeOf(await stripe.disputes.retrieve(ref));
  const answered = async (ref: string) => {
    const dispute = await retrieve(ref);
    return dispute.state === 'open' ? null : dispute;
  };
  return {
    retrieveDispute: (ref) => attempt(() => retrieve(ref)),
    answerDispute: (ref, evidence, key) =>
      attempt(() =>
        withFreshKey(
          key,
          async (idempotencyKey) =>
            disputeOf(await stripe.disputes.update(ref, {evidence, submit: true}, {idempotencyKey})),
          () => answered(ref),
        ),
      ),
  };
}

async function attempt<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw stripeFailure(error);
  }
}

const STATES: Readonly<Record<string, ProviderDispute['state']>> = {
  needs_response: 'open',
  warning_needs_response: 'open',
  appeal_needs_response: 'open',
  under_review: 'submitted',
  warning_under_review: 'submitted',
  appeal_under_review: 'submitted',
  won: 'won',
  warning_closed: 'won',
  prevented: 'won',
  lost: 'lost',
};

/** Reads a dispute. Throws ProviderError for an answer that is none. */
export function disputeOf(dispute: Stripe.Dispute): ProviderDispute {
  const state = STATES[dispute.status];
  const {id, payment_intent: intent} = dispute;
  if (typeof id !== 'string' || !state || !intent) throw providerFailure.unreadable('Stripe');
  const due = dispute.evidence_details?.due_by ?? null;
  return {
    ref: id,
    payment_ref: typeof intent === 'string' ? intent : intent.id,
    state,
    amount: dispute.amount,
    currency: dispute.currency.toUpperCase(),
    reason: dispute.reason,
    due_by: due === null ? null : due * 1000,
    opened_at: dispute.created * 1000,
  };
}
