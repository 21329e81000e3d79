import type {TaxRule} from '../../domain/pricing/price-order.ts';
import type {Point} from '../../domain/routing/distance.ts';
import type {StoreContext} from '../context.ts';
import type {products} from '../generated/client.ts';

export interface CatalogueFacts {
  products: Map<string, products>;
  /** units that may still be promised, over all active warehouses */
  available: Map<string, number>;
  /** where active warehouses stand */
  places: Point[];
}

/** What an order is checked against: the products asked for, what is left of them, and where the warehouses are. */
export async function readCatalogueFacts(context: StoreContext, skus: readonly string[]): Promise<CatalogueFacts> {
  const wanted = [...new Set(skus)];
  const [products, stock, places] = await Promise.all([
    context.prisma.products.findMany({where: {sku: {in: wanted}}}),
    context.prisma.$queryRaw<{sku: string; available: number}[]>`
      SELECT s.sku, sum(greatest(s.available, 0))::int AS available
      FROM stock_free s JOIN warehouses w ON w.id = s.warehouse_id
      WHERE s.sku = ANY(${wanted}) AND w.active GROUP BY s.sku`,
    context.prisma.warehouses.findMany({where: {active: true}, select: {lat: true, lng: true}}),
  ]);
  return {
    products: new Map(products.map((product) => [product.sku, product])),
    available: new Map(stock.map((row) => [row.sku, row.available])),
    places,
  };
}

/** The shipping price of a promise, minor units; 0 where the merchant set none. */
export async function readShippingPrice(context: StoreContext, sla: string, currency: string): Promise<number> {
  const rate = await context.prisma.shipping_rates.findUnique({where: {sla_currency: {sla, currency}}});
  return Number(rate?.price_amount ?? 0n);
}

const NO_TAX: TaxRule = {rate_bp: 0, inclusive: false};

/** The tax rule of a region, else of its country, else none. */
export async function readTaxRule(context: StoreContext, country: string, region: string): Promise<TaxRule> {
  const regions = [...new Set([region, ''])];
  const rows = await context.prisma.tax_rates.findMany({where: {country, region: {in: regions}}});
  const rule = rows.find((row) => row.region === region) ?? rows[0];
  return rule ? {rate_bp: rule.rate_bp, inclusive: rule.inclusive} : NO_TAX;
}
