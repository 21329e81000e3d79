import type {Tx} from './context.ts';

export type SubOrderEnd = 'delivered' | 'lost' | 'cancelled' | 'returned';

/** How a sub-order ended; null while units of it are still on their way. */
export async function endOf(tx: Tx, subOrderId: string): Promise<SubOrderEnd | null> {
  const parts = await tx.sub_order_lines.findMany({where: {sub_order_id: subOrderId}});
  const sum = (pick: (p: Part) => number) => parts.reduce((a, p) => a + pick(p), 0);
  const open = sum((p) => p.qty - p.cancelled);
  if (open === 0) return 'cancelled';
  if (sum((p) => p.delivered + p.lost + p.came_back) < open) return null;
  if (sum((p) => p.delivered) > 0) return 'delivered';
  return sum((p) => p.came_back) > 0 ? 'returned' : 'lost';
}

/** Has the order units that have no place yet, or no longer? */
export async function isUnplaced(tx: Tx, orderId: string): Promise<boolean> {
  return (await tx.order_lines.count({where: {order_id: orderId, unallocated: {gt: 0}, return_id: null}})) > 0;
}

type Part = {qty: number; cancelled: number; delivered: number; lost: number; came_back: number};
