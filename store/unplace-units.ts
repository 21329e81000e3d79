import type {Cancellable} from './cancel-units.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';
import {insertMove} from './place-units.ts';
import {shrinkPart} from './shrink-part.ts';
import {takeFromReservation} from './take-from-reservation.ts';

/**
 * Takes units that nobody has picked out of their sub-order and gives up their promise: they need another place. The
 * caller holds the order's lock and the product's queue, and finds that place in the same transaction.
 */
export async function unplaceUnits(
  context: StoreContext,
  tx: Tx,
  order: orders,
  from: Cancellable,
  {qty, cause, actor}: {qty: number; cause: string; actor: string},
): Promise<void> {
  const {sub_order_id, line_id, sku, stop_id, bin} = from;
  const warehouse_id = from.warehouse_id ?? '';
  await tx.$executeRaw`UPDATE stock SET reserved = reserved - ${qty} WHERE warehouse_id = ${warehouse_id} AND sku = ${sku}`;
  await takeFromReservation(tx, {sub_order_id, line_id, warehouse_id, qty, end: 'released'});
  await insertMove(tx, {
    warehouse_id,
    sku,
    bin,
    kind: 'release',
    d_reserved: -qty,
    order_id: order.id,
    line_id,
    cause: `moved:${cause}:${sub_order_id}:${line_id}:${stop_id ?? 'part'}`,
    actor,
    at: context.now(),
  });
  await shrinkPart(tx, sub_order_id, line_id, qty);
  await tx.$executeRaw`UPDATE order_lines SET reserved = reserved - ${qty}, unallocated = unallocated + ${qty} WHERE id = ${line_id}`;
  if (!stop_id) return;
  await tx.$executeRaw`UPDATE task_stops SET qty = qty - ${qty} WHERE id = ${stop_id}`;
  await tx.$executeRaw`UPDATE stock_bins SET assigned = assigned - ${qty}
    WHERE warehouse_id = ${warehouse_id} AND sku = ${sku} AND bin = ${bin}`;
}
