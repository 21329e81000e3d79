import type Stripe from 'stripe';
import type {PaymentGateway, ProviderRefund, RefundRequest} from '../activities/ports.ts';
import {providerFailure} from './provider-failures.ts';
import {stripeFailure} from './stripe-errors.ts';
import {withFreshKey} from './stripe-keys.ts';

type Refunds = Pick<PaymentGateway, 'refund' | 'findRefund' | 'retrieveRefund'>;

/** Money given back. Each attempt has a key and names itself in the metadata, by which it is found again. */
export function stripeRefunds(stripe: Stripe): Refunds {
  return {
    refund: (request) => attempt(() => make(stripe, request)),
    findRefund: (wanted) => attempt(() => find(stripe, wanted)),
    retrieveRefund: (ref) => attempt(async () => refundOf(await stripe.refunds.retrieve(ref))),
  };
}

async function attempt<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw stripeFailure(error);
  }
}

function make(stripe: Stripe, request: RefundRequest): Promise<ProviderRefund> {
  const {payment_ref, amount, order_id, refund_id, attempt: count} = request;
  const params: Stripe.RefundCreateParams = {
    payment_intent: payment_ref,
    amount,
    reason: 'requested_by_customer',
    metadata: {order_id, refund_id, attempt: String(count)},
  };
  const create = async (idempotencyKey: string) => {
    const made = await stripe.refunds.create(params, {idempotencyKey});
    // a replayed answer shows the refund as it was at the first try: ask how it is now
    const replayed = made.lastResponse.headers['idempotent-replayed'] === 'true';
    return refundOf(replayed ? await stripe.refunds.retrieve(made.id) : made);
  };
  return withFreshKey(request.key, create, () => find(stripe, request));
}

/** Goes through the list of the intent's refunds, which shows one as soon as it exists. */
async function find(
  stripe: Stripe,
  wanted: Pick<RefundRequest, 'refund_id' | 'attempt' | 'payment_ref'>,
): Promise<ProviderRefund | null> {
  for await (const refund of stripe.refunds.list({payment_intent: wanted.payment_ref, limit: 100})) {
    const {refund_id, attempt: count} = refund.metadata ?? {};
    if (refund_id === wanted.refund_id && count === String(wanted.attempt)) return refundOf(refund);
  }
  return null;
}

const STATES: Readonly<Record<string, ProviderRefund['state']>> = {
  pending: 'pending',
  requires_action: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
};

/** Reads a refund. Throws ProviderError for an answer that is none. */
export function refundOf(refund: Stripe.Refund): ProviderRefund {
  const state = STATES[refund.status ?? ''];
  if (typeof refund.id !== 'string' || !state) throw providerFailure.unreadable('Stripe');
  return {
    ref: refund.id,
    state,
    amount: refund.amount,
    currency: refund.currency.toUpperCase(),
    failure_code: state === 'failed' ? (refund.failure_reason ?? refund.status) : null,
  };
}
