import {type BulkState, isBulkEnded} from '../../domain/ops/bulk.ts';
import {bulkWorkflowId} from '../../domain/order/workflow-ids.ts';
import type {StoreContext, Tx} from '../context.ts';
import type {bulk_jobs} from '../generated/client.ts';
import {queueSignal} from '../queue-signal.ts';
import {endSideRun} from '../side-runs.ts';

/** The act under its own lock, which is taken before those of its orders' rows; null: there is none. */
export async function lockBulk(tx: Tx, jobId: string): Promise<bulk_jobs | null> {
  const rows = await tx.$queryRaw<bulk_jobs[]>`SELECT * FROM bulk_jobs WHERE id = ${jobId} FOR UPDATE`;
  return rows[0] ?? null;
}

/** Wakes its run: people have decided something about it. */
export function tellBulk(context: StoreContext, tx: Tx, jobId: string, what: string): Promise<void> {
  const id = `bulkMoved:${jobId}:${what}`;
  return queueSignal(context, tx, {
    id,
    workflow_id: bulkWorkflowId(jobId),
    name: 'bulkMoved',
    payload: {operation_id: id},
  });
}

/** Orders that were not asked for anything yet are left as they are. */
export async function skipRest(context: StoreContext, tx: Tx, jobId: string): Promise<number> {
  const {count} = await tx.bulk_items.updateMany({
    where: {job_id: jobId, state: 'waiting', asked_at: null},
    data: {state: 'skipped', settled_at: context.now()},
  });
  return count;
}

/** The caller holds its lock, and nothing of it waits any more. */
export async function endBulk(context: StoreContext, tx: Tx, jobId: string, state: BulkState): Promise<void> {
  if (!isBulkEnded(state)) throw new Error(`${state} is no end of a bulk act`);
  await tx.bulk_jobs.update({where: {id: jobId}, data: {state, ended_at: context.now()}});
  await endSideRun(context, tx, bulkWorkflowId(jobId));
}
