import type {TaxRule} from '../../domain/pricing/price-order.ts';
import type {Point} from '../../domain/routing/distance.ts';
import type {StoreContext} from '../context.ts';
import type {products} from '../generated/client.ts';

export interface CatalogueFacts {
  products: Map<string, products>;
  /** units that may still be promised, over all active warehouses and suppliers */
  available: Map<string, number>;
  /** where active warehouses stand */
  places: Point[];
}

/** What an order is checked against: the products asked for, what is left of them, and where the warehouses are. */
export async function readCatalogueFacts(context: StoreContext, skus: readonly string[]): Promise<CatalogueFacts> {
  const wanted = [...new Set(skus)];
  const [products, stock, offers, places] = await Promise.all([
    context.prisma.products.findMany({where: {sku: {in: wanted}}}),
    context.prisma.$queryRaw<{sku: string; available: number}[]>`
      SELECT s.sku, sum(greatest(s.available, 0))::int AS available
      FROM stock_free s JOIN warehouses w ON w.id = s.warehouse_id
      WHERE s.sku = ANY(${wanted}) AND w.active GROUP BY s.sku`,
    offered(context, wanted),
    context.prisma.warehouses.findMany({where: {active: true}, select: {lat: true, lng: true}}),
  ]);
  const available = new Map(stock.map((row) => [row.sku, row.available]));
  for (const {sku, units} of offers) available.set(sku, (available.get(sku) ?? 0) + units);
  return {
    products: new Map(products.map((product) => [product.sku, product])),
    available,
    places,
  };
}

/** More than anybody orders: what a supplier offers without a count. */
const PLENTY = 1_000_000_000;

/** Units that active suppliers still offer in the product's currency. */
async function offered(context: StoreContext, skus: readonly string[]): Promise<{sku: string; units: number}[]> {
  return context.prisma.$queryRaw<{sku: string; units: number}[]>`
    SELECT o.sku, least(sum(greatest(coalesce(o.available - o.promised, ${PLENTY}::int), 0)), ${PLENTY}::int)::int AS units
    FROM supplier_offers o JOIN suppliers s ON s.id = o.supplier_id JOIN products p ON p.sku = o.sku
    WHERE o.sku = ANY(${[...skus]}) AND s.active AND s.currency = p.currency
      AND (o.valid_until IS NULL OR o.valid_until > ${context.now()}) GROUP BY o.sku`;
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
