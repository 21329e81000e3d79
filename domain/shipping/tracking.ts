import {carrierKey, type CodeName} from './carrier-codes.ts';

export const parcelStatuses = [
  'created',
  'pre_transit',
  'in_transit',
  'out_for_delivery',
  'delivered',
  'return_to_sender',
  'failure',
  'lost',
  'cancelled',
  'unknown',
] as const;
export type ParcelStatus = (typeof parcelStatuses)[number];

/**
 * How far a status is along. A failed attempt ranks above the attempt and below the delivery that may follow it, so
 * that the furthest status wins whatever the order of arrival.
 */
const RANK: Record<Exclude<ParcelStatus, 'lost' | 'cancelled'>, number> = {
  unknown: 0,
  created: 1,
  pre_transit: 2,
  in_transit: 3,
  out_for_delivery: 4,
  failure: 5,
  delivered: 6,
  return_to_sender: 7,
};

/**
 * The status after a tracking event and whether the event changed it. Never goes back; `delivered` gives way only to
 * `return_to_sender`. `lost` is our own declaration and final, because money has moved on it; `cancelled` (label
 * voided) holds only for a parcel that no carrier has had, and is final too. What is not applied is still recorded
 * by the caller.
 */
export function mergeTracking(current: ParcelStatus, incoming: ParcelStatus): {status: ParcelStatus; applied: boolean} {
  const applied = advances(current, incoming);
  return {status: applied ? incoming : current, applied};
}

function advances(current: ParcelStatus, incoming: ParcelStatus): boolean {
  if (current === 'lost' || current === 'cancelled') return false;
  if (incoming === 'cancelled') return RANK[current] < RANK.in_transit;
  if (incoming === 'lost') return current !== 'delivered';
  return RANK[incoming] > RANK[current];
}

const FROM_EASYPOST: ReadonlyMap<string, ParcelStatus> = new Map([
  ['pre_transit', 'pre_transit'],
  ['in_transit', 'in_transit'],
  ['out_for_delivery', 'out_for_delivery'],
  ['available_for_pickup', 'out_for_delivery'],
  ['delivered', 'delivered'],
  ['return_to_sender', 'return_to_sender'],
  ['failure', 'failure'],
  ['cancelled', 'cancelled'],
]);

/**
 * Our word for a tracker status of EasyPost (docs.easypost.com, Trackers). A parcel waiting at a pick-up point is as
 * near the customer as one out for delivery; `error`, `unknown` and words not known yet move nothing.
 */
export function fromEasypostStatus(raw: string): ParcelStatus {
  return FROM_EASYPOST.get(raw.trim().toLowerCase()) ?? 'unknown';
}

/** Words by which the platform says nothing; any other that is no status is a word of which nobody knows the meaning. */
const SILENT = new Set(['unknown', 'error', '']);

/** Where a parcel was seen, as far as the tracker names it. */
export interface ScanPlace {
  city: string | null;
  region: string | null;
  country: string | null;
}

/** What a tracker said last. */
export interface TrackerWord {
  /** the platform's status, as it came */
  raw_status: string;
  /** epoch milliseconds */
  at: number;
  /** the carrier's own code, where it was told */
  code: CodeName | null;
  place?: ScanPlace | null;
}

/**
 * The code that a word is to be read by: the carrier's own; else the platform's word itself, where that is no status.
 * Null: nothing but the status was said.
 */
export function codeOf({raw_status, code}: Pick<TrackerWord, 'raw_status' | 'code'>): CodeName | null {
  if (code !== null) return {carrier: carrierKey(code.carrier), code: code.code.trim()};
  const word = raw_status.trim().toLowerCase();
  return FROM_EASYPOST.has(word) || SILENT.has(word) ? null : {carrier: 'easypost', code: word};
}

/**
 * The one key of what a tracker said, whichever way it came: told by a webhook and asked for again, in another notation
 * of the time, it is the same word, and no news.
 */
export function trackingFactKey({raw_status, at, code}: TrackerWord): string {
  const read = fromEasypostStatus(raw_status) !== 'unknown' || code === null;
  return `${raw_status}${read ? '' : `/${code.code}`}@${new Date(at).toISOString()}`;
}

/** A tracker as EasyPost writes it down, in webhooks and when it is asked. */
export interface TrackerNotes {
  status: string;
  carrier: string | null;
  updated_at: number | null;
  details: readonly {status: string | null; at: number | null; code: string | null; place?: ScanPlace | null}[];
}

/**
 * The last word of a tracker: its status, since when, and the carrier's own code of the scan that says so. Scans reach
 * the platform late and out of order; of those in the same second the last one in its list counts. Null: no time can be read.
 */
export function lastWord({status, carrier, updated_at, details}: TrackerNotes): TrackerWord | null {
  const saying = details.filter((detail) => detail.status === status && detail.at !== null);
  const newest = saying.reduce<(typeof saying)[number] | null>(
    (latest, detail) => (latest === null || (detail.at ?? 0) >= (latest.at ?? 0) ? detail : latest),
    null,
  );
  const at = newest?.at ?? updated_at;
  if (at === null) return null;
  const code = newest?.code && carrier ? {carrier, code: newest.code} : null;
  return {raw_status: status, at, code, ...(newest?.place && {place: newest.place})};
}
