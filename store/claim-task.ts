import type {StoreContext, Tx} from './context.ts';
import type {tasks} from './generated/client.ts';
import {transact} from './transact.ts';
import {waitsForWave} from './waits-for-wave.ts';

export interface FloorWorker {
  actor: string;
  role: string;
  /** null: may work anywhere */
  warehouse_id: string | null;
}

export type ClaimResult =
  | {outcome: 'claimed'; lease_until: string}
  | {outcome: 'held' | 'in_tour' | 'waits' | 'unknown' | 'closed'};

/** Gives one worker the task for a lease; a live lease of somebody else stands. */
export async function claimTask(
  context: StoreContext,
  input: {task_id: string; by: FloorWorker; lease: number},
): Promise<ClaimResult> {
  return transact(context, async (tx) => {
    // a wave that is being made holds the task until its tours are there to be seen
    await tx.$queryRaw`SELECT 1 FROM tasks WHERE id = ${input.task_id} FOR UPDATE`;
    const task = await tx.tasks.findUnique({where: {id: input.task_id}});
    if (!task || !mayWorkAt(input.by, task.warehouse_id)) return {outcome: 'unknown'};
    if (task.state !== 'open') return {outcome: 'closed'};
    if (await isInTour(tx, task.id)) return {outcome: 'in_tour'};
    if (await waitsForWave(context, tx, task)) return {outcome: 'waits'};
    const until = await takeLease(context, tx, task, input.by.actor, input.lease);
    return until ? {outcome: 'claimed', lease_until: until.toISOString()} : {outcome: 'held'};
  });
}

/** What is walked in a tour is claimed with the tour. */
async function isInTour(tx: Tx, taskId: string): Promise<boolean> {
  const stops = await tx.task_stops.findMany({where: {task_id: taskId, tour_id: {not: null}}});
  const ids = stops.flatMap(({tour_id}) => tour_id ?? []);
  return ids.length > 0 && (await tx.tours.count({where: {id: {in: ids}, state: 'open'}})) > 0;
}

export function mayWorkAt(by: FloorWorker, warehouse: string): boolean {
  return by.warehouse_id === null || by.warehouse_id === warehouse;
}

/** Takes or renews the lease by compare-and-set; null when another worker's lease is alive. */
export async function takeLease(
  context: StoreContext,
  tx: Tx,
  task: tasks,
  actor: string,
  lease: number,
): Promise<Date | null> {
  const now = context.now();
  const until = new Date(now.getTime() + lease);
  const taken = await tx.$executeRaw`UPDATE tasks SET claimed_by = ${actor}, lease_until = ${until}
    WHERE id = ${task.id} AND state = 'open' AND (claimed_by IS NULL OR claimed_by = ${actor} OR lease_until < ${now})`;
  return taken === 1 ? until : null;
}
