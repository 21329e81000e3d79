import {recordNewParts, toPart, type ConfirmedPart} from './confirm-plan.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, returns} from './generated/client.ts';
import {newId} from './ids.ts';
import type {GradedLine} from './pay-return.ts';
import {createSubOrders, reserveUnits} from './place-units.ts';
import {makePlan} from './plan-order.ts';
import {recordChange, SYSTEM} from './record-change.ts';
import {policyOf} from './policies.ts';

/**
 * Sends the same again for what came back: lines of their own that cost nothing, placed at once, as parts that the
 * return's run looks after. Null, and nothing left behind, where the stock does not have all of it.
 */
export async function placeExchange(
  context: StoreContext,
  tx: Tx,
  order: orders,
  found: returns,
  lines: readonly GradedLine[],
): Promise<orders | null> {
  const created = await createLines(context, tx, order, found, lines);
  const policy = await policyOf(tx, order);
  const {output} = await makePlan(context, tx, order, policy, {returnId: found.id});
  if (
    created.length === 0 ||
    output.missing.length > 0 ||
    output.backordered.length > 0 ||
    (output.supplied ?? []).length > 0
  ) {
    await tx.order_lines.deleteMany({where: {return_id: found.id}});
    return null;
  }
  const told = await recordChange(context, tx, {
    order,
    type: 'order.exchange_placed',
    by: SYSTEM,
    data: {return_id: found.id, lines: created},
  });
  const parts = output.shipments.map((s) => ({
    source: {kind: 'warehouse' as const, id: s.warehouse_id},
    lines: s.lines,
    eta_days: s.eta_days,
  }));
  const subs = await createSubOrders(context, tx, told, parts);
  const ids = subs.map((s) => s.id);
  await tx.sub_orders.updateMany({where: {id: {in: ids}}, data: {return_id: found.id}});
  await reserveUnits(context, tx, told, output, ids);
  return recordNewParts(context, tx, told, subs, SYSTEM);
}

async function createLines(
  context: StoreContext,
  tx: Tx,
  order: orders,
  found: returns,
  lines: readonly GradedLine[],
): Promise<{line_id: string; sku: string; qty: number; total: number}[]> {
  const position = await tx.order_lines.count({where: {order_id: order.id}});
  const wanted = lines
    .map(({line, graded}) => ({line, qty: graded.reduce((sum, g) => sum + (g.grade === 'missing' ? 0 : g.qty), 0)}))
    .filter(({qty}) => qty > 0);
  const created: {line_id: string; sku: string; qty: number; total: number}[] = [];
  for (const [i, {line, qty}] of wanted.entries()) {
    const like = await tx.order_lines.findUniqueOrThrow({where: {id: line.line_id}});
    const id = newId('lin', context.now());
    const {sku, name, weight_g, length_mm, width_mm, height_mm, capacity_units} = like;
    await tx.order_lines.create({
      data: {
        id,
        order_id: order.id,
        position: position + i + 1,
        ...{sku, name, qty, weight_g, length_mm, width_mm, height_mm, capacity_units},
        unit_amount: 0n,
        items_amount: 0n,
        discount_amount: 0n,
        tax_amount: 0n,
        shipping_amount: 0n,
        total_amount: 0n,
        tax_rate_bp: 0,
        tax_inclusive: like.tax_inclusive,
        backorderable: false,
        unallocated: qty,
        return_id: found.id,
        value_line_id: line.value_line_id,
      },
    });
    created.push({line_id: id, sku, qty, total: 0});
  }
  return created;
}

/** The parts sent in exchange for a return that are not cancelled. */
export async function exchangeParts(tx: Tx, returnId: string): Promise<ConfirmedPart[]> {
  const subs = await tx.sub_orders.findMany({where: {return_id: returnId}, orderBy: {position: 'asc'}});
  return subs.map(toPart);
}
