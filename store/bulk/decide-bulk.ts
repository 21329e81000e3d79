import {type BulkState, isBulkEnded} from '../../domain/ops/bulk.ts';
import type {StoreContext, Tx} from '../context.ts';
import type {bulk_jobs} from '../generated/client.ts';
import type {Actor} from '../record-change.ts';
import {transact} from '../transact.ts';
import {beginWithin} from './begin-bulk.ts';
import {endBulk, lockBulk, skipRest, tellBulk} from './lock-bulk.ts';

export type Confirmed = 'confirmed' | 'unknown' | 'not_ready' | 'differs';

/** Lets an act go that was shown; `orders` is how many somebody saw that it can be done to. A repeat changes nothing. */
export function confirmBulk(
  context: StoreContext,
  {job_id, orders, by}: {job_id: string; orders: number; by: Actor},
): Promise<Confirmed> {
  return transact(context, async (tx) => {
    const job = await lockBulk(tx, job_id);
    if (!job) return 'unknown';
    const isShown = job.state === 'ready' && job.expires_at !== null && job.expires_at > context.now();
    if (!isShown && !job.confirmed_at) return 'not_ready';
    if (job.possible !== orders) return 'differs';
    if (job.confirmed_at) return 'confirmed';
    const confirmed = {confirmed_at: context.now(), confirmed_by: by.actor, confirmed_role: by.role};
    await tx.bulk_jobs.update({where: {id: job_id}, data: {state: 'running', ...confirmed}});
    await tellBulk(context, tx, job_id, 'confirmed');
    return 'confirmed';
  });
}

/**
 * Stops an act where it is: what was not begun is left as it is, what was asked of an order already is seen through. One
 * that was only shown is dropped. False: there is none. What has ended stays as it ended.
 */
export function stopBulk(context: StoreContext, {job_id, by}: {job_id: string; by: Actor}): Promise<boolean> {
  return transact(context, async (tx) => {
    const job = await lockBulk(tx, job_id);
    if (!job) return false;
    if (isBulkEnded(job.state as BulkState) || job.stopped_by) return true;
    await tx.bulk_jobs.update({where: {id: job_id}, data: {stopped_by: by.actor}});
    await skipRest(context, tx, job_id);
    if (job.state !== 'running') await endBulk(context, tx, job_id, 'dropped');
    await tellBulk(context, tx, job_id, 'stopped');
    return true;
  });
}

/** Nobody confirmed it in time. */
export async function dropWithin(context: StoreContext, tx: Tx, jobId: string): Promise<void> {
  await skipRest(context, tx, jobId);
  await endBulk(context, tx, jobId, 'dropped');
}

export type Undone = {job: bulk_jobs} | {refused: 'unknown' | 'nothing_to_undo'};

export interface Undo {
  job_id: string;
  reason: string;
  by: Actor;
  request_id: string;
  policy_version: number;
}

/** Releases what an act has held back: exactly those orders, and of them those that nobody held anew since. */
export function undoBulk(context: StoreContext, {job_id, ...input}: Undo): Promise<Undone> {
  return transact(context, async (tx) => {
    const known = await tx.bulk_jobs.findUnique({where: {request_id: input.request_id}});
    if (known) return {job: known};
    const job = await lockBulk(tx, job_id);
    if (!job) return {refused: 'unknown'};
    const ids = await heldBy(tx, job);
    if (ids.length === 0) return {refused: 'nothing_to_undo'};
    return {
      job: await beginWithin(context, tx, {...input, kind: 'release', filter: {undoes: job_id}, ids, undoes: job_id}),
    };
  });
}

/** What the act held back and no undoing of it has released or is about to; nothing while it is under way itself. */
async function heldBy(tx: Tx, {id, kind, state}: bulk_jobs): Promise<string[]> {
  if (kind !== 'hold' || !isBulkEnded(state as BulkState)) return [];
  const rows = await tx.$queryRaw<{order_id: string}[]>`
    SELECT i.order_id FROM bulk_items i WHERE i.job_id = ${id} AND i.state = 'done' AND NOT EXISTS (
      SELECT FROM bulk_jobs u JOIN bulk_items r ON r.job_id = u.id
       WHERE u.undoes = ${id} AND r.order_id = i.order_id AND r.state IN ('waiting', 'done')) ORDER BY i.position`;
  return rows.map(({order_id}) => order_id);
}
