import {windowEnd} from './policy.ts';

/** Units of a line that reached the customer together. */
export interface Arrival {
  /** epoch milliseconds */
  at: number;
  qty: number;
}

export interface ReturnableLine {
  line_id: string;
  /** units bought and not cancelled */
  bought: number;
  arrivals: readonly Arrival[];
  /** units that came back already, or are on their way in another return */
  returned: number;
  announced: number;
  /** how long after delivery they are taken back; zero: never */
  window_days: number;
}

export interface Wanted {
  line_id: string;
  qty: number;
}

export type ReturnRefusal =
  | 'not_bought'
  | 'not_delivered'
  | 'not_returnable'
  | 'already_returned'
  | 'in_another_return'
  | 'window_over'
  | 'more_than_delivered';

export interface Refused extends Wanted {
  code: ReturnRefusal;
  /** how many units could be sent back instead */
  possible: number;
  /** until when it was, or is, possible; null where no time would change it */
  until: number | null;
}

/** What of a line may be sent back now: units whose window is open, less those that are back or announced. */
export function returnable(line: ReturnableLine, now: number): {qty: number; until: number | null} {
  const open = untaken(line).filter((arrival) => windowEnd(arrival.at, line.window_days) >= now);
  const last = open.reduce<number | null>((a, {at}) => Math.max(a ?? 0, windowEnd(at, line.window_days)), null);
  return {qty: open.reduce((sum, {qty}) => sum + qty, 0), until: last};
}

/** Arrivals without the units that are back or announced: the oldest are taken to have gone first. */
function untaken(line: ReturnableLine): Arrival[] {
  let gone = line.returned + line.announced;
  const left: Arrival[] = [];
  for (const arrival of [...line.arrivals].sort((a, b) => a.at - b.at)) {
    const qty = Math.max(0, arrival.qty - gone);
    gone -= arrival.qty - qty;
    if (qty > 0) left.push({...arrival, qty});
  }
  return left;
}

/** Why the wanted units cannot all be sent back, with what is possible instead; empty when they can. */
export function refusals(lines: readonly ReturnableLine[], wanted: readonly Wanted[], now: number): Refused[] {
  return merge(wanted).flatMap((want) => {
    const line = lines.find((l) => l.line_id === want.line_id);
    if (!line) return [{...want, code: 'not_bought' as const, possible: 0, until: null}];
    const {qty: possible, until} = line.window_days === 0 ? {qty: 0, until: null} : returnable(line, now);
    if (possible >= want.qty) return [];
    return [{...want, possible, ...whyNot(line, want.qty, possible, until, now)}];
  });
}

function merge(wanted: readonly Wanted[]): Wanted[] {
  const sums = new Map<string, number>();
  for (const {line_id, qty} of wanted) sums.set(line_id, (sums.get(line_id) ?? 0) + qty);
  return [...sums].map(([line_id, qty]) => ({line_id, qty}));
}

function whyNot(
  line: ReturnableLine,
  qty: number,
  possible: number,
  until: number | null,
  now: number,
): Pick<Refused, 'code' | 'until'> {
  const delivered = line.arrivals.reduce((sum, arrival) => sum + arrival.qty, 0);
  if (delivered === 0) return {code: 'not_delivered', until: null};
  if (line.window_days === 0) return {code: 'not_returnable', until: null};
  if (qty > delivered) return {code: qty > line.bought ? 'more_than_delivered' : 'not_delivered', until};
  const late = untaken(line).filter(({at}) => windowEnd(at, line.window_days) < now);
  const lateQty = late.reduce((sum, arrival) => sum + arrival.qty, 0);
  if (possible + lateQty >= qty) {
    return {code: 'window_over', until: Math.max(...late.map(({at}) => windowEnd(at, line.window_days)))};
  }
  return {code: line.announced > 0 ? 'in_another_return' : 'already_returned', until};
}
