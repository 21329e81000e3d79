import {lateRisk, levelOf, type RiskLevel, type RiskReason, usualLeft} from '../../../domain/ops/late-risk.ts';
import {CHOICE, onTimeShare} from '../../../domain/shipping/choose-carrier.ts';
import type {StoreContext} from '../../context.ts';
import {type MoneyView, money, time} from '../shapes.ts';
import {PASSES_TO_KNOW} from './standing.ts';

export interface RiskView {
  sub_order_id: string;
  order_id: string;
  number: string;
  stage: string;
  warehouse: string | null;
  carrier: string | null;
  /** when the carrier comes for it by its promise */
  pickup_at: string | null;
  promised_until: string;
  /** 0 to 1 */
  chance: number;
  level: RiskLevel;
  reason: RiskReason;
  value: MoneyView;
}

interface Row {
  sub_order_id: string;
  order_id: string;
  number: string;
  stage: string;
  source_id: string | null;
  carrier: string | null;
  pickup_at: Date | null;
  window_to: Date;
  eta_to: Date | null;
  heard_at: Date | null;
  held: boolean;
  stuck: boolean;
  value_amount: bigint;
  currency: string;
  arrived: number | null;
  on_time: number | null;
}

const DAY = 86_400_000;
/** What is promised for later is looked at when its time comes. */
const AHEAD = 4 * DAY;

export interface RiskPage {
  items: RiskView[];
  /** how many there are at each level, whatever is shown of them */
  counts: Record<RiskLevel, number>;
  /** where the next page begins; null on the last */
  next: number | null;
}

/** Open shipments whose promise is in danger, the worst first; those that are probably fine are counted only. */
export async function readLateRisk(
  context: StoreContext,
  options: {warehouse?: string | undefined; from?: number | undefined; limit: number},
): Promise<RiskPage> {
  const [rows, medians] = await readDanger(context, options.warehouse ?? null);
  const now = context.now().getTime();
  const judged = rows.flatMap((row) => judge(row, now, medians) ?? []);
  const counts: Record<RiskLevel, number> = {late: 0, high: 0, medium: 0, low: 0};
  for (const {level} of judged) counts[level] += 1;
  const endangered = judged.filter(({level}) => level !== 'low').sort(worstFirst);
  const from = options.from ?? 0;
  const items = endangered.slice(from, from + options.limit);
  return {items, counts, next: from + options.limit < endangered.length ? from + options.limit : null};
}

/** Orders with a shipment in that danger. */
export async function ordersAtRisk(context: StoreContext, levels: readonly RiskLevel[]): Promise<string[]> {
  const [rows, medians] = await readDanger(context, null);
  const now = context.now().getTime();
  const judged = rows.flatMap((row) => judge(row, now, medians) ?? []);
  return [...new Set(judged.filter(({level}) => levels.includes(level)).map(({order_id}) => order_id))];
}

async function readDanger(context: StoreContext, warehouse: string | null): Promise<[Row[], Map<string, number>]> {
  const [rows, times] = await Promise.all([
    openPromises(context, warehouse),
    context.prisma.stage_times.findMany({where: {passes: {gte: PASSES_TO_KNOW}}}),
  ]);
  return [rows, new Map(times.map(({stage, median_s}) => [stage, median_s * 1_000]))];
}

const worstFirst = (a: RiskView, b: RiskView) =>
  b.chance - a.chance || a.promised_until.localeCompare(b.promised_until) || (a.sub_order_id < b.sub_order_id ? -1 : 1);

function judge(row: Row, now: number, medians: ReadonlyMap<string, number>): RiskView | null {
  const {arrived, on_time, stage} = row;
  const risk = lateRisk({
    stage,
    now,
    pickup_at: row.pickup_at?.getTime() ?? null,
    window_to: row.window_to.getTime(),
    eta_to: row.eta_to?.getTime() ?? null,
    on_time: arrived === null || on_time === null ? null : onTimeShare({arrived, on_time}, CHOICE),
    heard_at: row.heard_at?.getTime() ?? null,
    held: row.held,
    stuck: row.stuck,
    usual_left: usualLeft(stage, medians),
  });
  return (
    risk && {
      sub_order_id: row.sub_order_id,
      order_id: row.order_id,
      number: row.number,
      stage,
      warehouse: row.source_id,
      carrier: row.carrier,
      pickup_at: time(row.pickup_at),
      promised_until: row.window_to.toISOString(),
      ...risk,
      level: levelOf(risk),
      value: money(row.value_amount, row.currency),
    }
  );
}

function openPromises({prisma, now}: StoreContext, warehouse: string | null): Promise<Row[]> {
  const until = new Date(now().getTime() + AHEAD);
  return prisma.$queryRaw<Row[]>`
    SELECT s.id AS sub_order_id, s.order_id, o.number, s.stage, s.source_id, s.carrier, p.pickup_at, p.window_to,
      parcel.eta_to, parcel.heard_at, o.held_since IS NOT NULL AS held, s.value_amount, o.currency, r.arrived, r.on_time,
      EXISTS (SELECT FROM stuck_steps k WHERE k.order_id = o.id AND k.resolved_at IS NULL) AS stuck
    FROM sub_orders s JOIN promises p ON p.id = s.id JOIN orders o ON o.id = s.order_id
    LEFT JOIN LATERAL (SELECT max(eta_to) AS eta_to, max(coalesce(status_at, handed_over_at)) AS heard_at FROM parcels
      WHERE sub_order_id = s.id AND ended_at IS NULL) parcel ON true
    LEFT JOIN carrier_records r ON r.carrier = s.carrier AND r.service = s.service
    WHERE s.stage NOT IN ('DELIVERED', 'CANCELLED', 'RETURN_TO_SENDER') AND s.note IS DISTINCT FROM 'lost'
      AND p.delivered_at IS NULL AND p.window_to < ${until} AND (${warehouse}::text IS NULL OR s.source_id = ${warehouse})`;
}
