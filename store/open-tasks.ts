import {serpentine} from '../domain/warehouse/walk.ts';
import type {StoreContext, Tx} from './context.ts';
import type {sub_orders} from './generated/client.ts';
import {newId} from './ids.ts';
import {leaveQuarantine} from './leave-quarantine.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';

interface Stop {
  bin: string;
  aisle: string;
  rack: string;
  shelf: string;
  sku: string;
  barcode: string;
  name: string;
  line_id: string;
  qty: number;
}

/** Where units are put whose bin the records do not know; the picker is told to look there. */
export const UNKNOWN_BIN = 'ASK';

/** Opens the pick task of a sub-order: bins chosen, stops in walking order. Tells whether there is anything to pick. */
export function openTasks(
  context: StoreContext,
  input: {sub_order_id: string},
): Promise<{state: 'open' | 'cancelled'}> {
  return transact(context, async (tx) => {
    const {order_id} = await tx.sub_orders.findUniqueOrThrow({
      where: {id: input.sub_order_id},
      select: {order_id: true},
    });
    const order = await lockOrder(tx, order_id);
    const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: input.sub_order_id}});
    if (sub.stage === 'CANCELLED' || !sub.source_id) return {state: 'cancelled'};
    if ((await tx.tasks.count({where: {sub_order_id: sub.id}})) > 0) return {state: 'open'};
    const left = await leaveQuarantine(context, tx, order, sub);
    if (left?.ended) return {state: 'cancelled'};
    const stops = serpentine(await findStops(tx, sub, sub.source_id));
    const at = context.now();
    const task = newId('tsk', at);
    await tx.tasks.create({
      data: {
        id: task,
        order_id,
        sub_order_id: sub.id,
        warehouse_id: sub.source_id,
        kind: 'pick',
        state: 'open',
        created_at: at,
      },
    });
    await tx.task_stops.createMany({
      data: stops.map((stop, i) => ({...stop, id: newId('stp', at), task_id: task, position: i + 1})),
    });
    await recordChange(context, tx, {
      order: left?.order ?? order,
      type: 'sub_order.released',
      by: SYSTEM,
      sub_order_id: sub.id,
      data: {task_id: task, warehouse: sub.source_id},
    });
    return {state: 'open'};
  });
}

async function findStops(tx: Tx, sub: sub_orders, warehouse: string): Promise<Stop[]> {
  const parts = await tx.sub_order_lines.findMany({
    where: {sub_order_id: sub.id},
    orderBy: [{sku: 'asc'}, {line_id: 'asc'}],
  });
  const products = await tx.products.findMany({where: {sku: {in: parts.map((p) => p.sku)}}});
  const stops: Stop[] = [];
  for (const part of parts) {
    const product = products.find((p) => p.sku === part.sku);
    const item = {
      sku: part.sku,
      barcode: product?.barcode ?? part.sku,
      name: product?.name ?? part.sku,
      line_id: part.line_id,
    };
    for (const bin of await assignBins(tx, warehouse, part.sku, part.qty - part.cancelled)) {
      stops.push({...item, ...(await placeOf(tx, warehouse, bin.bin)), qty: bin.qty});
    }
  }
  return stops;
}

/** Where a bin is; one that nobody has placed on the floor goes by its name. */
export async function placeOf(tx: Tx, warehouse: string, bin: string) {
  const place = await tx.bins.findUnique({where: {warehouse_id_bin: {warehouse_id: warehouse, bin}}});
  const {aisle, rack, shelf} = place ?? {aisle: bin, rack: '', shelf: ''};
  return {bin, aisle, rack, shelf};
}

/** Sets units aside bin by bin, fullest first, so that a pick needs few stops. Nobody is sent to a bin in quarantine. */
export async function assignBins(
  tx: Tx,
  warehouse: string,
  sku: string,
  qty: number,
  but = STAGING_BIN,
): Promise<{bin: string; qty: number; known: boolean}[]> {
  const bins = await tx.$queryRaw<{bin: string; free: number}[]>`
    SELECT bin, on_hand - assigned AS free FROM stock_bins
    WHERE warehouse_id = ${warehouse} AND sku = ${sku} AND on_hand > assigned AND bin <> ${STAGING_BIN} AND bin <> ${but}
      AND NOT quarantined
    ORDER BY bin FOR UPDATE`;
  bins.sort((a, b) => b.free - a.free || (a.bin < b.bin ? -1 : 1));
  const taken: {bin: string; qty: number; known: boolean}[] = [];
  let left = qty;
  for (const {bin, free} of bins) {
    const take = Math.min(left, free);
    if (take === 0) break;
    await tx.$executeRaw`UPDATE stock_bins SET assigned = assigned + ${take}
      WHERE warehouse_id = ${warehouse} AND sku = ${sku} AND bin = ${bin}`;
    taken.push({bin, qty: take, known: true});
    left -= take;
  }
  if (left > 0) taken.push({bin: UNKNOWN_BIN, qty: left, known: false});
  return taken;
}

/** Units taken from their bin and not yet handed over stand here. */
export const STAGING_BIN = '~STAGING';

/** A picked unit leaves its bin for the staging area; the warehouse's count stays the same. */
export async function moveToStaging(tx: Tx, warehouse: string, sku: string, bin: string, qty: number): Promise<void> {
  const moved = await tx.$executeRaw`UPDATE stock_bins SET on_hand = on_hand - ${qty}, assigned = assigned - ${qty}
    WHERE warehouse_id = ${warehouse} AND sku = ${sku} AND bin = ${bin}`;
  if (moved === 1) await addToStaging(tx, warehouse, sku, qty);
}

export async function addToStaging(tx: Tx, warehouse: string, sku: string, qty: number): Promise<void> {
  await tx.$executeRaw`INSERT INTO stock_bins (warehouse_id, sku, bin, on_hand, assigned)
    VALUES (${warehouse}, ${sku}, ${STAGING_BIN}, ${qty}, 0)
    ON CONFLICT (warehouse_id, sku, bin) DO UPDATE SET on_hand = stock_bins.on_hand + ${qty}`;
}
