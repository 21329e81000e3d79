import Stripe from 'stripe';

/** So many keys are tried in one attempt; the next attempt walks the same chain again. */
const LONGEST_CHAIN = 5;

/**
 * Stripe keeps a 500 with its key and gives the same answer for a day. Where that happens the outcome is looked up
 * first; only when nothing came of the call is it made again, under the next key of a chain that is the same on every
 * attempt: `key`, `key:2`, `key:3` …
 */
export async function withFreshKey<T>(
  key: string,
  call: (key: string) => Promise<T>,
  lookUp: () => Promise<T | null>,
): Promise<T> {
  for (let link = 1; ; link += 1) {
    try {
      return await call(link === 1 ? key : `${key}:${link}`);
    } catch (error) {
      if (!isStoredFailure(error) || link === LONGEST_CHAIN) throw error;
      const found = await lookUp();
      if (found !== null) return found;
    }
  }
}

function isStoredFailure(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError) || (error.statusCode ?? 0) < 500) return false;
  return error.headers?.['idempotent-replayed'] === 'true';
}
