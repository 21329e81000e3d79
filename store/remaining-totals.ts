import {runningShare} from '../domain/money/share.ts';
import type {Tx} from './context.ts';
import type {OrderPatch} from './record-change.ts';

/**
 * What the order still costs after cancellations. The total is the sum of its parts' remaining worth, to the unit what
 * may be captured; discount, tax and shipping follow their lines, and the goods take what rounding leaves.
 */
export async function remainingTotals(tx: Tx, orderId: string): Promise<OrderPatch> {
  const lines = await tx.order_lines.findMany({where: {order_id: orderId}});
  const parts = await tx.sub_order_lines.findMany({where: {line_id: {in: lines.map((l) => l.id)}}});
  const total = parts.reduce((sum, p) => sum + runningShare(Number(p.amount), p.qty - p.cancelled, p.qty), 0);
  const share = (pick: (line: (typeof lines)[number]) => bigint) =>
    lines.reduce((sum, l) => sum + runningShare(Number(pick(l)), l.qty - l.cancelled, l.qty), 0);
  const discount = share((l) => l.discount_amount);
  const tax = share((l) => l.tax_amount);
  const taxOnTop = share((l) => (l.tax_inclusive ? 0n : l.tax_amount));
  const shipping = share((l) => l.shipping_amount);
  return {
    total_amount: BigInt(total),
    discount_amount: BigInt(discount),
    tax_amount: BigInt(tax),
    shipping_amount: BigInt(shipping),
    items_amount: BigInt(total - shipping - taxOnTop + discount),
  };
}
