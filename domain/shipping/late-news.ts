import {isNewDelay} from '../messages/delay-news.ts';

/** A shipment whose promise is looked at because something should have happened by now; epoch milliseconds. */
export interface LookedAt {
  stage: string;
  /** somebody keeps the order back */
  held: boolean;
  now: number;
  /** when its driver was to come; null: none was promised */
  pickup_at: number | null;
  /** the end of what was promised */
  promised: number;
  /** the end of the window if it leaves with the next driver; null: nobody knows */
  next_window_to: number | null;
  /** when the carrier expects the last of its parcels */
  expected: number | null;
  /** what the customer was told last of its delay */
  told: {until: number; reason: string} | null;
}

export interface LateNews {
  tell: {until: number; reason: 'house' | 'unknown'} | null;
  /** when it is to be looked at again; null: never, it has come to an end */
  look_at: number | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The last parcels of a driver are scanned when the van is gone. */
export const SCANNING = 2 * HOUR;

const IN_THE_HOUSE: ReadonlySet<string> = new Set(['ALLOCATED', 'PICKING', 'SHORT_PICKED', 'PICKED', 'PACKED']);
const AT_AN_END: ReadonlySet<string> = new Set(['DELIVERED', 'CANCELLED', 'RETURN_TO_SENDER']);
const ON_THE_ROAD: ReadonlySet<string> = new Set(['IN_TRANSIT', 'OUT_FOR_DELIVERY']);

/**
 * What its customer is to hear of a shipment that is late and of which nobody says anything: that it missed its driver,
 * with the window of the next one; or, once the promise is over, that we look into it, which is said once.
 */
export function lateNews(shipment: LookedAt): LateNews {
  const {stage, now, pickup_at, next_window_to} = shipment;
  if (AT_AN_END.has(stage)) return {tell: null, look_at: null};
  if (ON_THE_ROAD.has(stage)) return silence(shipment);
  // what waits for stock or comes back is told of by itself, and what is held by whoever holds it
  if (!IN_THE_HOUSE.has(stage) || shipment.held) return {tell: null, look_at: now + DAY};
  if (pickup_at !== null && now < pickup_at + SCANNING) return {tell: null, look_at: pickup_at + SCANNING};
  return next_window_to === null ? silence(shipment) : missedDriver(shipment, next_window_to);
}

function missedDriver({now, promised, told}: LookedAt, until: number): LateNews {
  const isNews = isNewDelay({promised, told: told?.until ?? null, until});
  return {tell: isNews ? {until, reason: 'house'} : null, look_at: now + DAY};
}

function silence({now, promised, expected, told}: LookedAt): LateNews {
  const said = Math.max(promised, expected ?? promised, told?.until ?? promised);
  if (now < said) return {tell: null, look_at: said};
  const tell = told?.reason === 'unknown' ? null : ({until: now + DAY, reason: 'unknown'} as const);
  return {tell, look_at: now + DAY};
}
