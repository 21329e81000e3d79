import type {StoreContext} from '../context.ts';
import {time} from './shapes.ts';

const HOUR = 3_600_000;

export interface WorkloadView {
  warehouse: string;
  open: Record<TaskKind, number>;
  units_to_pick: number;
  /** since when the task is open that waits longest */
  waits_since: string | null;
  done_last_hour: Record<TaskKind, number>;
}

type TaskKind = 'pick' | 'pack' | 'unpick';

interface KindRow {
  kind: TaskKind;
  open: number;
  done: number;
  since: Date | null;
}

/** What a warehouse has to do and how fast it gets done, as routing sees it; null when there is no such warehouse. */
export async function readWorkload({prisma, now}: StoreContext, warehouse: string): Promise<WorkloadView | null> {
  if ((await prisma.warehouses.count({where: {id: warehouse}})) === 0) return null;
  const hourAgo = new Date(now().getTime() - HOUR);
  const rows = await prisma.$queryRaw<KindRow[]>`
    SELECT kind, count(*) FILTER (WHERE state = 'open')::int AS open, count(*) FILTER (WHERE state = 'done')::int AS done,
      min(created_at) FILTER (WHERE state = 'open') AS since
    FROM tasks WHERE warehouse_id = ${warehouse} AND (state = 'open' OR (state = 'done' AND closed_at > ${hourAgo}))
    GROUP BY kind`;
  const [units] = await prisma.$queryRaw<{to_pick: number}[]>`
    SELECT coalesce(sum(s.qty - s.picked - s.short), 0)::int AS to_pick FROM task_stops s JOIN tasks t ON t.id = s.task_id
    WHERE t.warehouse_id = ${warehouse} AND t.kind = 'pick' AND t.state = 'open'`;
  const counts = (of: 'open' | 'done') => {
    const count = (kind: TaskKind) => rows.find((row) => row.kind === kind)?.[of] ?? 0;
    return {pick: count('pick'), pack: count('pack'), unpick: count('unpick')};
  };
  const [oldest] = rows.flatMap(({since}) => since ?? []).sort((a, b) => a.getTime() - b.getTime());
  return {
    warehouse,
    open: counts('open'),
    units_to_pick: units?.to_pick ?? 0,
    waits_since: oldest ? time(oldest) : null,
    done_last_hour: counts('done'),
  };
}
