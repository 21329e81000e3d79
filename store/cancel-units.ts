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
  line_id: string;
  sub_order_id: string;
  stage: string;
  source_id: string | null;
  open: number;
}

interface Stop {
  id: string;
  sub_order_id: string;
  line_id: string;
  bin: string;
  left: number;
}

/** Backordered units first, then those that no picker has taken from the shelf and no supplier has acknowledged. */
export async function findCancellable(tx: Tx, line: order_lines): Promise<Cancellable[]> {
  return (await findAllCancellable(tx, [line])).get(line.id) ?? [];
}

/** The same of many lines, at the price of one. */
export async function findAllCancellable(tx: Tx, lines: readonly order_lines[]): Promise<Map<string, Cancellable[]>> {
  const ids = lines.map((line) => line.id);
  const parts = await tx.$queryRaw<Row[]>`
    SELECT p.line_id, p.sub_order_id, s.stage, s.source_id, p.qty - p.cancelled AS open
    FROM sub_order_lines p JOIN sub_orders s ON s.id = p.sub_order_id
    WHERE p.line_id = ANY(${ids}) AND s.stage IN ('BACKORDERED', 'ALLOCATED', 'PICKING')
    ORDER BY (s.stage = 'BACKORDERED') DESC, s.position DESC`;
  const places = [...new Set(parts.map((part) => part.sub_order_id))];
  const purchases = await purchasesOf(tx, places);
  const stops = await tx.$queryRaw<Stop[]>`
    SELECT st.id, t.sub_order_id, st.line_id, st.bin, st.qty - st.picked - st.short AS left
    FROM task_stops st JOIN tasks t ON t.id = st.task_id
    WHERE t.sub_order_id = ANY(${places}) AND t.kind = 'pick' AND t.state = 'open' AND st.line_id = ANY(${ids})
    ORDER BY st.position DESC`;
  const found = new Map<string, Cancellable[]>(ids.map((id) => [id, []]));
  for (const part of parts) {
    const {sub_order_id, line_id, source_id: warehouse_id} = part;
    const purchase = purchases.get(sub_order_id);
    const sku = lines.find(({id}) => id === line_id)?.sku ?? '';
    const base = {sub_order_id, line_id, sku, warehouse_id, purchase_id: purchase?.id ?? null};
    const whole = {...base, stop_id: null, bin: null, qty: part.open};
    const own = stops.filter((stop) => stop.sub_order_id === sub_order_id && stop.line_id === line_id);
    const atStops = own.map(({id, bin, left}) => ({...base, stop_id: id, bin, qty: left}));
    const fromHouse = own.length === 0 ? [whole] : atStops;
    const here = purchase ? (mayCancelAt(purchase) ? [whole] : []) : fromHouse;
    found.get(line_id)?.push(...here.filter(({qty}) => qty > 0));
  }
  return found;
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
