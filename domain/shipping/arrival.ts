/** Where a window comes from: what was promised, what the carrier expects, the van that has it, the door. */
export type ArrivalBasis = 'promise' | 'carrier' | 'out_for_delivery' | 'arrived';

/** When a shipment comes, epoch milliseconds; `from` and `to` are equal where only one moment is known. */
export interface Arrival {
  from: number;
  to: number;
  basis: ArrivalBasis;
  /** it comes later than was promised */
  late: boolean;
}

export interface ArrivalFacts {
  promised: {from: number; to: number} | null;
  /** of each parcel that is still expected or has come */
  parcels: readonly {status: string; eta_to: number | null; ended_at: number | null; out_at: number | null}[];
  now: number;
  /** end of the day at the door in which a moment lies */
  endOfDay: (at: number) => number;
}

const DAY = 86_400_000;

/**
 * The window that can honestly be named now. It is the promise's until a carrier has the shipment, then the day the
 * carrier expects the last parcel, then what is left of the day a van has it; it never ends before now. Null: nobody knows.
 */
export function arrivalOf({promised, parcels, now, endOfDay}: ArrivalFacts): Arrival | null {
  const late = (at: number) => promised !== null && at > promised.to;
  const arrived = parcels.flatMap(({status, ended_at}) => (status === 'delivered' && ended_at ? [ended_at] : []));
  if (parcels.length > 0 && arrived.length === parcels.length) {
    const at = Math.max(...arrived);
    return {from: at, to: at, basis: 'arrived', late: late(at)};
  }
  const coming = parcels.filter(({status}) => status !== 'delivered' && status !== 'lost');
  const outToday = coming.length > 0 && coming.every(({out_at}) => out_at !== null && now - out_at < DAY);
  if (outToday) return {from: now, to: endOfDay(now), basis: 'out_for_delivery', late: late(now)};
  const expected = coming.flatMap(({eta_to}) => (eta_to === null ? [] : [eta_to]));
  if (coming.length > 0 && expected.length === coming.length) {
    const to = Math.max(...expected);
    if (to + DAY > now) return {from: to, to, basis: 'carrier', late: late(to)};
    // the carrier's day is over and it says nothing new: today or tomorrow is a guess, and is told as late
    return {from: now, to: now + DAY, basis: 'carrier', late: true};
  }
  if (promised === null) return null;
  if (promised.to < now) return {from: now, to: now + DAY, basis: 'promise', late: true};
  return {from: Math.max(now, promised.from), to: promised.to, basis: 'promise', late: false};
}
