import type {StoreContext} from '../store/context.ts';
import {switchedOff} from '../store/ops/switches.ts';
import {Problem} from './errors.ts';

/** Seconds a shop waits before it asks again where nobody said until when intake is off. */
const ASK_AGAIN = 60;

/**
 * Refuses what would begin something new while intake is switched off: nothing was written, and the same request may be
 * sent again. What began before goes on, and its repeats get their answer.
 */
export async function refuseWhileOff(store: StoreContext): Promise<void> {
  const off = await switchedOff(store, 'intake');
  if (!off) return;
  const left = off.until ? Math.ceil((off.until.getTime() - store.now().getTime()) / 1_000) : ASK_AGAIN;
  const headers = {'Retry-After': String(Math.max(1, left))};
  throw new Problem('intake_off', 'new orders are not taken at the moment: send the same request again later', {
    headers,
  });
}
