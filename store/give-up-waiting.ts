import {cancelLines} from './cancel-lines.ts';
import type {StoreContext} from './context.ts';

/** Units have waited as long as they may: those that no stock came for are cancelled. Repeats change nothing. */
export async function giveUpWaiting(context: StoreContext, input: {sub_order_id: string}): Promise<void> {
  const {sub_order_id} = input;
  const sub = await context.prisma.sub_orders.findUniqueOrThrow({where: {id: sub_order_id}});
  if (sub.stage !== 'BACKORDERED') return;
  const parts = await context.prisma.sub_order_lines.findMany({where: {sub_order_id}, orderBy: {line_id: 'asc'}});
  const lines = parts.map(({line_id, qty, cancelled}) => ({line_id, qty: qty - cancelled})).filter((l) => l.qty > 0);
  await cancelLines(context, {
    order_id: sub.order_id,
    lines,
    waiting_only: true,
    reason: 'backorder_expired',
    actor: 'waybill',
    role: 'system',
    request_id: `wait:${sub_order_id}`,
  });
}
