import {isUnavailable} from '../store/is-unavailable.ts';
import type {Logger} from './deps.ts';

const PAUSE_MS = 250;

/** Asks the database again for as long as it is not there; any other error is the caller's. */
export async function untilAvailable<T>(work: () => Promise<T>, logger: Logger, stopping: () => boolean): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isUnavailable(error) || stopping()) throw error;
      if (attempt === 1 || attempt % 40 === 0) logger.warn({attempt, err: error}, 'Postgres does not answer yet');
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
