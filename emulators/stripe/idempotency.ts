import {createHash} from 'node:crypto';
import {StripeError} from './errors.ts';
import {canonicalForm} from './form.ts';
import type {State, StoredAnswer} from './state.ts';

/** The same call with the same parameters, in any order, has the same hash. */
export function paramHash(method: string, path: string, form: string): string {
  return createHash('sha256')
    .update(`${method} ${path}\n${canonicalForm(form)}`)
    .digest('hex')
    .slice(0, 32);
}

export interface Idempotency {
  /**
   * Takes the key for this call, or gives the answer stored under it. Throws StripeError 400 when the key was used
   * with other parameters, 409 while another call holds it.
   */
  begin(key: string, hash: string, now: number): StoredAnswer | undefined;
  /** Lets the key go. */
  end(key: string): void;
}

/** Answers older than `lifetimeMs` (virtual) are forgotten: the key then starts a new call. */
export function createIdempotency(state: () => State, lifetimeMs: number): Idempotency {
  const inFlight = new Set<string>();
  return {
    begin: (key, hash, now) => {
      if (inFlight.has(key)) throw keyInUse();
      const stored = state().answers.get(key);
      if (stored && now - stored.at < lifetimeMs) {
        if (stored.hash !== hash) throw otherParameters(key);
        return stored;
      }
      inFlight.add(key);
      return undefined;
    },
    end: (key) => {
      inFlight.delete(key);
    },
  };
}

function keyInUse(): StripeError {
  return new StripeError(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: 'There is currently another in-progress request using this Idempotent Key. Please try again later.',
  });
}

function otherParameters(key: string): StripeError {
  return new StripeError(400, {
    type: 'idempotency_error',
    message:
      'Keys for idempotent requests can only be used with the same parameters they were first used with. ' +
      `Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}
