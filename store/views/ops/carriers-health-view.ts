import type {StoreContext} from '../../context.ts';
import {type CarrierView, carrierView} from '../carriers-view.ts';

const DAY = 86_400_000;
const TURNS_SHOWN = 20;

export interface CarrierHealthView extends CarrierView {
  /** of the last 24 hours */
  bought: number;
  /** parcels of the last 24 hours that it offered to take and was not asked for: they went to others */
  routed_around: number;
  /** to whom, the most first */
  went_to: {carrier: string; parcels: number}[];
  /** parcels on the road with it now */
  on_the_road: number;
  /** of all its parcels lately: how many came when it said */
  arrived: number;
  on_time: number;
  /** how its breaker moved and who switched it in the last 24 hours, newest first */
  turns: {at: string; state: string; failures: number | null; reason: string | null; actor: string | null}[];
}

interface Turn {
  carrier: string;
  at: Date;
  state: string;
  failures: number | null;
  reason: string | null;
  actor: string | null;
}

/** What became of each carrier in the last day: its breaker, the work that went around it, its record. */
export async function readCarriersHealth(context: StoreContext): Promise<CarrierHealthView[]> {
  const {prisma} = context;
  const now = context.now();
  const since = new Date(now.getTime() - DAY);
  const [rows, bought, around, road, records, turns] = await Promise.all([
    prisma.carrier_health.findMany({orderBy: {carrier: 'asc'}}),
    boughtSince(context, since),
    routedAround(context, since),
    onTheRoad(context),
    prisma.carrier_records.groupBy({by: ['carrier'], _sum: {arrived: true, on_time: true}}),
    turnsSince(context, since),
  ]);
  return rows.map((row) => {
    const {carrier} = row;
    const own = <T extends {carrier: string}>(list: readonly T[]) => list.filter((item) => item.carrier === carrier);
    const went_to = own(around).map(({to, n}) => ({carrier: to, parcels: n}));
    const record = own(records)[0]?._sum;
    return {
      ...carrierView(row, now),
      bought: own(bought)[0]?.n ?? 0,
      routed_around: went_to.reduce((sum, {parcels}) => sum + parcels, 0),
      went_to,
      on_the_road: own(road)[0]?.n ?? 0,
      arrived: record?.arrived ?? 0,
      on_time: record?.on_time ?? 0,
      turns: own(turns)
        .slice(0, TURNS_SHOWN)
        .map(({carrier: _carrier, ...turn}) => ({...turn, at: turn.at.toISOString()})),
    };
  });
}

interface Count {
  carrier: string;
  n: number;
}

/** A decision is kept for each rate that was to be bought: a parcel counts with the last of them. */
function boughtSince({prisma}: StoreContext, since: Date): Promise<Count[]> {
  return prisma.$queryRaw<Count[]>`
    SELECT carrier, count(*)::int AS n FROM parcels
    WHERE label_state = 'bought' AND carrier IS NOT NULL AND id IN (
      SELECT inputs->>'parcel' FROM decisions WHERE kind = 'carrier' AND at > ${since})
    GROUP BY carrier`;
}

function routedAround({prisma}: StoreContext, since: Date): Promise<(Count & {to: string})[]> {
  return prisma.$queryRaw<(Count & {to: string})[]>`
    WITH chosen AS (
      SELECT DISTINCT ON (inputs->>'parcel') inputs->'not_asked' AS not_asked, output->'ranked'->0->>'carrier' AS taken
      FROM decisions WHERE kind = 'carrier' AND at > ${since} ORDER BY inputs->>'parcel', at DESC
    )
    SELECT skipped AS carrier, taken AS to, count(*)::int AS n
    FROM chosen CROSS JOIN LATERAL jsonb_array_elements_text(not_asked) AS skipped
    GROUP BY 1, 2 ORDER BY n DESC, 2`;
}

function onTheRoad({prisma}: StoreContext): Promise<Count[]> {
  return prisma.$queryRaw<Count[]>`
    SELECT carrier, count(*)::int AS n FROM parcels
    WHERE handed_over_at IS NOT NULL AND ended_at IS NULL AND carrier IS NOT NULL GROUP BY carrier`;
}

function turnsSince({prisma}: StoreContext, since: Date): Promise<Turn[]> {
  return prisma.$queryRaw<Turn[]>`
    SELECT inputs->>'carrier' AS carrier, at, CASE WHEN kind = 'carrier_health' THEN output->>'state'
        WHEN (inputs->>'active')::boolean THEN 'switched_on' ELSE 'switched_off' END AS state,
      (inputs->>'failures')::int AS failures, inputs->>'reason' AS reason, inputs->>'actor' AS actor
    FROM decisions WHERE kind IN ('carrier_health', 'switch') AND inputs ? 'carrier' AND at > ${since}
    ORDER BY at DESC, id DESC`;
}
