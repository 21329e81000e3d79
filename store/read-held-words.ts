import {readCode} from '../domain/shipping/carrier-codes.ts';
import {follow, judge} from './apply-tracking.ts';
import type {StoreContext} from './context.ts';
import {lockOrder} from './record-change.ts';
import {transact} from './transact.ts';

interface Held {
  parcel_id: string;
  event_key: string;
  order_id: string;
}

/** Words of trackers that nobody could read when they came, and whose code somebody wrote down since; oldest first. */
export function heldWords({prisma}: StoreContext, limit: number): Promise<Held[]> {
  return prisma.$queryRaw<Held[]>`
    SELECT e.parcel_id, e.event_key, p.order_id FROM parcel_events e JOIN parcels p ON p.id = e.parcel_id
      JOIN carrier_codes c ON c.carrier = e.code_carrier AND c.code = e.carrier_code
    WHERE e.unread AND cardinality(c.statuses) = 1 ORDER BY e.at, e.parcel_id, e.event_key LIMIT ${limit}`;
}

/** Applies one of them as if it came now; a parcel that has gone on meanwhile does not go back. A repeat changes nothing. */
export function readHeldWord(context: StoreContext, held: Held): Promise<'applied' | 'stale' | 'unread'> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, held.order_id);
    const {parcel_id, event_key} = held;
    const where = {parcel_id_event_key: {parcel_id, event_key}};
    const event = await tx.parcel_events.findUniqueOrThrow({where});
    const [carrier, code] = [event.code_carrier ?? '', event.carrier_code ?? ''];
    const reading = readCode(await tx.carrier_codes.findUnique({where: {carrier_code: {carrier, code}}}));
    if (!event.unread || reading.kind === 'unread') return event.unread ? 'unread' : 'stale';
    const parcel = await tx.parcels.findUniqueOrThrow({where: {id: parcel_id}});
    const {status, reason} = reading;
    const merged = parcel.ended_at ? {status, applied: false} : judge(parcel, status);
    // applied now, whenever it was said
    const data = {status, reason, unread: false, applied: merged.applied, stored_at: context.now()};
    await tx.parcel_events.update({where, data});
    if (!merged.applied) return 'stale';
    await tx.parcels.update({where: {id: parcel_id}, data: {status, status_at: context.now()}});
    await follow(context, tx, order, parcel, {status, at: event.at.getTime(), reason});
    return 'applied';
  });
}
