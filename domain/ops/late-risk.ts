/**
 * Will a shipment that is under way miss what was promised? Pure; times are epoch milliseconds, durations milliseconds.
 * Every term is told with its reason, so that people can check it by hand (docs/operations.md).
 */
export interface Shipment {
  stage: string;
  now: number;
  /** when the carrier comes for it by its promise */
  pickup_at: number | null;
  /** the end of what was promised */
  window_to: number | null;
  /** the carrier's own word of when it arrives */
  eta_to: number | null;
  /** share of the carrier's parcels that came when it said; null: no carrier yet, or one without a record */
  on_time: number | null;
  /** when its tracker spoke last */
  heard_at: number | null;
  held: boolean;
  stuck: boolean;
  /** what the stages before the hand-over usually still take */
  usual_left: number;
}

export const RISK_REASONS = [
  'window_over',
  'cut_off_missed',
  'carrier_says_later',
  'exception',
  'held',
  'stuck',
  'no_stock',
  'tracker_silent',
  'cut_off_near',
  'carrier_record',
] as const;
export type RiskReason = (typeof RISK_REASONS)[number];

export interface Risk {
  /** 0 to 1 */
  chance: number;
  reason: RiskReason;
}

const DAY = 86_400_000;
/** A tracker that says nothing for so long has probably lost its parcel. */
const SILENT = 2 * DAY;
/** What a reason alone is worth. */
const CHANCE = {
  cut_off_missed: 0.9,
  carrier_says_later: 0.9,
  exception: 0.8,
  held: 0.7,
  stuck: 0.7,
  no_stock: 0.6,
  tracker_silent: 0.6,
} as const;

const ON_THE_ROAD: ReadonlySet<string> = new Set(['IN_TRANSIT', 'OUT_FOR_DELIVERY']);

/** Null where nothing was promised. Of several reasons the one that weighs most is told. */
export function lateRisk(shipment: Shipment): Risk | null {
  const {window_to, now} = shipment;
  if (window_to === null) return null;
  if (now > window_to) return {chance: 1, reason: 'window_over'};
  const terms = ON_THE_ROAD.has(shipment.stage) ? onTheRoad(shipment, window_to) : inTheHouse(shipment);
  const record = shipment.on_time === null ? 0 : 1 - shipment.on_time;
  terms.push({chance: record, reason: 'carrier_record'});
  const [worst] = terms.sort((a, b) => b.chance - a.chance);
  // the carrier's record adds to whatever else is in the way: late unless both go well
  const others = worst && worst.reason !== 'carrier_record' ? 1 - (1 - worst.chance) * (1 - record) : record;
  return {chance: round(others), reason: worst?.reason ?? 'carrier_record'};
}

function onTheRoad({eta_to, heard_at, now}: Shipment, window_to: number): Risk[] {
  return [
    ...(eta_to !== null && eta_to > window_to ? [known('carrier_says_later')] : []),
    ...(heard_at !== null && now - heard_at > SILENT ? [known('tracker_silent')] : []),
  ];
}

function inTheHouse({stage, held, stuck, pickup_at, now, usual_left}: Shipment): Risk[] {
  const terms = [
    ...(stage === 'EXCEPTION' ? [known('exception')] : []),
    ...(held ? [known('held')] : []),
    ...(stuck ? [known('stuck')] : []),
    ...(stage === 'BACKORDERED' ? [known('no_stock')] : []),
  ];
  if (pickup_at === null) return terms;
  const slack = pickup_at - now;
  if (slack <= 0) return [...terms, known('cut_off_missed')];
  // as much time left as it usually takes: one half; twice as much: a third; never worse than having missed it
  const chance = Math.min(CHANCE.cut_off_missed, usual_left / (usual_left + slack));
  return [...terms, {chance, reason: 'cut_off_near'}];
}

const known = (reason: keyof typeof CHANCE): Risk => ({chance: CHANCE[reason], reason});
const round = (chance: number) => Math.round(Math.min(1, Math.max(0, chance)) * 100) / 100;

export type RiskLevel = 'late' | 'high' | 'medium' | 'low';

export function levelOf({chance, reason}: Risk): RiskLevel {
  if (reason === 'window_over') return 'late';
  return chance >= 0.5 ? 'high' : chance >= 0.2 ? 'medium' : 'low';
}

/** Stages between the plan and the carrier, in order, with what they take where nothing is known yet. */
const USUALLY: readonly (readonly [string, number])[] = [
  ['ALLOCATED', 60 * 60_000],
  ['PICKING', 15 * 60_000],
  ['PICKED', 15 * 60_000],
  ['PACKED', 60 * 60_000],
];

/** What is usually still to do before the carrier has it, by the medians of the stages; 0 once it has. */
export function usualLeft(stage: string, medians: ReadonlyMap<string, number>): number {
  const from =
    stage === 'BACKORDERED' ? 0 : stage === 'SHORT_PICKED' ? 1 : USUALLY.findIndex(([name]) => name === stage);
  if (from < 0) return 0;
  return USUALLY.slice(from).reduce((sum, [name, unknown]) => sum + (medians.get(name) ?? unknown), 0);
}
