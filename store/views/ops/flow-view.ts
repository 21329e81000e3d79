import {FLOW_STAGES, type FlowStage} from '../../../domain/ops/flow.ts';
import type {StoreContext} from '../../context.ts';
import {time} from '../shapes.ts';
import {STANDING, USUAL} from './standing.ts';

const HOUR = 3_600_000;
export const FLOW_HOURS = 24;

export interface StageView {
  stage: FlowStage;
  /** orders before their plan is confirmed, parts of orders afterwards */
  of: 'orders' | 'parts';
  now: number;
  /** orders that those parts belong to */
  orders: number;
  /** since when the one is there that is there longest */
  oldest: string | null;
  /** seconds half of them are there already */
  median_s: number | null;
  /** seconds others usually stayed; null: too few were seen */
  usual_s: number | null;
  usual_p90_s: number | null;
  /** there for longer than nine of ten stay */
  over: number;
  arrived_hour: number;
  left_hour: number;
}

export interface FlowView {
  at: string;
  stages: StageView[];
  /** the last 24 full hours and the running one, oldest first */
  hours: {from: string; placed: number; handed_over: number; delivered: number; cancelled: number}[];
}

interface Standing {
  stage: FlowStage;
  now: number;
  orders: number;
  over: number;
  oldest: Date | null;
  median_s: number | null;
  usual_s: number | null;
  usual_p90_s: number | null;
}

/** Where the work of today is: how much stands in each stage, for how long against the usual, and what comes and goes. */
export async function readFlow(context: StoreContext): Promise<FlowView> {
  const at = context.now();
  const [standing, moves, hours] = await Promise.all([standingNow(context), movesLately(context), hourly(context)]);
  const stages = FLOW_STAGES.map((stage): StageView => {
    const row = standing.find((s) => s.stage === stage);
    const count = (of: 'arrived' | 'departed') => moves.find((m) => m.stage === stage)?.[of] ?? 0;
    return {
      stage,
      of: stage === 'payment' || stage === 'check' ? 'orders' : 'parts',
      now: row?.now ?? 0,
      orders: row?.orders ?? 0,
      oldest: time(row?.oldest ?? null),
      median_s: row?.median_s ?? null,
      usual_s: row?.usual_s ?? null,
      usual_p90_s: row?.usual_p90_s ?? null,
      over: row?.over ?? 0,
      arrived_hour: count('arrived'),
      left_hour: count('departed'),
    };
  });
  return {at: at.toISOString(), stages, hours};
}

async function standingNow({prisma, now}: StoreContext): Promise<Standing[]> {
  return prisma.$queryRaw<Standing[]>`
    WITH standing AS (${STANDING}), known AS (${USUAL})
    SELECT s.stage, count(*)::int AS now, count(DISTINCT s.order_id)::int AS orders, min(s.since) AS oldest,
      count(*) FILTER (WHERE extract(epoch FROM ${now()} - s.since) > k.p90_s)::int AS over,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ${now()} - s.since))::int AS median_s,
      min(k.median_s) AS usual_s, min(k.p90_s) AS usual_p90_s
    FROM standing s LEFT JOIN known k ON k.stage = s.stage GROUP BY s.stage`;
}

/** Arrivals and departures of the last hour, by stage. */
async function movesLately({prisma, now}: StoreContext) {
  const since = new Date(now().getTime() - HOUR);
  return prisma.$queryRaw<{stage: string; arrived: number; departed: number}[]>`
    WITH known (state, place) AS (VALUES ('pending', 'payment'), ('payment_processing', 'payment'), ('paid', 'check')),
    moves AS (
      SELECT coalesce(f.place, CASE WHEN bought AND from_state = 'ALLOCATED' THEN 'SUPPLIER' ELSE from_state END) AS left_place,
        coalesce(t.place, CASE WHEN bought AND to_state = 'ALLOCATED' THEN 'SUPPLIER' ELSE to_state END) AS new_place
      FROM order_audit a LEFT JOIN known f ON f.state = from_state LEFT JOIN known t ON t.state = to_state
      LEFT JOIN LATERAL (SELECT source_kind = 'supplier' AS bought FROM sub_orders WHERE id = a.subject) p ON true
      WHERE a.at > ${since}
    )
    SELECT place AS stage, sum(arrived)::int AS arrived, sum(departed)::int AS departed FROM (
      SELECT new_place AS place, 1 AS arrived, 0 AS departed FROM moves WHERE left_place IS DISTINCT FROM new_place
      UNION ALL SELECT left_place, 0, 1 FROM moves WHERE left_place IS DISTINCT FROM new_place
    ) ends WHERE place IS NOT NULL GROUP BY place`;
}

async function hourly({prisma, now}: StoreContext): Promise<FlowView['hours']> {
  const at = now();
  const since = new Date(Math.floor(at.getTime() / HOUR) * HOUR - FLOW_HOURS * HOUR);
  const rows = await prisma.$queryRaw<{from: Date; kind: string; n: number}[]>`
    SELECT date_trunc('hour', at, 'UTC') AS from, kind, count(*)::int AS n FROM (
      SELECT placed_at AS at, 'placed' AS kind FROM orders WHERE placed_at >= ${since}
      UNION ALL SELECT handed_over_at, 'handed_over' FROM parcels WHERE handed_over_at >= ${since}
      UNION ALL SELECT at, CASE to_state WHEN 'DELIVERED' THEN 'delivered' ELSE 'cancelled' END FROM order_audit
        WHERE at >= ${since} AND subject <> 'order' AND to_state IN ('DELIVERED', 'CANCELLED')
    ) moments GROUP BY 1, 2`;
  return Array.from({length: FLOW_HOURS + 1}, (_, i) => {
    const from = since.getTime() + i * HOUR;
    const n = (kind: string) => rows.find((row) => row.from.getTime() === from && row.kind === kind)?.n ?? 0;
    return {
      from: new Date(from).toISOString(),
      placed: n('placed'),
      handed_over: n('handed_over'),
      delivered: n('delivered'),
      cancelled: n('cancelled'),
    };
  });
}
