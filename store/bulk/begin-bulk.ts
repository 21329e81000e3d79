import type {BulkKind} from '../../domain/ops/bulk.ts';
import {bulkWorkflowId} from '../../domain/order/workflow-ids.ts';
import type {StoreContext, Tx} from '../context.ts';
import type {bulk_jobs} from '../generated/client.ts';
import {newId} from '../ids.ts';
import {type Actor, toJson} from '../record-change.ts';
import {queueSideRun} from '../side-runs.ts';
import {transact} from '../transact.ts';

export interface BulkToBegin {
  kind: BulkKind;
  /** what the orders were chosen by, for people to read */
  filter: object;
  ids: readonly string[];
  reason: string;
  by: Actor;
  /** the same request is one act */
  request_id: string;
  hold_until?: Date | undefined;
  unpick?: boolean | undefined;
  away_from?: string | undefined;
  /** the act whose holds are released: it goes on without being asked again */
  undoes?: string;
  policy_version: number;
}

/** Fixes what orders an act is about; its run tries it out on each. A repeat finds the first one. */
export function beginBulk(context: StoreContext, input: BulkToBegin): Promise<bulk_jobs> {
  return transact(context, (tx) => beginWithin(context, tx, input));
}

/** The same as a part of the caller's transaction. */
export async function beginWithin(context: StoreContext, tx: Tx, input: BulkToBegin): Promise<bulk_jobs> {
  const {kind, filter, ids, reason, by, request_id, undoes} = input;
  const at = context.now();
  const id = newId('blk', at);
  const confirmed = undoes ? {confirmed_at: at, confirmed_by: by.actor, confirmed_role: by.role} : {};
  const made = await tx.bulk_jobs.createManyAndReturn({
    data: {
      ...{id, request_id, kind, reason, ...by, ...confirmed},
      state: 'previewing',
      filter: JSON.parse(toJson(filter)),
      orders: ids.length,
      created_at: at,
      hold_until: input.hold_until ?? null,
      unpick: input.unpick ?? false,
      away_from: input.away_from ?? null,
      undoes: undoes ?? null,
    },
    skipDuplicates: true,
  });
  if (!made[0]) return tx.bulk_jobs.findUniqueOrThrow({where: {request_id}});
  await tx.$executeRaw`INSERT INTO bulk_items (job_id, order_id, position, state)
    SELECT ${id}, order_id, position, 'waiting' FROM unnest(${[...ids]}::text[]) WITH ORDINALITY AS t (order_id, position)`;
  const {policy_version} = input;
  const [only = null] = ids.length === 1 ? ids : [];
  const run = {workflow_id: bulkWorkflowId(id), kind: 'bulkWorkflow', order_id: only, subject_id: id, policy_version};
  await queueSideRun(context, tx, run);
  return made[0];
}
