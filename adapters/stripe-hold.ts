import type Stripe from 'stripe';
import type {Hold} from '../activities/ports.ts';
import {providerFailure} from './provider-failures.ts';

/** What a hold is read from; list calls put `data.` in front. */
export const EXPAND = ['latest_charge', 'latest_charge.refunds'];

const STATES: Partial<Record<Stripe.PaymentIntent.Status, Hold['state']>> = {
  requires_action: 'requires_action',
  requires_capture: 'authorized',
  succeeded: 'captured',
  canceled: 'canceled',
  // every intent of ours is confirmed as it is made: back at these two, an attempt has failed
  requires_payment_method: 'declined',
  requires_confirmation: 'declined',
};

/** Reads a payment intent. Throws ProviderError for an answer that is none. */
export function holdOf(intent: Stripe.PaymentIntent): Hold {
  const state = STATES[intent.status];
  if (typeof intent.id !== 'string' || !state) throw providerFailure.unreadable('Stripe');
  const charge = typeof intent.latest_charge === 'string' ? null : intent.latest_charge;
  const card = charge?.payment_method_details?.card;
  const failure = state === 'declined' ? intent.last_payment_error : null;
  return {
    ref: intent.id,
    state,
    amount: intent.amount,
    captured: charge?.amount_captured ?? intent.amount_received,
    refunded: charge ? refundedOf(charge) : 0,
    currency: intent.currency.toUpperCase(),
    capture_before: card?.capture_before === undefined ? null : card.capture_before * 1000,
    multicapture: card?.multicapture?.status === 'available',
    saved_method: charge?.status === 'succeeded' ? charge.payment_method : null,
    card_fingerprint: card?.fingerprint ?? failure?.payment_method?.card?.fingerprint ?? null,
    client_secret: state === 'requires_action' ? intent.client_secret : null,
    decline_code: failure?.decline_code ?? failure?.code ?? null,
  };
}

/** Stripe books what a hold lets go as refunds too: they give back nothing that was ever taken. */
const RELEASES: ReadonlySet<string | null> = new Set(['expired_uncaptured_charge', 'partial_capture']);

function refundedOf({refunds, amount_refunded, amount_captured}: Stripe.Charge): number {
  if (!refunds || refunds.has_more) return Math.min(amount_refunded, amount_captured);
  return refunds.data
    .filter(({reason, status}) => !RELEASES.has(reason) && status !== 'failed' && status !== 'canceled')
    .reduce((sum, {amount}) => sum + amount, 0);
}
