import type {StoreContext, Tx} from './context.ts';
import type {orders, sub_orders} from './generated/client.ts';
import {lockOrder} from './record-change.ts';
import {resettle} from './resettle.ts';
import {unplaceUnits} from './unplace-units.ts';
import {lockPlaces, lockQueues} from './waiting-lines.ts';

/**
 * Units of a sub-order that lie in bins which nobody is sent to get another place before its pick begins. Null when
 * there are none, as nearly always; `ended`: nothing of the sub-order is left.
 */
export async function leaveQuarantine(
  context: StoreContext,
  tx: Tx,
  order: orders,
  sub: sub_orders,
): Promise<{order: orders; ended: boolean} | null> {
  const warehouse_id = sub.source_id ?? '';
  const lines = await tx.sub_order_lines.findMany({
    where: {sub_order_id: sub.id},
    orderBy: [{sku: 'asc'}, {line_id: 'asc'}],
  });
  const skus = lines.map((l) => l.sku);
  const doubtful = await tx.stock_bins.findMany({where: {warehouse_id, sku: {in: skus}, quarantined: true}});
  if (doubtful.length === 0) return null;
  await lockQueues(tx, skus);
  await lockPlaces(tx, skus);
  let moved = 0;
  for (const sku of new Set(doubtful.map((bin) => bin.sku))) {
    let good = await goodUnits(tx, warehouse_id, sku);
    for (const {line_id, qty, cancelled} of lines.filter((l) => l.sku === sku)) {
      const missing = Math.max(0, qty - cancelled - good);
      good -= qty - cancelled - missing;
      if (missing === 0) continue;
      const chunk = {sub_order_id: sub.id, line_id, sku, warehouse_id, stop_id: null, bin: null, qty: missing};
      await unplaceUnits(context, tx, order, chunk, {qty: missing, cause: `quarantine:${sub.id}`, actor: 'waybill'});
      moved += missing;
    }
  }
  if (moved === 0) return null;
  await resettle(context, tx, order, [sub.id], `quarantine:${sub.id}`, {in_doubt: true});
  const {stage} = await tx.sub_orders.findUniqueOrThrow({where: {id: sub.id}});
  return {order: await lockOrder(tx, order.id), ended: stage === 'CANCELLED'};
}

/** Units that lie free in bins which are in order. */
async function goodUnits(tx: Tx, warehouse_id: string, sku: string): Promise<number> {
  const bins = await tx.stock_bins.findMany({where: {warehouse_id, sku, quarantined: false}});
  return bins.filter((b) => b.bin !== '~STAGING').reduce((sum, b) => sum + b.on_hand - b.assigned, 0);
}
