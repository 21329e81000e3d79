import type {StoreContext} from './context.ts';
import {type Actor, lockOrder, recordChange} from './record-change.ts';
import {transact} from './transact.ts';

export interface Wait {
  qty: number;
  /** units that wait for stock now */
  waiting: number;
  /** what no stock came for is cancelled then */
  until: Date;
}

/** How a line of an order waits; null when the order has no such line. */
export async function waitOf(
  context: StoreContext,
  {order_id, line_id}: {order_id: string; line_id: string},
): Promise<Wait | null> {
  const line = await context.prisma.order_lines.findUnique({where: {id: line_id}});
  if (line?.order_id !== order_id) return null;
  const [last] = await context.prisma.$queryRaw<{until: Date}[]>`
    SELECT s.waits_until AS until FROM sub_orders s JOIN sub_order_lines p ON p.sub_order_id = s.id
     WHERE p.line_id = ${line_id} AND s.stage = 'BACKORDERED' AND p.qty > p.cancelled ORDER BY s.waits_until DESC LIMIT 1`;
  return {qty: line.qty, waiting: line.backordered, until: last?.until ?? context.now()};
}

/** The customer goes on waiting: kept with the line, and said in the order's history. Null when nothing of the line waits. */
export async function keepWaiting(
  context: StoreContext,
  {order_id, line_id, by}: {order_id: string; line_id: string; by: Actor},
): Promise<Wait | null> {
  const wait = await waitOf(context, {order_id, line_id});
  if (!wait || wait.waiting === 0) return null;
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, order_id);
    const chosen = {wait_chosen_by: by.actor, wait_chosen_role: by.role, wait_chosen_at: context.now()};
    await tx.order_lines.update({where: {id: line_id}, data: chosen});
    const data = {line_id, waiting: wait.waiting, until: wait.until};
    await recordChange(context, tx, {order, type: 'order.backorder_kept', by, data});
    return wait;
  });
}
