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

/**
 * The one key of what a tracker said, whichever way it came: told by a webhook and asked for again, in another notation
 * of the time, it is the same word, and no news. `at`: epoch milliseconds.
 */
export function trackingFactKey(status: string, at: number): string {
  return `${status}@${new Date(at).toISOString()}`;
}
