import Stripe from 'stripe';
import {ProviderError} from '../domain/provider-error.ts';
import {providerFailure} from './provider-failures.ts';
import {retryAfterOf} from './retry-after.ts';

const NAME = 'Stripe';

/** What a failed call of the SDK means. */
export function stripeFailure(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof Stripe.errors.StripeConnectionError) return providerFailure.unreachable(NAME);
  // without a status the SDK could not read the answer: cut-off JSON, a proxy's page, a body that is no object
  if (!(error instanceof Stripe.errors.StripeError) || error.statusCode === undefined) {
    return providerFailure.unreadable(NAME);
  }
  const {statusCode, rawType, code, message, requestId} = error;
  // the key was used with other parameters: a bug of ours or a stale key; asking again gives the same answer
  if (rawType === 'idempotency_error' && statusCode !== 409) {
    return providerFailure.refused(NAME, 'idempotency_mismatch', 'the idempotency key belongs to another request');
  }
  // idempotency_key_in_use: a concurrent attempt under our own key
  if (statusCode === 409) return providerFailure.busy(NAME);
  if (statusCode === 429) return providerFailure.throttled(NAME, retryAfterOf(error.headers?.['retry-after']));
  if (statusCode === 401 || statusCode === 403) return providerFailure.unauthorised(NAME);
  // Stripe replays a 500 under the same key for 24 h: the caller looks up first, then takes a new key
  if (statusCode >= 500) return providerFailure.broken(NAME, statusCode);
  return providerFailure.refused(NAME, code ?? 'provider_refused', requestId ? `${message} (${requestId})` : message);
}
