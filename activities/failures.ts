import {ApplicationFailure} from '@temporalio/activity';
import {ProviderError} from '../domain/provider-error.ts';

/** Bytes of a result as JSON; Temporal takes 2 MiB and would otherwise refuse the answer again and again. */
const LARGEST_RESULT = 1_500_000;

/** Nobody is believed who wants to be left alone for longer; milliseconds. */
const LONGEST_RETRY_AFTER = 60_000;

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
      ...(error.retryAfter !== null && {nextRetryDelay: Math.min(error.retryAfter, LONGEST_RETRY_AFTER)}),
    });
  }
  return error;
}

/** Wraps every activity so that no error leaves it unjudged, and no answer that the engine cannot take. */
export function judged<T extends Record<string, (...args: never[]) => Promise<unknown>>>(activities: T): T {
  const wrapped = Object.entries(activities).map(([name, run]) => [
    name,
    async (...args: never[]) => {
      try {
        return fitting(name, await run(...args));
      } catch (error) {
        throw toFailure(error);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}

function fitting<T>(name: string, result: T): T {
  const size = Buffer.byteLength(JSON.stringify(result) ?? '');
  if (size <= LARGEST_RESULT) return result;
  throw ApplicationFailure.nonRetryable(`the result of ${name} has ${size} bytes`, 'result_too_large');
}
