import {isNewDelay} from '../domain/messages/delay-news.ts';
import {mergeTracking, type ParcelStatus, type TrackerWord} from '../domain/shipping/tracking.ts';
import {advanceSubOrder} from './advance-sub-order.ts';
import {announceComeBack} from './come-back.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, parcels} from './generated/client.ts';
import {handOverParcel} from './hand-over.ts';
import {tellSubOrder} from './queue-signal.ts';
import {readWord} from './read-word.ts';
import {lockOrder, recordChange} from './record-change.ts';
import {transact} from './transact.ts';

export interface TrackingFact extends TrackerWord {
  tracking_number: string;
  estimated_delivery: number | null;
  /** the same fact, however often and by whichever way it arrives, has the same key */
  fact_key: string;
}

const CARRIER = {actor: 'carrier', role: 'carrier'};
const ON_THE_ROAD: readonly ParcelStatus[] = ['in_transit', 'out_for_delivery', 'delivered', 'return_to_sender'];

/** Applies what a tracker said, whatever the order of arrival; tells whether it moved anything. */
export function applyTracking(
  context: StoreContext,
  told: TrackingFact,
): Promise<'applied' | 'stale' | 'unread' | 'unknown_parcel' | 'seen'> {
  return transact(context, async (tx) => {
    const found = await tx.parcels.findUnique({where: {tracking_number: told.tracking_number}});
    if (!found) return 'unknown_parcel';
    let order = await lockOrder(tx, found.order_id);
    const parcel = await tx.parcels.findUniqueOrThrow({where: {id: found.id}});
    const now = context.now().getTime();
    // a scanner's clock may be anywhere, and some words have no time at all
    const fact = {...told, at: told.at > 0 ? Math.min(told.at, now) : now};
    const given_up = parcel.state === 'cancelled';
    const word = await readWord(tx, fact, parcel.carrier);
    const {status, code, reason} = word;
    const merged = judge(parcel, status);
    const unread = word.unread && !given_up && !parcel.ended_at;
    const fresh = await tx.parcel_events.createMany({
      data: [
        {
          ...{parcel_id: parcel.id, event_key: fact.fact_key, status, applied: merged.applied, reason, unread},
          ...{code_carrier: code?.carrier ?? null, carrier_code: code?.code ?? null},
          ...{at: new Date(fact.at), stored_at: context.now(), ...fact.place},
        },
      ],
      skipDuplicates: true,
    });
    const seen = fresh.count === 0;
    if (seen && !isLater(fact, parcel)) return 'seen';
    if (!parcel.ended_at) await hear(context, tx, parcel, seen ? (parcel.status as ParcelStatus) : merged.status, fact);
    if (!parcel.ended_at && !given_up) order = await tellDelay(context, tx, order, parcel, fact);
    if (seen) return 'seen';
    if (!merged.applied) return unread ? 'unread' : 'stale';
    await follow(context, tx, order, parcel, {status: merged.status, at: fact.at, reason});
    return 'applied';
  });
}

/** A carrier may put its estimate off without another scan; an earlier one is believed with the next. */
const isLater = ({estimated_delivery}: TrackingFact, {eta_to}: parcels) =>
  estimated_delivery !== null && eta_to !== null && estimated_delivery > eta_to.getTime();

interface Merged {
  status: ParcelStatus;
  applied: boolean;
}

/** What a status makes of the parcel. */
export function judge(parcel: parcels, status: ParcelStatus): Merged {
  const before = parcel.status as ParcelStatus;
  // a parcel that left the house is on its way, whatever became of its label: `cancelled` would be the last word
  const voided = status === 'cancelled' && parcel.handed_over_at !== null;
  // of one that was given up nothing is believed: should it travel all the same, the carrier refuses the void
  const given_up = parcel.state === 'cancelled';
  return voided || given_up ? {status: before, applied: false} : mergeTracking(before, status);
}

