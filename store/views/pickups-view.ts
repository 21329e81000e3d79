import {insteadOf} from '../../domain/shipping/pickup.ts';
import type {StoreContext} from '../context.ts';
import type {pickups} from '../generated/client.ts';
import {readyFor, readyIn} from '../ready-for-carrier.ts';

/** Pickups of a warehouse, the latest day first; `id` finds one of them. */
export async function readPickups(context: StoreContext, asked: {warehouse: string; id?: string; limit?: number}) {
  const {warehouse: warehouse_id, id, limit = 1} = asked;
  const rows = await context.prisma.pickups.findMany({
    where: {warehouse_id, ...(id !== undefined && {id})},
    orderBy: [{day: 'desc'}, {carrier: 'asc'}],
    take: limit,
  });
  return rows.map(pickupView);
}

export type PickupView = ReturnType<typeof pickupView>;

function pickupView(row: pickups) {
  const {id: pickup_id, warehouse_id: warehouse, carrier, day, state, failure, confirmation, cost, currency} = row;
  return {
    ...{pickup_id, warehouse, carrier, day, state, confirmation, failure},
    from: row.window_from.toISOString(),
    until: row.window_until.toISOString(),
    parcels: row.booked_parcels,
    cost: cost === null || currency === null ? null : {amount: Number(cost), currency},
    instead: failure === null ? [] : [...insteadOf(failure)],
    booked_at: row.booked_at?.toISOString() ?? null,
  };
}

/** What each carrier has to fetch from a warehouse, and who was asked to come for it. */
export async function readCollection(context: StoreContext, warehouse: string) {
  const {prisma} = context;
  const ready = await prisma.$queryRaw<{carrier: string; unlisted: number}[]>`
    SELECT p.carrier, count(*) FILTER (WHERE m.parcel_id IS NULL)::int AS unlisted
      FROM parcels p JOIN sub_orders s ON s.id = p.sub_order_id LEFT JOIN manifest_parcels m ON m.parcel_id = p.id
     WHERE ${readyIn(warehouse)} AND p.carrier IS NOT NULL GROUP BY p.carrier`;
  const coming = await prisma.pickups.findMany({
    where: {warehouse_id: warehouse, window_until: {gt: context.now()}, state: {not: 'cancelled'}},
    orderBy: [{day: 'asc'}],
  });
  const carriers = [...new Set([...ready, ...coming].map(({carrier}) => carrier))].sort();
  return Promise.all(
    carriers.map(async (carrier) => {
      const {parcels, weight_g} = await readyFor(prisma, warehouse, carrier);
      const unlisted = ready.find((each) => each.carrier === carrier)?.unlisted ?? 0;
      const pickups = coming.filter((each) => each.carrier === carrier).map(pickupView);
      return {carrier, parcels, weight_g, unlisted, pickups};
    }),
  );
}
