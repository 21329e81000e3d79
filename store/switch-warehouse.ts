import {logDecision} from './log-decision.ts';
import type {StoreContext, Tx} from './context.ts';
import type {warehouses} from './generated/client.ts';
import {transact} from './transact.ts';
import {lockQueues, settleEarmarks} from './waiting-lines.ts';

export interface Switch {
  warehouse_id: string;
  active: boolean;
  reason: string;
  /** when it goes on again by itself */
  until: Date | null;
  actor: string;
}

/**
 * Switches a site off or on. Off: no new order is promised anything from it from this transaction on, and what waits is
 * promised from other sites; its open work is moved by the relay. Null when there is no such site.
 */
export function switchWarehouse(context: StoreContext, input: Switch): Promise<warehouses | null> {
  return transact(context, async (tx) => {
    const {warehouse_id: id, active, reason, until, actor} = input;
    const skus = await concernedSkus(tx, id);
    await lockQueues(tx, skus);
    const [before] = await tx.warehouses.findMany({where: {id}});
    if (!before) return null;
    const at = context.now();
    const row = await tx.warehouses.update({
      where: {id},
      data: {active, switch_reason: reason, switch_until: active ? null : until, updated_at: at},
    });
    // what stayed there before is looked at anew
    await tx.site_moves.deleteMany({where: {warehouse_id: id, state: 'stays'}});
    await settleEarmarks(tx, skus);
    const inputs = {warehouse: id, active, reason, until, actor};
    await logDecision(context, tx, {kind: 'switch', inputs, output: {was: before.active}});
    return row;
  });
}

/** Products of the site that somebody waits for. */
async function concernedSkus(tx: Tx, warehouse: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{sku: string}[]>`SELECT sku FROM stock s WHERE warehouse_id = ${warehouse}
    AND (earmarked > 0 OR EXISTS (SELECT 1 FROM order_lines l WHERE l.sku = s.sku AND l.backordered > 0)) ORDER BY sku`;
  return rows.map((row) => row.sku);
}

/** Sites whose time off is over go on again; returns their ids. */
export async function switchOnInTime(context: StoreContext): Promise<string[]> {
  const due = await context.prisma.warehouses.findMany({
    where: {active: false, switch_until: {lte: context.now()}},
    select: {id: true},
  });
  for (const {id} of due) {
    const on = {active: true, reason: 'its time off is over', until: null, actor: 'waybill'};
    await switchWarehouse(context, {warehouse_id: id, ...on});
  }
  return due.map(({id}) => id);
}