/** A word that moves the parcel. */
export interface Moving {
  status: ParcelStatus;
  at: number;
  /** what is in its way, by the carrier's own code */
  reason: string | null;
}

/** Does all that follows from a status that was applied. */
export async function follow(
  context: StoreContext,
  tx: Tx,
  given: orders,
  parcel: parcels,
  word: Moving,
): Promise<void> {
  let order = given;
  if (ON_THE_ROAD.includes(word.status) && !parcel.handed_over_at) {
    order = await handOverParcel(context, tx, order, parcel, CARRIER);
    // a parcel scanned out at the dock has told its run already
    if (!parcel.dispatched_at) {
      await tellSubOrder(context, tx, parcel.sub_order_id, 'dispatched', `tracker:${parcel.id}`, parcel.id);
    }
  }
  await followStatus(context, tx, order, parcel, word);
}

/** Any word of the tracker ends its silence, also one that changes no status. */
async function hear(
  context: StoreContext,
  tx: Tx,
  parcel: parcels,
  status: ParcelStatus,
  fact: TrackingFact,
): Promise<void> {
  const eta =
    fact.estimated_delivery === null
      ? {}
      : {eta_from: new Date(fact.estimated_delivery), eta_to: new Date(fact.estimated_delivery)};
  await tx.parcels.update({where: {id: parcel.id}, data: {status, status_at: context.now(), ...eta}});
}

/** The carrier expects it later than was promised, or than was told: said once for each such estimate, before anybody asks. */
async function tellDelay(
  context: StoreContext,
  tx: Tx,
  order: orders,
  parcel: parcels,
  {estimated_delivery: until}: TrackingFact,
): Promise<orders> {
  if (until === null) return order;
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: parcel.sub_order_id}});
  if (!sub.estimated_delivery) return order;
  const type = 'sub_order.delayed';
  const where = {order_id: order.id, type, sub_order_id: sub.id};
  const last = (await tx.events.findFirst({where, orderBy: {seq: 'desc'}}))?.data as
    | {until?: string; reason?: string}
    | undefined;
  // whoever was told that nobody knows a day was promised to hear of the first that somebody knows
  const told = last?.until && last.reason !== 'unknown' ? Date.parse(last.until) : null;
  if (!isNewDelay({promised: sub.estimated_delivery.getTime(), told, until})) return order;
  const data = {parcel_id: parcel.id, until: new Date(until)};
  return recordChange(context, tx, {order, type, by: CARRIER, sub_order_id: sub.id, data});
}

async function followStatus(
  context: StoreContext,
  tx: Tx,
  order: orders,
  parcel: parcels,
  {status, at, reason}: Moving,
): Promise<void> {
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: parcel.sub_order_id}});
  const data = {parcel_id: parcel.id, status, at: new Date(at), ...(reason && {reason})};
  if (status === 'out_for_delivery' && sub.stage === 'IN_TRANSIT') {
    await advanceSubOrder(context, tx, order, sub, {to: 'OUT_FOR_DELIVERY', by: CARRIER, data});
    return;
  }
  if (status === 'return_to_sender' && (sub.stage === 'IN_TRANSIT' || sub.stage === 'OUT_FOR_DELIVERY')) {
    const note = 'on its way back to us';
    const moved = await advanceSubOrder(context, tx, order, sub, {to: 'EXCEPTION', by: CARRIER, data, note});
    if (!parcel.ended_at) await announceComeBack(context, tx, moved, parcel, CARRIER);
    return;
  }
  const told = await recordChange(context, tx, {
    order,
    type: 'sub_order.tracked',
    by: CARRIER,
    sub_order_id: sub.id,
    data,
  });
  if (status === 'return_to_sender' && !parcel.ended_at) await announceComeBack(context, tx, told, parcel, CARRIER);
  if (status === 'delivered') {
    await tellSubOrder(context, tx, sub.id, 'delivered', `tracker:${parcel.id}`, parcel.id);
  }
}
