import type {StoreContext, Tx} from './context.ts';
import type {tasks} from './generated/client.ts';

export interface FloorWorker {
  actor: string;
  role: string;
  /** null: may work anywhere */
  warehouse_id: string | null;
}

export type ClaimResult =
  | {outcome: 'claimed'; lease_until: string}
  | {outcome: 'held' | 'in_tour' | 'unknown' | 'closed'};

/** Gives one worker the task for a lease; a live lease of somebody else stands. */
export async function claimTask(
  context: StoreContext,
  input: {task_id: string; by: FloorWorker; lease: number},
): Promise<ClaimResult> {
  const task = await context.prisma.tasks.findUnique({where: {id: input.task_id}});
  if (!task || !mayWorkAt(input.by, task.warehouse_id)) return {outcome: 'unknown'};
  if (task.state !== 'open') return {outcome: 'closed'};
  if (await isInTour(context, task.id)) return {outcome: 'in_tour'};
  const until = await takeLease(context, context.prisma as Tx, task, input.by.actor, input.lease);
  return until ? {outcome: 'claimed', lease_until: until.toISOString()} : {outcome: 'held'};
}

/** What is walked in a tour is claimed with the tour. */
async function isInTour({prisma}: StoreContext, taskId: string): Promise<boolean> {
  const stops = await prisma.task_stops.findMany({where: {task_id: taskId, tour_id: {not: null}}});
  const ids = stops.flatMap(({tour_id}) => tour_id ?? []);
  return ids.length > 0 && (await prisma.tours.count({where: {id: {in: ids}, state: 'open'}})) > 0;
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
