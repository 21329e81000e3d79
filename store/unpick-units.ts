import {whyTooLate} from '../domain/order/change-limits.ts';
import type {PointOfNoReturn} from '../domain/policy/changes.ts';
import {advanceSubOrder} from './advance-sub-order.ts';
import {openPackTask} from './open-pack-task.ts';
import type {StoreContext, Tx} from './context.ts';
import type {order_lines, orders, sub_orders} from './generated/client.ts';
import {giveUpParcels, progressOf, standingParcels} from './give-up-parcels.ts';
import {newId} from './ids.ts';
import {RECEIVING_BIN, UNKNOWN_BIN} from './bins.ts';
import type {Actor} from './record-change.ts';

/** Picked units of one line in one sub-order, none of which has left the house. */
export interface Unpickable {
  sub_order_id: string;
  line_id: string;
  sku: string;
  warehouse_id: string;
  qty: number;
}

const IN_THE_HOUSE = ['PICKING', 'SHORT_PICKED', 'PICKED', 'PACKED'];

export async function findUnpickable(tx: Tx, line: order_lines, until: PointOfNoReturn): Promise<Unpickable[]> {
  const parts = await tx.sub_order_lines.findMany({where: {line_id: line.id, picked: {gt: 0}}});
  const subs = await tx.sub_orders.findMany({
    where: {id: {in: parts.map((part) => part.sub_order_id)}, stage: {in: IN_THE_HOUSE}, source_kind: 'warehouse'},
    orderBy: {position: 'desc'},
  });
  const found: Unpickable[] = [];
  for (const sub of subs) {
    const part = parts.find((p) => p.sub_order_id === sub.id);
    const late = whyTooLate(until, progressOf(await standingParcels(tx, sub.id), true));
    if (!part || !sub.source_id || late) continue;
    const {sub_order_id, line_id, sku, picked, shipped} = part;
    found.push({sub_order_id, line_id, sku, warehouse_id: sub.source_id, qty: picked - shipped});
  }
  return found.filter((part) => part.qty > 0);
}

/**
 * Takes picked units out of their sub-orders. They stand in the staging area and stay reserved until somebody has put
 * them back: a task for each sub-order says where each of them belongs.
 */
export async function unpickUnits(
  context: StoreContext,
  tx: Tx,
  order: orders,
  unpicks: readonly (Unpickable & {take: number})[],
): Promise<void> {
  for (const {sub_order_id, line_id, take} of unpicks) {
    await tx.$executeRaw`UPDATE sub_order_lines SET picked = picked - ${take}, cancelled = cancelled + ${take}
      WHERE sub_order_id = ${sub_order_id} AND line_id = ${line_id}`;
    await tx.$executeRaw`UPDATE order_lines SET picked = picked - ${take}, cancelled = cancelled + ${take} WHERE id = ${line_id}`;
  }
  for (const sub of new Set(unpicks.map((u) => u.sub_order_id))) {
    const back = unpicks.filter((u) => u.sub_order_id === sub);
    await openUnpickTask(context, tx, order, sub, back);
  }
}

async function openUnpickTask(
  context: StoreContext,
  tx: Tx,
  order: orders,
  subOrderId: string,
  back: readonly (Unpickable & {take: number})[],
): Promise<void> {
  const warehouse_id = back[0]?.warehouse_id ?? '';
  const at = context.now();
  const task = newId('tsk', at);
  await tx.tasks.create({
    data: {
      id: task,
      order_id: order.id,
      sub_order_id: subOrderId,
      warehouse_id,
      kind: 'unpick',
      state: 'open',
      created_at: at,
    },
  });
  const stops = [];
  for (const unit of back) stops.push(...(await homesOf(tx, unit)));
  const products = await tx.products.findMany({where: {sku: {in: stops.map((stop) => stop.sku)}}});
  await tx.task_stops.createMany({
    data: stops.map((stop, i) => {
      const product = products.find((p) => p.sku === stop.sku);
      const {barcode, name} = product ?? {barcode: stop.sku, name: stop.sku};
      return {...stop, barcode, name, id: newId('stp', at), task_id: task, position: i + 1};
    }),
  });
}

/** The bins the units came from; what was picked from nowhere known goes where goods come in. */
async function homesOf(tx: Tx, {sub_order_id, line_id, sku, take}: Unpickable & {take: number}) {
  const tasks = await tx.tasks.findMany({where: {sub_order_id, kind: {in: ['pick', 'unpick']}}});
  const known = await tx.task_stops.findMany({
    where: {task_id: {in: tasks.map((task) => task.id)}, line_id},
    orderBy: [{bin: 'asc'}, {id: 'asc'}],
  });
  const kindOf = (taskId: string) => tasks.find((task) => task.id === taskId)?.kind;
  const homes = known.filter((stop) => kindOf(stop.task_id) === 'pick' && stop.picked > 0);
  const stops: {bin: string; aisle: string; rack: string; shelf: string; sku: string; line_id: string; qty: number}[] =
    [];
  let left = take;
  for (const {bin, aisle, rack, shelf, picked} of homes.filter((stop) => stop.bin !== UNKNOWN_BIN)) {
    const back = known
      .filter((stop) => kindOf(stop.task_id) === 'unpick' && stop.bin === bin)
      .reduce((sum, stop) => sum + stop.qty, 0);
    const qty = Math.min(left, Math.max(0, picked - back));
    if (qty > 0) stops.push({bin, aisle, rack, shelf, sku, line_id, qty});
    left -= qty;
  }
  if (left > 0) stops.push({bin: RECEIVING_BIN, aisle: RECEIVING_BIN, rack: '', shelf: '', sku, line_id, qty: left});
  return stops;
}

/** Nothing of the part leaves: its parcels are given up, and nobody packs it any more. */
export async function unpack(context: StoreContext, tx: Tx, order: orders, sub: sub_orders): Promise<void> {
  await tx.tasks.updateMany({
    where: {sub_order_id: sub.id, kind: 'pack', state: 'open'},
    data: {state: 'cancelled', closed_at: context.now()},
  });
  await giveUpParcels(context, tx, order, await standingParcels(tx, sub.id));
}

/** What is left of a part that was to be packed, or is, goes into parcels of its own under new labels. */
export async function packAgain(
  context: StoreContext,
  tx: Tx,
  order: orders,
  sub: sub_orders,
  by: Actor,
): Promise<orders> {
  await unpack(context, tx, order, sub);
  await openPackTask(context, tx, sub, sub.source_id ?? '');
  if (sub.stage !== 'PACKED') return order;
  return advanceSubOrder(context, tx, order, sub, {to: 'PICKED', by, note: 'opened again, to be packed anew'});
}
