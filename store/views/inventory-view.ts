import type {StoreContext} from '../context.ts';

export interface WarehouseStock {
  warehouse: string;
  on_hand: number;
  reserved: number;
  available: number;
  in_transit: number;
  safety_stock: number;
  /** free, but due to orders that wait for it */
  earmarked: number;
  /** on its way here from another site of ours */
  incoming: number;
}

/** A product's stock by warehouse; null when there is no such product. */
export async function readInventory(context: StoreContext, sku: string): Promise<WarehouseStock[] | null> {
  if ((await context.prisma.products.count({where: {sku}})) === 0) return null;
  return context.prisma.$queryRaw<WarehouseStock[]>`
    SELECT s.warehouse_id AS warehouse, s.on_hand, s.reserved, f.available, s.in_transit, s.safety_stock, s.earmarked,
      (SELECT coalesce(sum(t.qty), 0)::int FROM transfers t
        WHERE t.to_warehouse = s.warehouse_id AND t.sku = s.sku AND t.state = 'in_transit') AS incoming
    FROM stock s JOIN stock_free f ON f.warehouse_id = s.warehouse_id AND f.sku = s.sku
    WHERE s.sku = ${sku} ORDER BY s.warehouse_id`;
}
