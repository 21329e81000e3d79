import type {CollectionTerms} from '../domain/shipping/collection.ts';
import type {StoreContext, Tx} from './context.ts';
import type {pickups} from './generated/client.ts';
import {logDecision} from './log-decision.ts';
import type {PostalSide} from './parcels-to-label.ts';
import {readyFor} from './ready-for-carrier.ts';
import {transact} from './transact.ts';

/** A pickup that is to be booked or called off, for whoever began it: `booking` and `attempts` tell later ones apart. */
export interface DuePickup {
  id: string;
  state: string;
  carrier: string;
  booking: number;
  attempts: number;
  /** what may be booked at the platform already, by its names there */
  offer_ref: string | null;
  booked_ref: string | null;
  /** nobody would come any more */
  over: boolean;
  parcels: number;
  request: {
    reference: string;
    /** null: nothing is ready */
    shipment_ref: string | null;
    address: PostalSide;
    from: number;
    until: number;
    instructions: string;
  };
}

/** Takes the next pickup to ask the platform about; for the lease nobody else does. Null when none is due. */
export function beginPickup(context: StoreContext, {lease}: CollectionTerms): Promise<DuePickup | null> {
  return transact(context, async (tx) => {
    const now = context.now();
    const [due] = await tx.$queryRaw<pickups[]>`SELECT * FROM pickups
      WHERE state IN ('wanted', 'cancelling') AND due_at <= ${now} ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`;
    if (!due) return null;
    const attempts = due.attempts + 1;
    await tx.pickups.update({where: {id: due.id}, data: {attempts, due_at: later(now, lease)}});
    const site = await tx.warehouses.findUniqueOrThrow({where: {id: due.warehouse_id}});
    const {parcels, weight_g, shipment_ref} = await readyFor(tx, due.warehouse_id, due.carrier);
    const {id, state, carrier, booking, offer_ref, booked_ref, window_from, window_until} = due;
    return {
      ...{id, state, carrier, booking, attempts, offer_ref, booked_ref, parcels, over: window_until <= now},
      request: {
        reference: `${id}-${booking}`,
        shipment_ref,
        address: {name: site.name, ...(site.address as unknown as Omit<PostalSide, 'name'>)},
        from: Math.max(window_from.getTime(), now.getTime()),
        until: window_until.getTime(),
        instructions: `${parcels} ${parcels === 1 ? 'parcel' : 'parcels'}, ${Math.ceil(weight_g / 1_000)} kg`,
      },
    };
  });
}

const later = (now: Date, ms: number) => new Date(now.getTime() + ms);
const mine = ({id, booking, attempts}: DuePickup) => ({id, booking, attempts});

/** Keeps the platform's name before anything is booked under it; false when it is no longer to be booked, or not by us. */
export async function keepOffer(
  context: StoreContext,
  due: DuePickup,
  offer_ref: string,
  {lease}: CollectionTerms,
): Promise<boolean> {
  const known = due.offer_ref === offer_ref;
  const data = {offer_ref, due_at: later(context.now(), lease), ...(!known && {asked_parcels: due.parcels})};
  const {count} = await context.prisma.pickups.updateMany({where: {...mine(due), state: 'wanted'}, data});
  return count === 1;
}

/** Of a row for whose day nobody is booked. */
export const NOBODY = {
  booked_ref: null,
  booked_parcels: null,
  booked_at: null,
  confirmation: null,
  cost: null,
  currency: null,
};

/** The one that stood was called off for a larger one; false when that is no longer to be booked, or not by us. */
export async function leaveBooking(context: StoreContext, due: DuePickup, {lease}: CollectionTerms): Promise<boolean> {
  const where = {...mine(due), state: 'wanted', booked_ref: due.booked_ref};
  const data = {...NOBODY, due_at: later(context.now(), lease)};
  return (await context.prisma.pickups.updateMany({where, data})).count === 1;
}

export interface Booked {
  pickup_ref: string;
  confirmation: string | null;
  /** minor units; null: it is not known what was bought */
  price: {amount: number; currency: string} | null;
}

/**
 * Writes down that a driver comes, whoever found out. What was called off meanwhile stays to be called off; false where
 * it is over already, so that nobody would call this one off.
 */
export function settleBooked(context: StoreContext, {id}: DuePickup, booked: Booked): Promise<boolean> {
  return transact(context, async (tx) => {
    const pickup = await lock(tx, id);
    if (pickup?.booked_ref === booked.pickup_ref) return true;
    if (!pickup || pickup.offer_ref !== booked.pickup_ref) return false;
    const {pickup_ref: booked_ref, confirmation, price} = booked;
    const state = pickup.state === 'cancelling' ? 'cancelling' : 'booked';
    const now = context.now();
    const cost = price === null ? null : BigInt(price.amount);
    const data = {
      state,
      booked_ref,
      confirmation,
      cost,
      currency: price?.currency ?? null,
      booked_at: now,
      due_at: now,
    };
    const more = {offer_ref: null, failure: null, booked_parcels: pickup.asked_parcels};
    await tx.pickups.update({where: {id}, data: {...data, ...more}});
    await decide(context, tx, pickup, {state, booked_ref, cost: price?.amount ?? null, parcels: pickup.asked_parcels});
    return true;
  });
}

/** The platform or the carrier does not do it. One that stood before still does; what is to be called off still is. */
export function failPickup(context: StoreContext, due: DuePickup, failure: string): Promise<void> {
  return transact(context, async (tx) => {
    const pickup = await lock(tx, due.id);
    if (!pickup || pickup.booking !== due.booking || pickup.attempts !== due.attempts) return;
    if (pickup.state === 'cancelling' && failure !== 'not_cancelled') {
      await tx.pickups.update({where: {id: due.id}, data: {due_at: context.now()}});
      return;
    }
    const state = pickup.booked_ref === null ? 'refused' : 'booked';
    const asked = pickup.state === 'wanted' ? {asked_parcels: due.parcels} : {};
    await tx.pickups.update({
      where: {id: due.id},
      data: {state, failure, offer_ref: null, due_at: context.now(), ...asked},
    });
    await decide(context, tx, pickup, {state, failure});
  });
}

/** Nobody comes. */
export function settleCancelled(context: StoreContext, due: DuePickup): Promise<void> {
  return transact(context, async (tx) => {
    const pickup = await lock(tx, due.id);
    if (pickup?.state !== 'cancelling' || pickup.attempts !== due.attempts) return;
    await tx.pickups.update({where: {id: due.id}, data: {...NOBODY, state: 'cancelled', offer_ref: null}});
    await decide(context, tx, pickup, {state: 'cancelled'});
  });
}

/** Nothing is known yet: it is looked up after `rest` milliseconds. */
export async function putOffPickup(context: StoreContext, due: DuePickup, rest: number): Promise<void> {
  await context.prisma.pickups.updateMany({where: mine(due), data: {due_at: later(context.now(), rest)}});
}

export async function lock(tx: Tx, id: string): Promise<pickups | undefined> {
  return (await tx.$queryRaw<pickups[]>`SELECT * FROM pickups WHERE id = ${id} FOR UPDATE`)[0];
}

async function decide(context: StoreContext, tx: Tx, {id, state, booking}: pickups, output: object): Promise<void> {
  await logDecision(context, tx, {kind: 'pickup', inputs: {pickup_id: id, booking, was: state}, output});
}
