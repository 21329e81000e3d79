import type {StoreContext, Tx} from './context.ts';
import type {orders, sub_orders, suppliers} from './generated/client.ts';
import {newId} from './ids.ts';
import {writeMessage} from './purchase-messages.ts';

/**
 * Makes the purchase order of every part that a supplier sends: its lines are the part's units, its price the offer's.
 * Returns all the parts as they are now.
 */
export async function openPurchases(
  context: StoreContext,
  tx: Tx,
  order: orders,
  subs: readonly sub_orders[],
): Promise<sub_orders[]> {
  const made: sub_orders[] = [];
  for (const sub of subs) {
    if (sub.source_kind !== 'supplier') {
      made.push(sub);
      continue;
    }
    const supplier = await tx.suppliers.findUniqueOrThrow({where: {id: sub.source_id ?? ''}});
    made.push(await openPurchase(context, tx, order, sub, supplier));
  }
  return made;
}

async function openPurchase(
  context: StoreContext,
  tx: Tx,
  order: orders,
  sub: sub_orders,
  supplier: suppliers,
): Promise<sub_orders> {
  const at = context.now();
  const id = newId('po', at);
  const acknowledge_by = new Date(at.getTime() + Number(supplier.acknowledge_ms));
  await tx.purchase_orders.create({
    data: {
      id,
      order_id: order.id,
      sub_order_id: sub.id,
      supplier_id: supplier.id,
      currency: supplier.currency,
      state: 'open',
      acknowledge_by,
      created_at: at,
      updated_at: at,
    },
  });
  await tx.supplier_promises.updateMany({
    where: {order_id: order.id, supplier_id: supplier.id, sub_order_id: null, state: 'open'},
    data: {sub_order_id: sub.id},
  });
  const parts = await tx.sub_order_lines.findMany({where: {sub_order_id: sub.id}, orderBy: {line_id: 'asc'}});
  const promises = await tx.supplier_promises.findMany({where: {sub_order_id: sub.id, state: 'open'}});
  for (const {line_id, sku, qty} of parts) {
    const unit_cost = promises.find((promise) => promise.line_id === line_id)?.unit_cost ?? 0n;
    await tx.purchase_order_lines.create({data: {purchase_id: id, line_id, sku, qty, unit_cost}});
  }
  await writeMessage(context, tx, id, 'order', {acknowledge_by: acknowledge_by.toISOString()});
  return tx.sub_orders.update({where: {id: sub.id}, data: {waits_until: acknowledge_by}});
}
