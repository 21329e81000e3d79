import {WorkflowUpdateFailedError} from '@temporalio/client';

const FIRST_PAUSE = 25;
const LONGEST_PAUSE = 400;

/**
 * Asks a run again while the engine gives an update back unheard: it does so when the worker was at another step and
 * ended its task without looking at it. Nothing of such an update is kept, so the same one may be sent again.
 * @param deadline epoch milliseconds; the refusal is passed on after it
 */
export async function untilHeard<T>(deadline: number, ask: () => Promise<T>): Promise<T> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return await ask();
    } catch (error) {
      if (!isUnheard(error) || Date.now() + pause > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** Temporal's own words; no handler of ours refuses with this type. */
export function isUnheard(error: unknown): boolean {
  if (!(error instanceof WorkflowUpdateFailedError)) return false;
  const {type, message} = (error.cause ?? {}) as {type?: string | null; message?: string};
  return type === 'UnprocessedUpdate' || /wasn't processed by worker/.test(message ?? '');
}
