import {lineRow} from './accept-order.ts';
import {ChangeRefused} from './change-refused.ts';
import type {ChangeOutcome} from './ask-change.ts';
import type {AddedLine, BegunBody} from './begin-change.ts';
import {partsOf, recordNewParts} from './confirm-plan.ts';
import type {StoreContext, Tx} from './context.ts';
import type {order_changes, orders} from './generated/client.ts';
import {openPurchases} from './open-purchase.ts';
import {createSubOrders, reserveUnits} from './place-units.ts';
import {makePlan, type PlanInput} from './plan-order.ts';
import {promiseAtSuppliers} from './promise-supply.ts';
import {recordDerived} from './record-derived.ts';
import {remainingTotals} from './remaining-totals.ts';
import {lockQueues} from './waiting-lines.ts';

/** Adds the lines of a change, finds them a place, promises the stock and makes sub-orders of them, or nothing at all. */
export async function addUnits(
  context: StoreContext,
  tx: Tx,
  order: orders,
  change: order_changes,
  policy: PlanInput['policy'],
): Promise<ChangeOutcome['applied']> {
  const {added} = change.body as unknown as BegunBody;
  const capacity = await insertLines(tx, order, added);
  await lockQueues(
    tx,
    added.map((line) => line.sku),
  );
  const {output} = await makePlan(context, tx, order, policy, {only: added.map((line) => line.line_id)});
  if (output.missing.length > 0) {
    throw new ChangeRefused(output.missing.map(({sku, qty}) => ({sku, qty, code: 'out_of_stock'})));
  }
  const subs = await createSubOrders(context, tx, order, partsOf(output));
  await reserveUnits(
    context,
    tx,
    order,
    output,
    subs.map((sub) => sub.id),
  );
  const atSuppliers = subs.filter(({source_kind}) => source_kind === 'supplier');
  await promiseAtSuppliers(context, tx, order, output.supplied ?? [], atSuppliers);
  await openPurchases(context, tx, order, atSuppliers);
  const {id: change_id, actor, role, reason, kind} = change;
  const by = {actor, role};
  const current = await recordNewParts(context, tx, order, subs, by);
  await recordDerived(context, tx, current, {
    type: 'order.lines_added',
    by,
    data: {change_id, lines: added.map(({line_id, sku, qty, price}) => ({line_id, sku, qty, total: price.total}))},
    patch: {...(await remainingTotals(tx, order.id)), total_capacity: order.total_capacity + capacity},
    act: {subject: `change:${change_id}`, to: `${kind} applied`},
    note: reason,
  });
  return added.map(({line_id, sku, qty}) => ({line_id, sku, qty}));
}

/** Returns the capacity that the lines take. */
async function insertLines(tx: Tx, order: orders, added: readonly AddedLine[]): Promise<number> {
  const products = await tx.products.findMany({where: {sku: {in: added.map((line) => line.sku)}}});
  const before = await tx.order_lines.count({where: {order_id: order.id}});
  const rows = added.map((line, i) => {
    const product = products.find((p) => p.sku === line.sku);
    if (!product) throw new ChangeRefused([{sku: line.sku, code: 'unknown_sku'}]);
    const sold = {...product, price_amount: BigInt(line.unit_amount)};
    const ids = {id: line.line_id, order_id: order.id, position: before + i + 1};
    return lineRow(ids, {product: sold, qty: line.qty}, line.price, line.tax);
  });
  await tx.order_lines.createMany({data: rows});
  return rows.reduce((sum, row) => sum + row.capacity_units * row.qty, 0);
}
