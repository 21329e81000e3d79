import {planParcels} from '../domain/packing/plan-parcels.ts';
import {PACKING} from '../domain/packing/rules.ts';
import type {PackItem, PlannedParcel} from '../domain/packing/types.ts';
import type {StoreContext, Tx} from './context.ts';
import type {sub_orders} from './generated/client.ts';
import {newId} from './ids.ts';
import {policyOf} from './policies.ts';
import {boxesLeftAt} from './warehouse-boxes.ts';

/** Plans the parcels for what is picked and not put back, and opens the task to pack them. */
export async function openPackTask(context: StoreContext, tx: Tx, sub: sub_orders, warehouse: string): Promise<void> {
  const at = context.now();
  const given_up = await tx.parcels.count({where: {sub_order_id: sub.id}});
  for (const [i, parcel] of (await planPacking(tx, sub, warehouse)).entries()) {
    await insertPlanned(tx, sub, newId('pcl', at), given_up + i + 1, parcel);
  }
  await tx.tasks.create({
    data: {
      id: newId('tsk', at),
      order_id: sub.order_id,
      sub_order_id: sub.id,
      warehouse_id: warehouse,
      kind: 'pack',
      state: 'open',
      created_at: at,
    },
  });
}

/** Sizes and weights are those the order was placed with; what must be minded of a product is asked of it today. */
async function planPacking(tx: Tx, sub: sub_orders, warehouse: string): Promise<PlannedParcel[]> {
  const order = await tx.orders.findUniqueOrThrow({where: {id: sub.order_id}, select: {policy_version: true}});
  const {packing = PACKING} = await policyOf(tx, order);
  const parts = await tx.sub_order_lines.findMany({
    where: {sub_order_id: sub.id, picked: {gt: 0}},
    orderBy: {line_id: 'asc'},
  });
  const lines = await tx.order_lines.findMany({where: {id: {in: parts.map((p) => p.line_id)}}});
  const products = await tx.products.findMany({where: {sku: {in: parts.map((p) => p.sku)}}});
  const boxes = await boxesLeftAt(tx, warehouse);
  const items = parts.flatMap((p): PackItem[] => {
    const line = lines.find((l) => l.id === p.line_id);
    const {fragile = false, upright = false, hazmat = null} = products.find(({sku}) => sku === p.sku) ?? {};
    return line ? [{...line, line_id: p.line_id, sku: p.sku, qty: p.picked, fragile, upright, hazmat}] : [];
  });
  return planParcels(
    items,
    boxes.map((b) => ({...b, inner_mm: b.inner_mm as [number, number, number], cost_amount: Number(b.cost_amount)})),
    packing,
  );
}

async function insertPlanned(
  tx: Tx,
  {id: sub_order_id, order_id}: sub_orders,
  id: string,
  position: number,
  {box_id, items, expected_g, dims_mm, placements}: PlannedParcel,
): Promise<void> {
  const [length_mm, width_mm, height_mm] = dims_mm;
  await tx.parcels.create({
    data: {
      id,
      order_id,
      sub_order_id,
      position,
      state: 'planned',
      expected_g,
      suggested_box: box_id,
      length_mm,
      width_mm,
      height_mm,
      label_state: 'none',
      status: 'created',
    },
  });
  await tx.parcel_items.createMany({data: items.map((item) => ({...item, parcel_id: id}))});
  await tx.parcel_packings.create({
    data: {parcel_id: id, box_id, inner_mm: dims_mm, placements: placements.map((place) => ({...place}))},
  });
}
