import type {StoreContext, Tx} from './context.ts';
import {lockOrder} from './record-change.ts';
import {resettle} from './resettle.ts';
import {shiftStop} from './shift-stop.ts';
import {transact} from './transact.ts';
import {unplaceUnits} from './unplace-units.ts';
import {lockPlaces, lockQueues} from './waiting-lines.ts';

interface Stop {
  id: string;
  sub_order_id: string;
  warehouse_id: string;
  line_id: string;
  sku: string;
  bin: string;
  left: number;
}

/** Orders of which a pick leads to a bin that nobody is sent to any more; who stands there already may finish. */
export async function ordersToClear(context: StoreContext, limit: number): Promise<string[]> {
  const rows = await context.prisma.$queryRaw<{order_id: string}[]>`
    SELECT DISTINCT t.order_id FROM stock_bins b JOIN task_stops st ON st.bin = b.bin AND st.sku = b.sku
      JOIN tasks t ON t.id = st.task_id AND t.warehouse_id = b.warehouse_id
     WHERE b.quarantined AND t.kind = 'pick' AND t.state = 'open' AND NOT st.opened AND st.qty > st.picked + st.short
     ORDER BY t.order_id LIMIT ${limit}`;
  return rows.map((row) => row.order_id);
}

/** Sends an order's pickers to other bins; units that lie in no other bin of the site get another place. */
export function clearQuarantine(context: StoreContext, input: {order_id: string}): Promise<void> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    const stops = await stopsInQuarantine(tx, order.id);
    const skus = stops.map((stop) => stop.sku);
    await lockQueues(tx, skus);
    await lockPlaces(tx, skus);
    const touched = new Set<string>();
    for (const {left, id: stop_id, ...stop} of stops) {
      const nowhere = await shiftStop(context, tx, stop_id, left);
      if (nowhere === 0) continue;
      const cause = `quarantine:${stop_id}`;
      await unplaceUnits(context, tx, order, {...stop, stop_id, qty: nowhere}, {qty: nowhere, cause, actor: 'waybill'});
      touched.add(stop.sub_order_id);
    }
    if (touched.size === 0) return;
    await resettle(context, tx, order, [...touched], `quarantine:${stops[0]?.id ?? ''}`, {in_doubt: true});
  });
}

function stopsInQuarantine(tx: Tx, orderId: string): Promise<Stop[]> {
  return tx.$queryRaw<Stop[]>`
    SELECT st.id, t.sub_order_id, t.warehouse_id, st.line_id, st.sku, st.bin, st.qty - st.picked - st.short AS left
      FROM tasks t JOIN task_stops st ON st.task_id = t.id
      JOIN stock_bins b ON b.warehouse_id = t.warehouse_id AND b.sku = st.sku AND b.bin = st.bin
     WHERE t.order_id = ${orderId} AND b.quarantined AND t.kind = 'pick' AND t.state = 'open' AND NOT st.opened
       AND st.qty > st.picked + st.short ORDER BY st.sku, t.warehouse_id, st.id`;
}
