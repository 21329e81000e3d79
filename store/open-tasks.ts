import {assignBins, placeOf} from './bins.ts';
import type {StoreContext, Tx} from './context.ts';
import type {sub_orders} from './generated/client.ts';
import {newId} from './ids.ts';
import {leaveQuarantine} from './leave-quarantine.ts';
import {orderStops} from './order-stops.ts';
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
    const stops = await orderStops(tx, sub.source_id, await findStops(tx, sub, sub.source_id));
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
