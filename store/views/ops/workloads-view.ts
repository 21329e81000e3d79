import type {StoreContext} from '../../context.ts';
import {readWorkload, type WorkloadView} from '../workload-view.ts';

export interface SiteWorkload extends WorkloadView {
  name: string;
  active: boolean;
  /** tasks done in each of the last hours, the running one last */
  done: number[];
  people: number;
}

const HOUR = 3_600_000;
const HOURS = 12;

/** The queue and the pace of every warehouse. */
export async function readWorkloads(context: StoreContext): Promise<SiteWorkload[]> {
  const {prisma} = context;
  const now = context.now().getTime();
  const since = new Date(now - HOURS * HOUR);
  const [sites, done, people] = await Promise.all([
    prisma.warehouses.findMany({orderBy: {id: 'asc'}, select: {id: true, name: true, active: true}}),
    prisma.$queryRaw<{warehouse_id: string; hours_ago: number; n: number}[]>`
      SELECT warehouse_id, floor(extract(epoch FROM ${context.now()} - closed_at) / 3600)::int AS hours_ago, count(*)::int AS n
      FROM tasks WHERE state = 'done' AND closed_at > ${since} GROUP BY 1, 2`,
    prisma.$queryRaw<{warehouse_id: string; n: number}[]>`
      SELECT t.warehouse_id, count(DISTINCT s.actor)::int AS n FROM scans s JOIN tasks t ON t.id = s.task_id
      WHERE s.at > ${new Date(now - HOUR)} GROUP BY 1`,
  ]);
  return Promise.all(
    sites.map(async ({id, name, active}) => ({
      ...((await readWorkload(context, id)) as WorkloadView),
      name,
      active,
      done: Array.from({length: HOURS}, (_, i) => {
        const ago = HOURS - 1 - i;
        return done.find((row) => row.warehouse_id === id && row.hours_ago === ago)?.n ?? 0;
      }),
      people: people.find((row) => row.warehouse_id === id)?.n ?? 0,
    })),
  );
}
