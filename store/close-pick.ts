import {advanceSubOrder} from './advance-sub-order.ts';
import {tellEnd} from './continue-run.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, task_stops, tasks} from './generated/client.ts';
import {openPackTask} from './open-pack-task.ts';
import {insertMove} from './place-units.ts';
import {quarantineBin} from './quarantine-bin.ts';
import {tellOrder, tellSubOrder} from './queue-signal.ts';
import type {Actor} from './record-change.ts';
import {shrinkPart} from './shrink-part.ts';
import {takeFromReservation} from './take-from-reservation.ts';

/**
 * Closes a pick task when its last stop is finished: picked units go to a pack task with planned parcels, missing units
 * leave the sub-order and the order's run is told to find them another place.
 */
export async function closePick(
  context: StoreContext,
  tx: Tx,
  order: orders,
  task: tasks,
  by: Actor,
  operationId: string,
): Promise<orders> {
  const stops = await tx.task_stops.findMany({where: {task_id: task.id}});
  if (stops.some((s) => s.picked + s.short < s.qty)) return order;
  await tx.tasks.update({where: {id: task.id}, data: {state: 'done', closed_at: context.now()}});
  const missing = stops.filter((s) => s.short > 0).sort((a, b) => (a.sku < b.sku ? -1 : 1));
  for (const stop of missing) await dropMissing(context, tx, order, task, stop, by);
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: task.sub_order_id}});
  const data = {task_id: task.id, missing: missing.map((s) => ({line_id: s.line_id, sku: s.sku, qty: s.short}))};
  if (missing.length > 0)
    await tellOrder(context, tx, order.id, 'shortPicked', operationId, {operation_id: operationId});
  const parts = await tx.sub_order_lines.findMany({where: {sub_order_id: sub.id}});
  // what was picked and is put back again is not there to be packed
  if (parts.every((part) => part.picked === 0)) {
    await tellSubOrder(context, tx, sub.id, 'cancelled', operationId);
    await tellEnd(context, tx, order.id, {sub_order_id: sub.id, end: 'cancelled', unplaced: true});
    return advanceSubOrder(context, tx, order, sub, {to: 'CANCELLED', by, data, note: 'nothing to pick'});
  }
  let current = order;
  if (missing.length > 0) {
    current = await advanceSubOrder(context, tx, order, sub, {to: 'SHORT_PICKED', by, data});
  }
  const now = await tx.sub_orders.findUniqueOrThrow({where: {id: sub.id}});
  current = await advanceSubOrder(context, tx, current, now, {to: 'PICKED', by, data: {task_id: task.id}});
  await openPackTask(context, tx, sub, task.warehouse_id);
  await tellSubOrder(context, tx, sub.id, 'picked', operationId);
  return current;
}

/** The shelf does not have what the records say: the records follow, and the units need another place. */
async function dropMissing(
  context: StoreContext,
  tx: Tx,
  order: orders,
  task: tasks,
  stop: task_stops,
  by: Actor,
): Promise<void> {
  const {warehouse_id, sub_order_id} = task;
  const qty = stop.short;
  await takeFromReservation(tx, {sub_order_id, line_id: stop.line_id, warehouse_id, qty, end: 'released'});
  await tx.$executeRaw`UPDATE stock SET reserved = reserved - ${qty}, on_hand = on_hand - ${qty}
    WHERE warehouse_id = ${warehouse_id} AND sku = ${stop.sku}`;
  await tx.$executeRaw`UPDATE stock_bins SET on_hand = on_hand - ${qty}, assigned = assigned - ${qty}
    WHERE warehouse_id = ${warehouse_id} AND sku = ${stop.sku} AND bin = ${stop.bin}`;
  await quarantineBin(context, tx, {warehouse_id, sku: stop.sku, bin: stop.bin}, 'short_pick');
  await insertMove(tx, {
    warehouse_id,
    sku: stop.sku,
    bin: stop.bin,
    kind: 'adjust',
    d_on_hand: -qty,
    d_reserved: -qty,
    order_id: order.id,
    line_id: stop.line_id,
    cause: `short:${stop.id}`,
    actor: by.actor,
    at: context.now(),
  });
  await shrinkPart(tx, sub_order_id, stop.line_id, qty);
  await tx.$executeRaw`UPDATE order_lines SET reserved = reserved - ${qty}, unallocated = unallocated + ${qty} WHERE id = ${stop.line_id}`;
}
