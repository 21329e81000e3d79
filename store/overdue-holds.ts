import type {StoreContext} from './context.ts';
import {OVERDUE_HOLD} from './hold-order.ts';
import {lockOrder} from './record-change.ts';
import {clearStuck, reportStuckWithin} from './stuck-steps.ts';
import {transact} from './transact.ts';

/** Orders held beyond their time wait for ops from now on, by name, until they are released or end. */
export async function watchHolds(context: StoreContext): Promise<number> {
  const overdue = await context.prisma.$queryRaw<{id: string}[]>`
    SELECT o.id FROM orders o WHERE o.held_until < ${context.now()}
      AND o.status NOT IN ('delivered', 'cancelled', 'refunded') AND NOT EXISTS (
        SELECT FROM stuck_steps s WHERE s.order_id = o.id AND s.step = ${OVERDUE_HOLD} AND s.resolved_at IS NULL)
    ORDER BY o.held_until LIMIT 50`;
  for (const {id} of overdue) await report(context, id);
  const ended = await context.prisma.$queryRaw<{id: string}[]>`
    SELECT o.id FROM stuck_steps s JOIN orders o ON o.id = s.order_id
    WHERE s.step = ${OVERDUE_HOLD} AND s.resolved_at IS NULL AND o.status IN ('delivered', 'cancelled', 'refunded')`;
  for (const {id} of ended) await clearStuck(context, {order_id: id, sub_order_id: null, step: OVERDUE_HOLD});
  return overdue.length + ended.length;
}

function report(context: StoreContext, orderId: string): Promise<void> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, orderId);
    // released a moment ago
    if (!order.held_until || order.held_until >= context.now()) return;
    const step = {order_id: orderId, sub_order_id: null, step: OVERDUE_HOLD, code: 'held_too_long'};
    await reportStuckWithin(context, tx, order, step);
  });
}
