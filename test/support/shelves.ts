import {freshKey, type TestApi} from './api.ts';
import {sampleOrder, stockCatalogue, WATER} from './catalogue.ts';
import {confirmOrder} from './placed-order.ts';

export interface Shelf {
  aisle: string;
  x_mm: number;
  y_mm: number;
}

/** A warehouse, WH-NY-1, in which the product of each name lies alone on a shelf of its own, 100 of it. */
export async function fillShelves(api: TestApi, shelves: Readonly<Record<string, Shelf>>): Promise<void> {
  await stockCatalogue(api);
  const ops = api.as('ops');
  for (const [sku, shelf] of Object.entries(shelves)) {
    await ops.put(`/v1/warehouses/WH-NY-1/bins/BIN-${sku}`, {...shelf, rack: 'A', shelf: '1'}).expect(200);
    await ops.put(`/v1/products/${sku}`, {...WATER, name: sku, barcode: `bar-${sku}`, capacity_units: 1}).expect(200);
    const receipt = {warehouse: 'WH-NY-1', sku, qty: 100, bin: `BIN-${sku}`, reference: `first-${sku}`};
    await ops.post('/v1/inventory/receipts', receipt).expect(200);
  }
}

/** Places an order of one unit each and opens its pick task; returns order and task. */
export async function orderOf(api: TestApi, skus: readonly string[]): Promise<{order: string; task: string}> {
  const lines = skus.map((sku) => ({sku, qty: 1}));
  const {body} = await api
    .as('checkout')
    .post('/v1/orders', {...sampleOrder(), lines}, freshKey())
    .expect(201);
  await confirmOrder(api.store, body.order_id);
  const task = await api.store.prisma.tasks.findFirstOrThrow({where: {order_id: body.order_id, kind: 'pick'}});
  return {order: body.order_id, task: task.id};
}
