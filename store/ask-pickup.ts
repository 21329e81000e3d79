import type {CollectionTerms} from '../domain/shipping/collection.ts';
import {nextWindow, type NoWindow, outgrown, type PickupWindow, windowOn} from '../domain/shipping/pickup.ts';
import type {StoreContext, Tx} from './context.ts';
import type {pickups, warehouses} from './generated/client.ts';
import {newId} from './ids.ts';
import {logDecision} from './log-decision.ts';
import {readyFor} from './ready-for-carrier.ts';
import {readCalendar} from './site-calendar.ts';
import {transact} from './transact.ts';

export interface PickupWish {
  warehouse: warehouses;
  carrier: string;
  /** null: the first day that is still possible */
  day: string | null;
  by: string;
  /** the same for every repeat of a call */
  request_id: string;
  terms: CollectionTerms;
}

export type PickupAsked = {id: string} | {refused: NoWindow | 'nothing_ready'};

/**
 * Wants a driver of the carrier at the warehouse. A warehouse has one pickup of a carrier and day: a second wish is the
 * same one, booked anew when more parcels are ready than it is for. The relay books it.
 */
export function askPickup(context: StoreContext, wish: PickupWish): Promise<PickupAsked> {
  return transact(context, async (tx) => {
    const {warehouse, carrier, by: asked_by, request_id} = wish;
    const known = await tx.decisions.findUnique({where: {id: onceOf(request_id)}});
    if (known) return {id: (known.output as {pickup_id: string}).pickup_id};
    const {parcels} = await readyFor(tx, warehouse.id, carrier);
    if (parcels === 0) return {refused: 'nothing_ready'};
    const window = await windowFor(context, tx, wish);
    if (typeof window === 'string') return {refused: window};
    const pickup = await lockOrMake(context, tx, wish, window);
    const anew = pickup.state !== 'wanted' && (pickup.state !== 'booked' || parcels > (pickup.booked_parcels ?? 0));
    if (anew) await wantAnew(context, tx, pickup, {asked_by, ...spanOf(window)});
    const inputs = {warehouse: warehouse.id, carrier, day: window.day, by: asked_by, parcels};
    const output = {pickup_id: pickup.id, was: pickup.state, anew};
    await logDecision(context, tx, {kind: 'pickup', inputs, output, once: onceOf(request_id)});
    return {id: pickup.id};
  });
}

const onceOf = (request_id: string) => `dec_pickup_${request_id}`;
const spanOf = ({from, until}: PickupWindow) => ({window_from: new Date(from), window_until: new Date(until)});

async function windowFor(context: StoreContext, tx: Tx, {warehouse, day, terms}: PickupWish) {
  const site = await readCalendar(tx, warehouse);
  const now = context.now().getTime();
  return day === null ? nextWindow(site, now, terms) : windowOn(site, day, now, terms);
}

async function lockOrMake(
  context: StoreContext,
  tx: Tx,
  {warehouse, carrier, by: asked_by}: PickupWish,
  window: PickupWindow,
): Promise<pickups> {
  const at = context.now();
  const [warehouse_id, day] = [warehouse.id, window.day];
  const row = {id: newId('pck', at), warehouse_id, carrier, day, asked_by, due_at: at, created_at: at};
  await tx.pickups.createMany({data: {...row, ...spanOf(window), state: 'wanted'}, skipDuplicates: true});
  const [found] = await tx.$queryRaw<pickups[]>`SELECT * FROM pickups
    WHERE warehouse_id = ${warehouse_id} AND carrier = ${carrier} AND day = ${day} FOR UPDATE`;
  if (!found) throw new Error(`the pickup of ${carrier} at ${warehouse_id} is gone`);
  return found;
}

/** It is booked once more; what may stand at the platform stays on record until it is called off there. */
export async function wantAnew(
  context: StoreContext,
  tx: Tx,
  {id, booking}: Pick<pickups, 'id' | 'booking'>,
  more: object,
): Promise<void> {
  const due_at = context.now();
  const data = {state: 'wanted', booking: booking + 1, attempts: 0, failure: null, due_at, ...more};
  await tx.pickups.update({where: {id}, data});
}

/** Books those anew that many more parcels wait for than the driver was told; returns how many. */
export function growPickups(context: StoreContext, terms: CollectionTerms): Promise<number> {
  return transact(context, async (tx) => {
    const last = new Date(context.now().getTime() + terms.pickup_notice);
    const rows = await tx.$queryRaw<pickups[]>`SELECT * FROM pickups
      WHERE state = 'booked' AND window_until > ${last} ORDER BY id FOR UPDATE SKIP LOCKED`;
    let grown = 0;
    for (const pickup of rows) {
      const {parcels} = await readyFor(tx, pickup.warehouse_id, pickup.carrier);
      if (!outgrown(pickup.asked_parcels, parcels, terms)) continue;
      await wantAnew(context, tx, pickup, {asked_by: 'waybill'});
      const inputs = {pickup_id: pickup.id, booked_parcels: pickup.booked_parcels, parcels};
      await logDecision(context, tx, {kind: 'pickup', inputs, output: {was: 'booked', anew: true}});
      grown += 1;
    }
    return grown;
  });
}

/** Calls a pickup off; false when its driver has been or nobody comes anyway. */
export function callOffPickup(context: StoreContext, id: string, by: string): Promise<boolean> {
  return transact(context, async (tx) => {
    const [pickup] = await tx.$queryRaw<pickups[]>`SELECT * FROM pickups WHERE id = ${id} FOR UPDATE`;
    const now = context.now();
    if (pickup?.state === 'cancelling' || pickup?.state === 'cancelled') return true;
    if (!pickup || pickup.state === 'refused' || pickup.window_until <= now) return false;
    // nothing was ever asked for of which nobody kept the name: whoever is at it stops there
    const asked = pickup.booked_ref !== null || pickup.offer_ref !== null;
    const state = asked ? 'cancelling' : 'cancelled';
    // what is being booked right now is looked at when that is over
    const due = pickup.state === 'booked' ? {due_at: now} : {};
    await tx.pickups.update({where: {id}, data: {state, failure: null, ...due}});
    const inputs = {pickup_id: id, was: pickup.state, by};
    await logDecision(context, tx, {kind: 'pickup', inputs, output: {state}});
    return true;
  });
}
