import {addDays, dateAt, instantOf} from '../../../domain/calendar/local-time.ts';
import {type Facts, type Kpi, KPI_MEANINGS, KPIS, figureOf} from '../../../domain/ops/kpis.ts';
import type {StoreContext} from '../../context.ts';
import {type MoneyView, money, type Page, readTimeCursor, writeCursor} from '../shapes.ts';
import {FACTS, type Period} from './kpi-facts.ts';

export interface KpiValue {
  value: number | null;
  /** times: what nine of ten stay below */
  p90: number | null;
  /** facts it is made of */
  n: number;
}

export interface KpiView extends KpiValue {
  kpi: Kpi;
  unit: 'share' | 'money' | 'seconds';
  better: 'up' | 'down';
  /** the same of as many days before */
  before: KpiValue;
  /** oldest first; a day on which nothing was measured has a null */
  days: (KpiValue & {day: string})[];
}

export interface KpisView {
  from: string;
  to: string;
  timezone: string;
  /** of the amounts: the one most orders are in */
  currency: string;
  kpis: KpiView[];
}

interface Options {
  days: number;
  timezone: string;
}

interface Row {
  day: string | null;
  recent: boolean | null;
  n: number;
  a: bigint;
  b: bigint;
  median: bigint | null;
  p90: bigint | null;
}

/** The figures of the last days, today among them, by the days of the merchant, beside those of as many days before. */
export async function readKpis(context: StoreContext, {days, timezone}: Options): Promise<KpisView> {
  const now = context.now();
  const today = dateAt(now.getTime(), timezone);
  const first = addDays(today, 1 - days);
  const startOf = (date: string) => new Date(instantOf(date, '00:00', timezone));
  const currency = await mainCurrency(context);
  const period = {from: startOf(addDays(first, -days)), to: startOf(addDays(today, 1)), now, currency};
  const kpis = await Promise.all(
    KPIS.map(async (kpi): Promise<KpiView> => {
      const rows = await countFacts(context, kpi, period, {timezone, recent: startOf(first)});
      const {form, unit, better} = KPI_MEANINGS[kpi];
      const told = (row: Row | undefined): KpiValue => {
        const facts = factsOf(row);
        return {value: figureOf(form, facts), p90: form === 'times' ? facts.p90 : null, n: facts.n};
      };
      const total = (recent: boolean) => rows.find((row) => row.day === null && row.recent === recent);
      const dates = Array.from({length: days}, (_, i) => addDays(first, i));
      return {
        ...{kpi, unit, better},
        ...told(total(true)),
        before: told(total(false)),
        days: dates.map((day) => ({day, ...told(rows.find((row) => row.day === day))})),
      };
    }),
  );
  return {from: first, to: today, timezone, currency, kpis};
}

const factsOf = (row: Row | undefined): Facts => ({
  n: row?.n ?? 0,
  a: Number(row?.a ?? 0),
  b: Number(row?.b ?? 0),
  median: row?.median == null ? null : Number(row.median),
  p90: row?.p90 == null ? null : Number(row.p90),
});

function countFacts(
  {prisma}: StoreContext,
  kpi: Kpi,
  period: Period,
  {timezone, recent}: {timezone: string; recent: Date},
): Promise<Row[]> {
  return prisma.$queryRaw<Row[]>`
    SELECT day, recent, count(*)::int AS n, sum(a)::bigint AS a, sum(b)::bigint AS b,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY a)::bigint AS median,
      percentile_disc(0.9) WITHIN GROUP (ORDER BY a)::bigint AS p90
    FROM (SELECT (at AT TIME ZONE ${timezone})::date::text AS day, at >= ${recent} AS recent, a, b
      FROM (${FACTS[kpi](period)}) facts) placed
    GROUP BY GROUPING SETS ((day), (recent))`;
}

/** The currency most orders are in; a shop with several reads the amounts of its main one. */
async function mainCurrency({prisma}: StoreContext): Promise<string> {
  const [most] = await prisma.$queryRaw<{currency: string}[]>`
    SELECT currency FROM (SELECT currency FROM orders ORDER BY placed_at DESC LIMIT 1000) latest
    GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1`;
  return most?.currency ?? 'USD';
}

export interface KpiOrderView {
  order_id: string;
  number: string;
  status: string;
  placed_at: string;
  total: MoneyView;
  /** its facts on that day, added up */
  a: number;
  b: number;
}

interface OrderRow {
  order_id: string;
  number: string;
  status: string;
  placed_at: Date;
  total_amount: bigint;
  currency: string;
  a: bigint;
  b: bigint;
}

/** The orders behind a figure of one day, newest first. */
export async function readKpiOrders(
  context: StoreContext,
  options: {kpi: Kpi; day: string; timezone: string; limit: number; cursor?: string | undefined},
): Promise<Page<KpiOrderView>> {
  const {kpi, day, timezone, limit} = options;
  const startOf = (date: string) => new Date(instantOf(date, '00:00', timezone));
  const period = {
    from: startOf(day),
    to: startOf(addDays(day, 1)),
    now: context.now(),
    currency: await mainCurrency(context),
  };
  const last = readTimeCursor(options.cursor);
  const rows = await context.prisma.$queryRaw<OrderRow[]>`
    SELECT o.id AS order_id, o.number, o.status, o.placed_at, o.total_amount, o.currency, f.a, f.b
    FROM (SELECT order_id, sum(a)::bigint AS a, sum(b)::bigint AS b FROM (${FACTS[kpi](period)}) facts GROUP BY order_id) f
    JOIN orders o ON o.id = f.order_id
    WHERE ${last?.at ?? null}::timestamptz IS NULL OR (o.placed_at, o.id) < (${last?.at ?? null}::timestamptz, ${last?.id ?? ''})
    ORDER BY o.placed_at DESC, o.id DESC LIMIT ${limit + 1}`;
  const shown = rows.slice(0, limit);
  const end = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => ({
      order_id: row.order_id,
      number: row.number,
      status: row.status,
      placed_at: row.placed_at.toISOString(),
      total: money(row.total_amount, row.currency),
      a: Number(row.a),
      b: Number(row.b),
    })),
    next: end ? writeCursor([end.placed_at.toISOString(), end.order_id]) : null,
  };
}
