import type {Client} from '../client.ts';
import type {Layout} from './plan.ts';

const AT_ONCE = 8;

/** Runs `work` over all items, at most `limit` at a time; stops at the first failure. */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const item = items[next] as T;
      next += 1;
      await work(item);
    }
  };
  await Promise.all(Array.from({length: Math.min(limit, items.length)}, lane));
}

/** Puts catalogue, places and stock through the API. `tag` makes the receipts' references those of this run. */
export async function layOut(client: Client, layout: Layout, tag: string, tell: (step: string) => void): Promise<void> {
  const step = async <T>(name: string, items: readonly T[], work: (item: T) => Promise<unknown>) => {
    if (items.length === 0) return;
    tell(`${items.length} ${name}`);
    await inParallel(items, AT_ONCE, work);
  };
  await step('shipping rates', layout.shippingRates, ({sla, price}) => client.putShippingRate(sla, price));
  await step('tax rates', layout.taxRates, ({area, ...rate}) => client.putTaxRate(area, rate));
  await step('promo codes', layout.promoCodes ?? [], ({code, body}) => client.putPromoCode(code, body));
  await step('boxes', layout.boxes, ({id, body}) => client.putBox(id, body));
  await step('products', layout.products, ({sku, body}) => client.putProduct(sku, body));
  await step('warehouses', layout.warehouses, ({id, body}) => client.putWarehouse(id, body));
  await step('bins', layout.bins, ({warehouse, bin, body}) => client.putBin(warehouse, bin, body));
  await step('receipts', layout.stock, ({warehouse, sku, qty, bin}) =>
    client.receive({warehouse, sku, qty, bin, reference: `${tag}:${warehouse}:${sku}`.slice(0, 100)}),
  );
}
