import {recordDerived} from './record-derived.ts';
import type {StoreContext, Tx} from './context.ts';
import type {order_lines, orders} from './generated/client.ts';
import {insertMove} from './place-units.ts';
import {releasePromises} from './promise-supply.ts';
import {releaseHolds} from './quote-holds.ts';
import {type Actor, lockOrder, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';
import {lockQueues, recordWaits, settleEarmarks} from './waiting-lines.ts';

/**
 * Ends an order that never got to a warehouse: declined, out of stock, rejected. Promised stock goes back; all units
 * are cancelled. A repeat changes nothing.
 */
export function endOrder(
  context: StoreContext,
  input: {order_id: string; reason: string; note?: string},
): Promise<void> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    if (order.status === 'cancelled') return;
    await endOrderUnits(context, tx, order, {reason: input.reason, note: input.note ?? input.reason, by: SYSTEM});
  });
}

/** The same inside a transaction that holds the order's lock. */
export async function endOrderUnits(
  context: StoreContext,
  tx: Tx,
  order: orders,
  end: {reason: string; note: string; by: Actor},
): Promise<void> {
  const lines = await tx.order_lines.findMany({where: {order_id: order.id}});
  const frees = (l: order_lines) => l.reserved + l.backordered > 0 || order.quote_id !== null;
  const touched = lines.filter(frees).map((l) => l.sku);
  await lockQueues(tx, touched);
  if (order.quote_id !== null) await releaseHolds(context, tx, order.quote_id);
  await releaseReservations(context, tx, order, `end:${order.id}`);
  await releasePromises(tx, order.id);
  await tx.$executeRaw`UPDATE order_lines SET cancelled = cancelled + unallocated + reserved + backordered,
    unallocated = 0, reserved = 0, backordered = 0 WHERE order_id = ${order.id}`;
  await settleEarmarks(tx, touched);
  await endWaits(context, tx, lines);
  const closed = await closeReview(tx, order.id);
  await recordDerived(context, tx, order, {
    type: closed ? 'order.review_closed' : 'order.ended',
    by: end.by,
    patch: {cancel_reason: end.reason},
    data: {reason: end.reason},
    note: end.note,
  });
}

function endWaits(context: StoreContext, tx: Tx, lines: readonly order_lines[]): Promise<void> {
  return recordWaits(
    context,
    tx,
    lines.map(({id, order_id, sku, backordered}) => {
      return {sku, order_id, line_id: id, units: -backordered, cause: `end:${id}`};
    }),
  );
}

async function closeReview(tx: Tx, orderId: string): Promise<boolean> {
  const closed = await tx.reviews.updateMany({where: {order_id: orderId, state: 'open'}, data: {state: 'closed'}});
  return closed.count > 0;
}

/** Gives back all promised units of an order, rows in (sku, warehouse) order. */
export async function releaseReservations(context: StoreContext, tx: Tx, order: orders, cause: string): Promise<void> {
  const open = await tx.reservations.findMany({
    where: {order_id: order.id, state: 'open'},
    orderBy: [{sku: 'asc'}, {warehouse_id: 'asc'}, {line_id: 'asc'}],
  });
  const at = context.now();
  for (const r of open) {
    await tx.$executeRaw`UPDATE stock SET reserved = reserved - ${r.qty} WHERE warehouse_id = ${r.warehouse_id} AND sku = ${r.sku}`;
    await insertMove(tx, {
      warehouse_id: r.warehouse_id,
      sku: r.sku,
      kind: 'release',
      d_reserved: -r.qty,
      order_id: order.id,
      line_id: r.line_id,
      cause: `${cause}:${r.id}`,
      actor: 'waybill',
      at,
    });
    await tx.reservations.update({where: {id: r.id}, data: {state: 'released'}});
  }
}
