import type {StoreContext} from '../context.ts';

export interface WarehouseStock {
  warehouse: string;
  on_hand: number;
  reserved: number;
  available: number;
  in_transit: number;
  safety_stock: number;
}

/** A product's stock by warehouse; null when there is no such product. */
export async function readInventory(context: StoreContext, sku: string): Promise<WarehouseStock[] | null> {
  if ((await context.prisma.products.count({where: {sku}})) === 0) return null;
  const rows = await context.prisma.stock.findMany({where: {sku}, orderBy: {warehouse_id: 'asc'}});
  return rows.map(({warehouse_id: warehouse, on_hand, reserved, in_transit, safety_stock}) => {
    return {warehouse, on_hand, reserved, available: on_hand - reserved - safety_stock, in_transit, safety_stock};
  });
}
