import {addDays, dateAt, instantOf} from '../../../domain/calendar/local-time.ts';
import {DEFAULT_OPEN_WEEKDAYS, openDayFrom, type SiteCalendar} from '../../../domain/calendar/site.ts';
import type {StoreContext} from '../../context.ts';

const HOUR = 3_600_000;
/** Cut-offs shown of each site. */
const AHEAD = 3;

export interface CutOffView {
  warehouse: string;
  name: string;
  timezone: string;
  active: boolean;
  /** what was promised to leave with this carrier or an earlier one, and has not */
  cut_offs: {at: string; open: number; units: number; by_stage: Record<string, number>}[];
  /** what should have left already */
  missed: number;
  /** tasks done in the last hour */
  done_last_hour: number;
}

interface OpenRow {
  source_id: string;
  stage: string;
  pickup_at: Date;
  parts: number;
  units: number;
}

/** The next cut-offs of every site, with the open work that has to make each of them. */
export async function readCutOffs(context: StoreContext): Promise<CutOffView[]> {
  const {prisma} = context;
  const now = context.now();
  const [sites, calendars, open, done] = await Promise.all([
    prisma.warehouses.findMany({orderBy: {id: 'asc'}}),
    prisma.warehouse_calendars.findMany(),
    openWork(context),
    prisma.tasks.groupBy({
      by: ['warehouse_id'],
      where: {state: 'done', closed_at: {gt: new Date(now.getTime() - HOUR)}},
      _count: true,
    }),
  ]);
  return sites.map((site) => {
    const calendar = calendars.find(({warehouse_id}) => warehouse_id === site.id);
    const own = open.filter(({source_id}) => source_id === site.id);
    const moments = nextCutOffs(
      {
        timezone: site.timezone,
        cut_off: site.cut_off,
        open_weekdays: calendar?.open_weekdays ?? DEFAULT_OPEN_WEEKDAYS,
        closed_dates: calendar?.closed_dates ?? [],
      },
      now.getTime(),
    );
    return {
      warehouse: site.id,
      name: site.name,
      timezone: site.timezone,
      active: site.active,
      cut_offs: moments.map((at, i) => windowOf(own, moments[i - 1] ?? now.getTime(), at)),
      missed: sum(own.filter(({pickup_at}) => pickup_at <= now).map(({parts}) => parts)),
      done_last_hour: done.find(({warehouse_id}) => warehouse_id === site.id)?._count ?? 0,
    };
  });
}

function windowOf(rows: readonly OpenRow[], after: number, at: number): CutOffView['cut_offs'][number] {
  const due = rows.filter(({pickup_at}) => pickup_at.getTime() > after && pickup_at.getTime() <= at);
  const by_stage: Record<string, number> = {};
  for (const {stage, parts} of due) by_stage[stage] = (by_stage[stage] ?? 0) + parts;
  return {
    at: new Date(at).toISOString(),
    open: sum(due.map(({parts}) => parts)),
    units: sum(due.map(({units}) => units)),
    by_stage,
  };
}

/** Epoch milliseconds, the soonest first. */
export function nextCutOffs(site: SiteCalendar, now: number): number[] {
  const found: number[] = [];
  let day = dateAt(now, site.timezone);
  while (found.length < AHEAD) {
    const date = openDayFrom(site, day);
    const at = instantOf(date, site.cut_off, site.timezone);
    if (at > now) found.push(at);
    day = addDays(date, 1);
  }
  return found;
}

/** Parts that no carrier has yet, by site, stage and the carrier they were promised to leave with. */
function openWork({prisma}: StoreContext): Promise<OpenRow[]> {
  return prisma.$queryRaw<OpenRow[]>`
    SELECT s.source_id, s.stage, p.pickup_at, count(*)::int AS parts, sum(u.units)::int AS units
    FROM sub_orders s JOIN promises p ON p.id = s.id
    CROSS JOIN LATERAL (SELECT coalesce(sum(qty - cancelled), 0) AS units FROM sub_order_lines WHERE sub_order_id = s.id) u
    WHERE s.stage IN ('ALLOCATED', 'PICKING', 'SHORT_PICKED', 'PICKED', 'PACKED') AND s.source_kind = 'warehouse'
      AND p.pickup_at IS NOT NULL GROUP BY 1, 2, 3`;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
