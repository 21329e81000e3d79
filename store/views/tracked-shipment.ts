import {addDays, dateAt, instantOf} from '../../domain/calendar/local-time.ts';
import {openValue, sumOf} from '../../domain/payment/amounts.ts';
import {type Arrival, arrivalOf} from '../../domain/shipping/arrival.ts';
import {type Point, type Town, townOf, whereabouts} from '../../domain/shipping/whereabouts.ts';
import {toPart} from '../begin-hold.ts';
import type {captures, events, parcel_events, parcels, promises} from '../generated/client.ts';
import type {OrderRows} from './order-view.ts';
import {type MoneyView, money, time} from './shapes.ts';
import type {SubOrderRows} from './sub-orders.ts';

export interface ItemView {
  sku: string;
  name: string;
  qty: number;
}

export interface TrackedParcel {
  carrier: string | null;
  service: string | null;
  tracking_number: string | null;
  status: string;
  status_at: string | null;
  eta_from: string | null;
  eta_to: string | null;
  /** what the tracker said, newest first */
  events: {at: string; status: string; city: string | null; country: string | null}[];
  /** where it is as well as is known, once it is on its way; `exact`: it was seen there */
  at: (Point & {exact: boolean}) | null;
}

export interface TrackedShipment {
  position: number;
  stage: string;
  items: ItemView[];
  parcels: TrackedParcel[];
  /** the town it is sent from; null for what has no place yet, and for what a supplier sends */
  from: Town | null;
  estimated_delivery: string | null;
  window: {from: string; to: string; basis: Arrival['basis']; late: boolean} | null;
  /** the carrier expects it later than was promised; `answer` is what the customer said to that */
  /** `until` is null where nobody knows a day */
  delay: {until: string | null; answer: string | null} | null;
  money: {held: MoneyView; charged: MoneyView; to_be_charged: MoneyView};
}

/** What is known beside the order's own rows. */
export interface TrackFacts {
  now: number;
  /** the clock at the door */
  zone: string;
  /** the town it all goes to; null once it is erased */
  to: Town | null;
  sites: ReadonlyMap<string, Town>;
  promises: readonly promises[];
  scans: readonly parcel_events[];
  captures: readonly captures[];
  /** of delays, and of what was answered */
  delays: readonly events[];
}

export function shipmentView(part: SubOrderRows, rows: OrderRows, facts: TrackFacts): TrackedShipment {
  const {sub, lines} = part;
  const names = new Map(rows.lines.map((line) => [line.id, line.name]));
  const from = (sub.source_id && facts.sites.get(sub.source_id)) || null;
  return {
    position: sub.position,
    stage: sub.stage,
    items: lines
      .map((line) => ({
        sku: line.sku,
        name: names.get(line.line_id) ?? line.sku,
        // of one that was cancelled, what it would have been
        qty: sub.stage === 'CANCELLED' ? line.qty : line.qty - line.cancelled,
      }))
      .filter((item) => item.qty > 0),
    parcels: part.parcels.map((parcel) => parcelView(parcel, from, facts)),
    from,
    estimated_delivery: time(sub.estimated_delivery),
    window: windowOf(part, facts),
    delay: delayOf(sub.id, facts.delays),
    money: moneyOf(part, rows, facts.captures),
  };
}

const COMING = new Set([
  'ALLOCATED',
  'PICKING',
  'SHORT_PICKED',
  'PICKED',
  'PACKED',
  'IN_TRANSIT',
  'OUT_FOR_DELIVERY',
  'DELIVERED',
]);

function windowOf({sub, parcels}: SubOrderRows, facts: TrackFacts): TrackedShipment['window'] {
  if (!COMING.has(sub.stage)) return null;
  const {now, zone, scans} = facts;
  const promise = facts.promises.find(({id}) => id === sub.id);
  const [from, to] = [promise?.window_from ?? null, promise?.window_to ?? sub.estimated_delivery];
  const out = (id: string) =>
    scans.findLast((scan) => scan.parcel_id === id && scan.status === 'out_for_delivery')?.at.getTime() ?? null;
  const found = arrivalOf({
    promised: to && {from: (from ?? to).getTime(), to: to.getTime()},
    parcels: parcels.map(({id, status, eta_to, ended_at}) => ({
      status,
      eta_to: eta_to?.getTime() ?? null,
      ended_at: ended_at?.getTime() ?? null,
      out_at: status === 'out_for_delivery' ? out(id) : null,
    })),
    now,
    endOfDay: (at) => instantOf(addDays(dateAt(at, zone), 1), '00:00', zone) - 60_000,
  });
  return found && {...found, from: new Date(found.from).toISOString(), to: new Date(found.to).toISOString()};
}

function parcelView(parcel: parcels, from: Town | null, facts: TrackFacts): TrackedParcel {
  const seen = facts.scans.filter(({parcel_id}) => parcel_id === parcel.id).toReversed();
  const {carrier, service, tracking_number, status} = parcel;
  return {
    ...{carrier, service, tracking_number, status},
    status_at: time(parcel.status_at),
    eta_from: time(parcel.eta_from),
    eta_to: time(parcel.eta_to),
    events: seen.map(({at, status: said, city, country}) => ({at: at.toISOString(), status: said, city, country})),
    at: placeOf(parcel, seen, from, facts),
  };
}

function placeOf(parcel: parcels, newestFirst: readonly parcel_events[], from: Town | null, facts: TrackFacts) {
  const {to, now, sites} = facts;
  const left = parcel.handed_over_at?.getTime();
  if (!from || !to || left === undefined || ['lost', 'cancelled'].includes(parcel.status)) return null;
  const towns = [...sites.values(), to];
  const last = newestFirst.find(({city}) => city !== null);
  return whereabouts({
    ...{from, to, left, now},
    due: parcel.eta_to?.getTime() ?? null,
    arrived: parcel.status === 'delivered',
    seen: last ? townOf(last, towns) : null,
  });
}

function delayOf(subOrderId: string, delays: readonly events[]): TrackedShipment['delay'] {
  const of = delays.filter(({sub_order_id}) => sub_order_id === subOrderId);
  const said = of.findLast(({type}) => type === 'sub_order.delayed');
  if (!said) return null;
  // what was said to an earlier estimate is no answer to this one
  const answered = of.findLast(({type, seq}) => type === 'sub_order.delay_answered' && seq > said.seq);
  const {until = null, reason} = said.data as {until?: string; reason?: string};
  const choice = (answered?.data as {choice?: string} | undefined)?.choice ?? null;
  return {until: reason === 'unknown' ? null : until, answer: choice};
}

/** What of the shipment's value was charged, what is still to come, and how much of that is covered by a live hold. */
export function moneyOf({sub, lines}: SubOrderRows, {order, sums}: OrderRows, taken: readonly captures[]) {
  const capture = taken.find((c) => c.sub_order_id === sub.id);
  const toCome = capture ? 0 : sumOf(lines.map(toPart), openValue);
  const held = Math.min(toCome, Number(sums.authorized));
  return {
    held: money(held, order.currency),
    charged: money(capture?.amount ?? 0n, order.currency),
    to_be_charged: money(toCome, order.currency),
  };
}
