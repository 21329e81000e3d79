import type {OrderBody, ProductBody} from '../api-types.ts';
import {randomStream} from '../random.ts';
import {boxes} from '../world/boxes.ts';
import {giveBins} from '../world/invented-catalogue.ts';
import {inventedName, inventedStreet} from '../world/invented-places.ts';
import type {Layout, OrderPlan, World} from '../world/plan.ts';
import {turnOf} from './mapping.ts';
import {type Atlas, createAtlas, postalPlace} from './places.ts';
import {shortHash, skuOf, usualSizes, warehouseOf} from './real-goods.ts';
import {readRealData, type RealData, type RealItem, type RealOrder} from './real-orders.ts';
import {stratifiedSample} from './sample.ts';

const CURRENCY = 'BRL';
const SHIPPING = 1_990;

/** The recorded orders of a marketplace as a world: every seller a warehouse, every offer a product with its own stock. */
export async function realWorld(given: {folder: string; seed: number; orders?: number}): Promise<World> {
  const data = readRealData(given.folder);
  const withItems = data.orders.filter((order) => order.items.length > 0);
  const without = data.orders.filter((order) => order.items.length === 0);
  const wanted = Math.min(given.orders ?? withItems.length, withItems.length);
  const placeable = stratifiedSample(withItems, wanted, given.seed);
  const refused = stratifiedSample(
    without,
    Math.round((without.length * wanted) / Math.max(1, withItems.length)),
    given.seed,
  );
  const chosen = [...placeable, ...refused].sort((a, b) => a.purchased - b.purchased || (a.id < b.id ? -1 : 1));
  const atlas = createAtlas(data.municipalities);
  const first = chosen[0]?.purchased ?? 0;
  return {
    title: `${placeable.length} of ${withItems.length} recorded orders, and ${refused.length} that must be refused for what they say`,
    layout: layoutOf(placeable, data, atlas),
    plans: chosen.map((order) => planOf(order, first, atlas, given.seed)),
    notes: [kindsSentence(chosen)],
    placeable: placeable.length,
    exact: true,
  };
}

function kindsSentence(orders: readonly RealOrder[]): string {
  const kinds = new Map<string, number>();
  for (const order of orders) kinds.set(turnOf(order).kind, (kinds.get(turnOf(order).kind) ?? 0) + 1);
  const several = orders.filter((order) => new Set(order.items.map(({seller}) => seller)).size > 1).length;
  return `${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(', ')}; ${several} from several sellers`;
}

function planOf(order: RealOrder, first: number, atlas: Atlas, seed: number): OrderPlan {
  return {name: order.id, at: order.purchased - first, ...turnOf(order), body: bodyOf(order, atlas, seed)};
}

function bodyOf(order: RealOrder, atlas: Atlas, seed: number): OrderBody {
  const person = randomStream(seed, `customer ${order.customer}`);
  const id = shortHash(order.customer);
  const name = inventedName(person);
  const quantities = new Map<string, number>();
  for (const item of order.items) quantities.set(skuOf(order, item), (quantities.get(skuOf(order, item)) ?? 0) + 1);
  const {lat, lng} = atlas.locate(order);
  return {
    customer: {
      id,
      name,
      email: `${id}@example.com`,
      phone: `+55 11 5550 01${String(person.whole(10, 99))}`,
      locale: 'pt-BR',
    },
    ship_to: {
      name,
      line1: inventedStreet(person),
      city: order.city,
      ...postalPlace(order.zip, order.state),
      country: 'BR',
      lat,
      lng,
    },
    lines: [...quantities].map(([sku, qty]) => ({sku, qty})),
    payment_method: 'pm_card_visa',
    delivery_sla: 'STANDARD',
    allow_backorder: false,
    device_fingerprint: `device-${id}`,
  };
}

/** What is needed for these orders and no more: of every offer exactly what is ordered of it. */
function layoutOf(orders: readonly RealOrder[], data: RealData, atlas: Atlas): Layout {
  const sizes = usualSizes(data.orders);
  const products = new Map<string, ProductBody>();
  const stock = new Map<string, Layout['stock'][number]>();
  const sellers = new Set<string>();
  for (const order of orders) {
    for (const item of order.items) {
      const sku = skuOf(order, item);
      if (!products.has(sku)) products.set(sku, {...sizes(item), ...goodsOf(sku, item)});
      sellers.add(item.seller);
      if (turnOf(order).ending === 'out_of_stock') continue;
      const entry = stock.get(sku) ?? {warehouse: warehouseOf(item.seller), sku, qty: 0, bin: ''};
      stock.set(sku, {...entry, qty: entry.qty + 1});
    }
  }
  const layout: Layout = {
    currency: CURRENCY,
    products: [...products].map(([sku, body]) => ({sku, body})),
    warehouses: [...sellers].map((seller) => ({id: warehouseOf(seller), body: placeOf(seller, data, atlas)})),
    bins: [],
    boxes: boxes(CURRENCY),
    shippingRates: [{sla: 'STANDARD', price: {amount: SHIPPING, currency: CURRENCY}}],
    taxRates: [{area: 'BR', rate_bp: 0, inclusive: true}],
    stock: [...stock.values()],
  };
  giveBins(layout);
  return layout;
}

function goodsOf(sku: string, item: RealItem) {
  const name = `${item.category.replaceAll('_', ' ') || 'something'} ${sku}`;
  const category = item.category || 'unknown';
  const price = {amount: item.price, currency: CURRENCY};
  return {name, price, capacity_units: 1, barcode: `B-${sku}`, backorderable: false, category, origin_country: 'BR'};
}

function placeOf(id: string, {sellers}: RealData, atlas: Atlas): Layout['warehouses'][number]['body'] {
  const seller = sellers.get(id) ?? {id, zip: '01000', city: 'Sao Paulo', state: 'SP'};
  const {lat, lng, timezone} = atlas.locate(seller);
  const {postal_code, region} = postalPlace(seller.zip, seller.state);
  return {
    name: `Seller ${shortHash(id)} in ${seller.city}`,
    address: {line1: '1 Rua do Armazem', city: seller.city || 'Sao Paulo', region, postal_code, country: 'BR'},
    lat,
    lng,
    timezone,
    cut_off: '18:00',
    priority: 0,
  };
}
