import type {Policy} from '../domain/policy/policy.ts';
import type {StoreContext, Tx} from './context.ts';
import type {side_runs} from './generated/client.ts';

/** A run beside an order's own, asked for in the same transaction as the fact it is about. */
export interface SideRun {
  /** e.g. `refund:<id>` */
  workflow_id: string;
  /** the workflow's name, e.g. `refundWorkflow` */
  kind: string;
  order_id: string | null;
  subject_id: string;
  /** the order's, or the one in force */
  policy_version: number;
}

/** The relay starts it once this transaction has committed. A repeat changes nothing. */
export async function queueSideRun(context: StoreContext, tx: Tx, run: SideRun): Promise<void> {
  const {workflow_id, kind, order_id, subject_id, policy_version} = run;
  await tx.$executeRaw`INSERT INTO side_runs (workflow_id, kind, order_id, subject_id, policy_version, created_at)
    VALUES (${workflow_id}, ${kind}, ${order_id}, ${subject_id}, ${policy_version}, ${context.now()})
    ON CONFLICT (workflow_id) DO NOTHING`;
}

/** What the run is about has come to its end: with this transaction the run is expected to close. */
export async function endSideRun(context: StoreContext, tx: Tx, workflowId: string): Promise<void> {
  await tx.side_runs.updateMany({where: {workflow_id: workflowId, ended_at: null}, data: {ended_at: context.now()}});
}

export type QueuedRun = side_runs & {policy: Policy};

/** Runs asked for and not started yet, oldest first. */
export async function queuedSideRuns(context: StoreContext, limit: number): Promise<QueuedRun[]> {
  const rows = await context.prisma.side_runs.findMany({
    where: {started_at: null},
    orderBy: {created_at: 'asc'},
    take: limit,
  });
  if (rows.length === 0) return [];
  const versions = await context.prisma.policies.findMany({
    where: {version: {in: rows.map((row) => row.policy_version)}},
  });
  const policies = new Map(versions.map(({version, body}) => [version, body as unknown as Policy]));
  return rows.flatMap((row) => {
    const policy = policies.get(row.policy_version);
    return policy ? [{...row, policy}] : [];
  });
}

export async function markSideRunStarted(context: StoreContext, workflowId: string): Promise<void> {
  await context.prisma.side_runs.updateMany({
    where: {workflow_id: workflowId, started_at: null},
    data: {started_at: context.now()},
  });
}
