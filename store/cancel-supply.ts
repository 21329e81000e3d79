import {isLive, unitsWanted} from '../domain/suppliers/purchase.ts';
import type {StoreContext, Tx} from './context.ts';
import type {purchase_orders} from './generated/client.ts';
import {takeFromPromise} from './promise-supply.ts';
import {writeMessage} from './purchase-messages.ts';

/** The purchase orders behind these parts, by part. */
export async function purchasesOf(tx: Tx, subOrderIds: readonly string[]): Promise<Map<string, purchase_orders>> {
  if (subOrderIds.length === 0) return new Map();
  const found = await tx.purchase_orders.findMany({where: {sub_order_id: {in: [...subOrderIds]}}});
  return new Map(found.map((purchase) => [purchase.sub_order_id, purchase]));
}

/** Until the supplier has said that it will send them, its units can be cancelled; its word then comes too late. */
export const mayCancelAt = ({state}: purchase_orders): boolean => state === 'open' || state === 'price_changed';

/** Takes units out of a purchase order that nobody has acknowledged; the supplier is told what is still wanted. */
export async function cancelSupply(
  tx: Tx,
  from: {purchase_id: string; sub_order_id: string; line_id: string},
  qty: number,
): Promise<void> {
  const {purchase_id, line_id, sub_order_id} = from;
  await takeFromPromise(tx, {sub_order_id, line_id, qty, end: 'released'});
  await tx.$executeRaw`UPDATE purchase_order_lines SET cancelled = cancelled + ${qty}
    WHERE purchase_id = ${purchase_id} AND line_id = ${line_id}`;
  await tx.$executeRaw`UPDATE order_lines SET reserved = reserved - ${qty}, cancelled = cancelled + ${qty} WHERE id = ${line_id}`;
}

/** After a cancellation: a purchase order of which nothing is left ends, of others the supplier hears what changed. */
export async function closePurchase(context: StoreContext, tx: Tx, subOrderId: string): Promise<void> {
  const purchase = await tx.purchase_orders.findUnique({where: {sub_order_id: subOrderId}});
  if (!purchase || !isLive(purchase.state)) return;
  const lines = await tx.purchase_order_lines.findMany({where: {purchase_id: purchase.id}});
  if (lines.some((line) => unitsWanted(line) > 0)) {
    const wanted = lines.map((line) => ({line_id: line.line_id, sku: line.sku, qty: unitsWanted(line)}));
    await writeMessage(context, tx, purchase.id, 'change', {lines: wanted, reason: 'cancelled'});
    return;
  }
  const data = {state: 'cancelled', reason: 'cancelled', updated_at: context.now()};
  await tx.purchase_orders.update({where: {id: purchase.id}, data});
  await tx.sub_orders.update({where: {id: subOrderId}, data: {waits_until: null, note: null}});
  await writeMessage(context, tx, purchase.id, 'cancellation', {reason: 'cancelled'});
}

/** Are units of the line with a supplier that has acknowledged them? */
export async function isWithSupplier(tx: Tx, lineId: string): Promise<boolean> {
  const lines = await tx.purchase_order_lines.findMany({where: {line_id: lineId}});
  if (lines.length === 0) return false;
  const purchases = await tx.purchase_orders.findMany({
    where: {id: {in: lines.map((line) => line.purchase_id)}, state: 'acknowledged'},
  });
  return lines.some(
    (line) => purchases.some(({id}) => id === line.purchase_id) && unitsWanted(line) - line.shipped > 0,
  );
}
