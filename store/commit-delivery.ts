import {advanceSubOrder} from './advance-sub-order.ts';
import {giveUpComeBack} from './come-back.ts';
import {tellEnd} from './continue-run.ts';
import {recordDerived} from './record-derived.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, parcels} from './generated/client.ts';
import {handOverParcel} from './hand-over.ts';
import {insertMove} from './place-units.ts';
import {recordCarrierArrival} from './record-arrival.ts';
import {lockOrder, SYSTEM} from './record-change.ts';
import {recordKeptPromise} from './record-promise.ts';
import {endOf, isUnplaced, type SubOrderEnd} from './sub-order-end.ts';
import {transact} from './transact.ts';

/** `end` is null while parcels of the sub-order are still under way. */
export interface ArrivalResult {
  end: SubOrderEnd | null;
  /** units of the order have no place yet, or no longer */
  unplaced: boolean;
}

/** Commits the stock of the parcels that arrived; with the last one the sub-order is `DELIVERED`. */
export function commitDelivery(context: StoreContext, input: {sub_order_id: string}): Promise<ArrivalResult> {
  return transact(context, async (tx) => {
    const {order_id} = await tx.sub_orders.findUniqueOrThrow({where: {id: input.sub_order_id}});
    let order = await lockOrder(tx, order_id);
    const arrived = await tx.parcels.findMany({
      where: {sub_order_id: input.sub_order_id, status: 'delivered', ended_at: null},
      orderBy: {position: 'asc'},
    });
    for (const parcel of arrived) {
      if (!parcel.handed_over_at) order = await handOverParcel(context, tx, order, parcel, SYSTEM);
      await endParcel(context, tx, order, parcel, 'delivered');
    }
    if (arrived.length > 0) await recordArrival(context, tx, order, input.sub_order_id, arrived);
    return arrivalOf(context, tx, order_id, input.sub_order_id);
  });
}

/** Declares the silent parcels lost, unless the tracker spoke since `silent_since`. Repeats change nothing. */
export function commitLoss(
  context: StoreContext,
  input: {sub_order_id: string; silent_since: number},
): Promise<ArrivalResult & {last_heard: number | null}> {
  return transact(context, async (tx) => {
    const {order_id} = await tx.sub_orders.findUniqueOrThrow({where: {id: input.sub_order_id}});
    let order = await lockOrder(tx, order_id);
    const under_way = await tx.parcels.findMany({where: {sub_order_id: input.sub_order_id, ended_at: null}});
    const heard = Math.max(0, ...under_way.map((p) => p.status_at?.getTime() ?? 0));
    const silent = under_way.filter((p) => p.handed_over_at && (p.status_at?.getTime() ?? 0) <= input.silent_since);
    for (const parcel of silent) {
      await tx.parcels.update({where: {id: parcel.id}, data: {status: 'lost'}});
      await endParcel(context, tx, order, parcel, 'lost');
      order = await giveUpComeBack(context, tx, order, parcel.id);
    }
    if (silent.length > 0) await recordLoss(context, tx, order, input.sub_order_id, silent);
    const arrival = await arrivalOf(context, tx, order_id, input.sub_order_id);
    return {...arrival, last_heard: under_way.length > silent.length ? heard : null};
  });
}

async function arrivalOf(context: StoreContext, tx: Tx, orderId: string, subOrderId: string): Promise<ArrivalResult> {
  const end = await endOf(tx, subOrderId);
  const unplaced = await isUnplaced(tx, orderId);
  if (end) await tellEnd(context, tx, orderId, {sub_order_id: subOrderId, end, unplaced});
  return {end, unplaced};
}

