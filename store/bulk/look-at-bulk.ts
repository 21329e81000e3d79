import {type BulkState, isBulkEnded} from '../../domain/ops/bulk.ts';
import type {StoreContext} from '../context.ts';
import {transact} from '../transact.ts';
import {dropWithin} from './decide-bulk.ts';
import {lockBulk} from './lock-bulk.ts';

export interface BulkLook {
  state: BulkState;
  ended: boolean;
  /** epoch milliseconds; null where no time ends the wait */
  expires_at: number | null;
}

/** Where an act stands, for its run. What was shown for too long is dropped. */
export function lookAtBulk(context: StoreContext, {job_id}: {job_id: string}): Promise<BulkLook> {
  return transact(context, async (tx) => {
    const job = await lockBulk(tx, job_id);
    if (!job) throw new Error(`there is no bulk act ${job_id}`);
    const isOver = job.state === 'ready' && job.expires_at !== null && job.expires_at <= context.now();
    if (isOver) await dropWithin(context, tx, job_id);
    const state = isOver ? 'dropped' : (job.state as BulkState);
    const expires_at = state === 'ready' ? (job.expires_at?.getTime() ?? null) : null;
    return {state, ended: isBulkEnded(state), expires_at};
  });
}
