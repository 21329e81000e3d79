import {cancelSupply, mayCancelAt, purchasesOf} from './cancel-supply.ts';
import type {StoreContext, Tx} from './context.ts';
import type {order_lines, orders} from './generated/client.ts';
import {insertMove} from './place-units.ts';
import type {Actor} from './record-change.ts';
import {takeFromReservation} from './take-from-reservation.ts';
import {recordWaits} from './waiting-lines.ts';

/** Units of one line that may still be cancelled at one place. */
export interface Cancellable {
  sub_order_id: string;
  line_id: string;
  sku: string;
  /** null: backordered, promised from nowhere yet */
  warehouse_id: string | null;
  /** null: no stop of a pick task yet */
  stop_id: string | null;
  bin: string | null;
  /** the purchase order they are asked for with, where a supplier is to send them */
  purchase_id?: string | null;
  qty: number;
}

interface Row {
  sub_order_id: string;
  stage: string;
  source_id: string | null;
  open: number;
}

/** Backordered units first, then those that no picker has taken from the shelf and no supplier has acknowledged. */
export async function findCancellable(tx: Tx, line: order_lines): Promise<Cancellable[]> {
  const parts = await tx.$queryRaw<Row[]>`
    SELECT p.sub_order_id, s.stage, s.source_id, p.qty - p.cancelled AS open
    FROM sub_order_lines p JOIN sub_orders s ON s.id = p.sub_order_id
    WHERE p.line_id = ${line.id} AND s.stage IN ('BACKORDERED', 'ALLOCATED', 'PICKING')
    ORDER BY (s.stage = 'BACKORDERED') DESC, s.position DESC`;
  const found: Cancellable[] = [];
  const purchases = await purchasesOf(
    tx,
    parts.map((part) => part.sub_order_id),
  );
  for (const part of parts) {
    const {sub_order_id, source_id: warehouse_id} = part;
    const purchase = purchases.get(sub_order_id);
    const base = {sub_order_id, line_id: line.id, sku: line.sku, warehouse_id, purchase_id: purchase?.id ?? null};
    if (purchase) {
      if (mayCancelAt(purchase)) found.push({...base, stop_id: null, bin: null, qty: part.open});
      continue;
    }
    const stops = await tx.$queryRaw<{id: string; bin: string; left: number}[]>`
      SELECT st.id, st.bin, st.qty - st.picked - st.short AS left FROM task_stops st JOIN tasks t ON t.id = st.task_id
      WHERE t.sub_order_id = ${part.sub_order_id} AND t.kind = 'pick' AND t.state = 'open' AND st.line_id = ${line.id}
      ORDER BY st.position DESC`;
    if (stops.length === 0) found.push({...base, stop_id: null, bin: null, qty: part.open});
    for (const stop of stops) found.push({...base, stop_id: stop.id, bin: stop.bin, qty: stop.left});
  }
  return found.filter((f) => f.qty > 0);
}

/**
 * Takes units out of the sub-order and, where they were promised, gives the stock back. The caller holds the queue of
 * their product, and settles it afterwards.
 */
export async function cancelUnits(
  context: StoreContext,
  tx: Tx,
  order: orders,
  from: Cancellable,
  qty: number,
  by: Actor,
  requestId: string,
): Promise<void> {
  await tx.$executeRaw`UPDATE sub_order_lines SET cancelled = cancelled + ${qty}
    WHERE sub_order_id = ${from.sub_order_id} AND line_id = ${from.line_id}`;
  if (from.warehouse_id === null) {
    await tx.$executeRaw`UPDATE order_lines SET backordered = backordered - ${qty}, cancelled = cancelled + ${qty} WHERE id = ${from.line_id}`;
    const cause = `cancel:${requestId}:${from.sub_order_id}:${from.line_id}`;
    await recordWaits(context, tx, [{sku: from.sku, order_id: order.id, line_id: from.line_id, units: -qty, cause}]);
    return;
  }
  const {warehouse_id, sub_order_id, line_id, sku, purchase_id} = from;
  if (purchase_id) return cancelSupply(tx, {purchase_id, sub_order_id, line_id}, qty);
  await tx.$executeRaw`UPDATE stock SET reserved = reserved - ${qty} WHERE warehouse_id = ${warehouse_id} AND sku = ${sku}`;
  await takeFromReservation(tx, {sub_order_id, line_id, warehouse_id, qty, end: 'released'});
  await insertMove(tx, {
    warehouse_id,
    sku,
    bin: from.bin,
    kind: 'release',
    d_reserved: -qty,
    order_id: order.id,
    line_id,
    cause: `cancel:${requestId}:${sub_order_id}:${line_id}:${from.stop_id ?? 'part'}`,
    actor: by.actor,
    at: context.now(),
  });
  await tx.$executeRaw`UPDATE order_lines SET reserved = reserved - ${qty}, cancelled = cancelled + ${qty} WHERE id = ${line_id}`;
  if (!from.stop_id) return;
  await tx.$executeRaw`UPDATE task_stops SET qty = qty - ${qty} WHERE id = ${from.stop_id}`;
  await tx.$executeRaw`UPDATE stock_bins SET assigned = assigned - ${qty}
    WHERE warehouse_id = ${warehouse_id} AND sku = ${sku} AND bin = ${from.bin}`;
}
