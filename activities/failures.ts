import {ApplicationFailure} from '@temporalio/activity';
import {ProviderError} from '../domain/provider-error.ts';

/**
 * The one place where an error becomes a failure that the engine understands. Only what can never succeed is not
 * retried: a refusal of our own request. Everything else is asked again with back-off.
 */
export function toFailure(error: unknown): unknown {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof ProviderError) {
    return ApplicationFailure.create({
      message: error.message,
      type: error.code,
      nonRetryable: !error.retryable,
    });
  }
  return error;
}

/** Wraps every activity so that no error leaves it unjudged. */
export function judged<T extends Record<string, (...args: never[]) => Promise<unknown>>>(activities: T): T {
  const wrapped = Object.entries(activities).map(([name, run]) => [
    name,
    async (...args: never[]) => {
      try {
        return await run(...args);
      } catch (error) {
        throw toFailure(error);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}
