import {runningShare} from '../domain/money/share.ts';
import type {Tx} from './context.ts';

/** Units of a line leave a sub-order for another one, with their share of its worth. */
export async function shrinkPart(tx: Tx, subOrderId: string, lineId: string, qty: number): Promise<void> {
  const where = {sub_order_id_line_id: {sub_order_id: subOrderId, line_id: lineId}};
  const part = await tx.sub_order_lines.findUniqueOrThrow({where});
  const left = runningShare(Number(part.amount), part.qty - qty, part.qty);
  await tx.sub_order_lines.update({where, data: {qty: part.qty - qty, amount: BigInt(left)}});
  await tx.$executeRaw`UPDATE sub_orders SET value_amount = value_amount - ${Number(part.amount) - left} WHERE id = ${subOrderId}`;
}