async function endParcel(
  context: StoreContext,
  tx: Tx,
  order: orders,
  parcel: parcels,
  end: 'delivered' | 'lost',
): Promise<void> {
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: parcel.sub_order_id}});
  const warehouse_id = sub.source_id ?? '';
  const at = context.now();
  const items = await tx.parcel_items.findMany({
    where: {parcel_id: parcel.id},
    orderBy: [{sku: 'asc'}, {line_id: 'asc'}],
  });
  for (const {line_id, sku, qty} of items) {
    // what a supplier sent was never in our books of stock
    if (sub.source_kind !== 'supplier')
      await takeOffTheRoad(context, tx, order, {parcel, warehouse_id, line_id, sku, qty, end});
    const delivered = end === 'delivered' ? qty : 0;
    const lost = qty - delivered;
    await tx.$executeRaw`UPDATE order_lines SET in_transit = in_transit - ${qty}, delivered = delivered + ${delivered},
      ever_delivered = ever_delivered + ${delivered}, lost = lost + ${lost} WHERE id = ${line_id}`;
    await tx.$executeRaw`UPDATE sub_order_lines SET delivered = delivered + ${delivered}, lost = lost + ${lost}
      WHERE sub_order_id = ${sub.id} AND line_id = ${line_id}`;
  }
  const ended = await tx.parcels.update({where: {id: parcel.id}, data: {ended_at: at}});
  await recordCarrierArrival(tx, ended, end, at);
}

interface OffTheRoad {
  parcel: parcels;
  warehouse_id: string;
  line_id: string;
  sku: string;
  qty: number;
  end: 'delivered' | 'lost';
}

async function takeOffTheRoad(context: StoreContext, tx: Tx, order: orders, unit: OffTheRoad): Promise<void> {
  const {parcel, warehouse_id, line_id, sku, qty, end} = unit;
  await tx.$executeRaw`UPDATE stock SET in_transit = in_transit - ${qty} WHERE warehouse_id = ${warehouse_id} AND sku = ${sku}`;
  await insertMove(tx, {
    warehouse_id,
    sku,
    kind: end === 'delivered' ? 'deliver' : 'lost',
    d_in_transit: -qty,
    order_id: order.id,
    line_id,
    cause: `${end}:${parcel.id}:${line_id}`,
    actor: 'waybill',
    at: context.now(),
  });
}

async function recordArrival(
  context: StoreContext,
  tx: Tx,
  order: orders,
  subOrderId: string,
  parcels: parcels[],
): Promise<void> {
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: subOrderId}});
  const data = {parcels: parcels.map((p) => p.id), value: sub.value_amount};
  if ((await endOf(tx, subOrderId)) === null || sub.stage === 'DELIVERED') {
    await recordDerived(context, tx, order, {
      type: 'sub_order.parcel_delivered',
      by: SYSTEM,
      sub_order_id: sub.id,
      data,
    });
    return;
  }
  const current = await advanceSubOrder(context, tx, order, sub, {to: 'DELIVERED', by: SYSTEM, data});
  await recordKeptPromise(tx, current, sub.id);
}

async function recordLoss(
  context: StoreContext,
  tx: Tx,
  order: orders,
  subOrderId: string,
  silent: parcels[],
): Promise<void> {
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: subOrderId}});
  const end = await endOf(tx, subOrderId);
  const data = {parcels: silent.map((p) => p.id), reason: 'lost'};
  const by = SYSTEM;
  if (end === 'lost' && sub.stage === 'EXCEPTION') {
    await tx.sub_orders.update({where: {id: sub.id}, data: {note: 'lost', updated_at: context.now()}});
    await recordDerived(context, tx, order, {type: 'sub_order.lost', by, sub_order_id: sub.id, data});
  } else if (end === 'lost') {
    await advanceSubOrder(context, tx, order, sub, {
      to: 'EXCEPTION',
      by,
      data,
      note: 'declared lost',
      columns: {note: 'lost'},
    });
  } else if (end === 'delivered' || end === 'returned') {
    const to = end === 'delivered' ? 'DELIVERED' : 'RETURN_TO_SENDER';
    const current = await advanceSubOrder(context, tx, order, sub, {to, by, data, note: 'some parcels were lost'});
    await recordKeptPromise(tx, current, sub.id);
  } else {
    await recordDerived(context, tx, order, {type: 'sub_order.parcel_lost', by, sub_order_id: sub.id, data});
  }
}
