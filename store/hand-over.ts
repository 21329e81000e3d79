import {advanceSubOrder} from './advance-sub-order.ts';
import {recordDerived} from './record-derived.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, parcels, sub_orders} from './generated/client.ts';
import {STAGING_BIN} from './bins.ts';
import {insertMove} from './place-units.ts';
import {type Actor, lockOrder, SYSTEM} from './record-change.ts';
import {takeFromReservation} from './take-from-reservation.ts';
import {transact} from './transact.ts';

/** Units of every dispatched parcel pass from the warehouse's shelves into the carrier's hands. Repeats change nothing. */
export function handOver(context: StoreContext, input: {sub_order_id: string}): Promise<{parcels_left: number}> {
  return transact(context, async (tx) => {
    const {order_id} = await tx.sub_orders.findUniqueOrThrow({where: {id: input.sub_order_id}});
    let order = await lockOrder(tx, order_id);
    const due = await tx.parcels.findMany({
      where: {sub_order_id: input.sub_order_id, dispatched_at: {not: null}, handed_over_at: null},
      orderBy: {position: 'asc'},
    });
    for (const parcel of due) order = await handOverParcel(context, tx, order, parcel, SYSTEM);
    const left = await tx.parcels.count({
      where: {sub_order_id: input.sub_order_id, handed_over_at: null, state: {not: 'cancelled'}},
    });
    return {parcels_left: left};
  });
}

/** Hands one parcel over; the caller holds the order's lock and has seen that it is not handed over yet. */
export async function handOverParcel(
  context: StoreContext,
  tx: Tx,
  order: orders,
  parcel: parcels,
  by: Actor,
): Promise<orders> {
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: parcel.sub_order_id}});
  await moveStock(context, tx, order, sub, parcel);
  const at = context.now();
  await tx.parcels.update({
    where: {id: parcel.id},
    data: {handed_over_at: at, dispatched_at: parcel.dispatched_at ?? at, status_at: at},
  });
  const data = {parcel_id: parcel.id, tracking_number: parcel.tracking_number, carrier: parcel.carrier};
  if (sub.stage === 'PACKED') return advanceSubOrder(context, tx, order, sub, {to: 'IN_TRANSIT', by, data});
  return recordDerived(context, tx, order, {type: 'sub_order.parcel_handed_over', by, sub_order_id: sub.id, data});
}

async function moveStock(
  context: StoreContext,
  tx: Tx,
  order: orders,
  sub: sub_orders,
  parcel: parcels,
): Promise<void> {
  const warehouse_id = sub.source_id ?? '';
  const items = await tx.parcel_items.findMany({
    where: {parcel_id: parcel.id},
    orderBy: [{sku: 'asc'}, {line_id: 'asc'}],
  });
  for (const {line_id, sku, qty} of items) {
    await tx.$executeRaw`UPDATE stock SET on_hand = on_hand - ${qty}, reserved = reserved - ${qty},
      in_transit = in_transit + ${qty} WHERE warehouse_id = ${warehouse_id} AND sku = ${sku}`;
    await insertMove(tx, {
      warehouse_id,
      sku,
      kind: 'hand_over',
      d_on_hand: -qty,
      d_reserved: -qty,
      d_in_transit: qty,
      order_id: order.id,
      line_id,
      cause: `hand_over:${parcel.id}:${line_id}`,
      actor: 'waybill',
      at: context.now(),
    });
    await takeFromReservation(tx, {sub_order_id: sub.id, line_id, warehouse_id, qty, end: 'committed'});
    await tx.$executeRaw`UPDATE order_lines SET picked = picked - ${qty}, in_transit = in_transit + ${qty},
      ever_shipped = ever_shipped + ${qty} WHERE id = ${line_id}`;
    await tx.$executeRaw`UPDATE sub_order_lines SET shipped = shipped + ${qty}
      WHERE sub_order_id = ${sub.id} AND line_id = ${line_id}`;
    await tx.$executeRaw`UPDATE stock_bins SET on_hand = on_hand - ${qty}
      WHERE warehouse_id = ${warehouse_id} AND sku = ${sku} AND bin = ${STAGING_BIN}`;
  }
}
