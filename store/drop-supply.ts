import {runningShare} from '../domain/money/share.ts';
import {advanceSubOrder} from './advance-sub-order.ts';
import {tellEnd} from './continue-run.ts';
import type {StoreContext, Tx} from './context.ts';
import type {LockedPurchase} from './find-purchase.ts';
import type {orders, purchase_order_lines} from './generated/client.ts';
import {takeFromPromise} from './promise-supply.ts';
import {tellOrder, tellSubOrder} from './queue-signal.ts';
import type {Actor} from './record-change.ts';
import {recordDerived} from './record-derived.ts';
import {recordKeptPromise} from './record-promise.ts';
import {endOf} from './sub-order-end.ts';

export interface Dropped {
  line: purchase_order_lines;
  qty: number;
}

/**
 * Units that the supplier does not send leave its part and need another place: the order's run is told. A part that has
 * nothing left ends. Returns the order as it is then; the caller says in which state the purchase order is.
 */
export async function dropSupply(
  context: StoreContext,
  tx: Tx,
  {order, purchase, sub}: LockedPurchase,
  dropped: readonly Dropped[],
  why: {reason: string; by: Actor},
): Promise<orders> {
  if (dropped.length === 0) return order;
  for (const {line, qty} of dropped) await dropUnits(tx, sub.id, line, qty);
  const operationId = `${purchase.id}:${why.reason}`;
  await tellOrder(context, tx, order.id, 'shortPicked', operationId, {operation_id: operationId});
  const missing = dropped.map(({line, qty}) => ({line_id: line.line_id, sku: line.sku, qty}));
  const data = {purchase_order_id: purchase.id, reason: why.reason, missing};
  const {by} = why;
  const end = await endOf(tx, sub.id);
  if (end === 'cancelled') {
    await tellSubOrder(context, tx, sub.id, 'cancelled', operationId);
    await tellEnd(context, tx, order.id, {sub_order_id: sub.id, end, unplaced: true});
    return advanceSubOrder(context, tx, order, sub, {to: 'CANCELLED', by, data, note: why.reason});
  }
  const current = await recordDerived(context, tx, order, {
    type: 'sub_order.supply_missing',
    by,
    sub_order_id: sub.id,
    data,
  });
  if (end === 'delivered' && sub.stage !== 'DELIVERED') {
    const arrived = {to: 'DELIVERED', by, data: {purchase_order_id: purchase.id}} as const;
    const after = await advanceSubOrder(context, tx, current, sub, arrived);
    await recordKeptPromise(tx, after, sub.id);
    return after;
  }
  if (end !== 'lost' || sub.note === 'lost') return current;
  return advanceSubOrder(context, tx, current, sub, {to: 'EXCEPTION', by, data, columns: {note: 'lost'}});
}

async function dropUnits(tx: Tx, subOrderId: string, line: purchase_order_lines, qty: number): Promise<void> {
  const {purchase_id, line_id} = line;
  await takeFromPromise(tx, {sub_order_id: subOrderId, line_id, qty, end: 'missing'});
  await tx.$executeRaw`UPDATE purchase_order_lines SET missing = missing + ${qty}
    WHERE purchase_id = ${purchase_id} AND line_id = ${line_id}`;
  const key = {sub_order_id_line_id: {sub_order_id: subOrderId, line_id}};
  const part = await tx.sub_order_lines.findUniqueOrThrow({where: key});
  const left = runningShare(Number(part.amount), part.qty - qty, part.qty);
  await tx.sub_order_lines.update({where: key, data: {qty: part.qty - qty, amount: BigInt(left)}});
  await tx.$executeRaw`UPDATE sub_orders SET value_amount = value_amount - ${Number(part.amount) - left} WHERE id = ${subOrderId}`;
  await tx.$executeRaw`UPDATE order_lines SET reserved = reserved - ${qty}, unallocated = unallocated + ${qty} WHERE id = ${line_id}`;
}
