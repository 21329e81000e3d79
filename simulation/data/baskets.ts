import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import type {OrderBody} from '../api-types.ts';
import {Trouble} from '../options.ts';
import {randomStream} from '../random.ts';
import {inventedName, inventedStreet, letters} from '../world/invented-places.ts';
import {HOUR, type OrderPlan, type World} from '../world/plan.ts';
import {basketLayout} from './basket-layout.ts';
import {createAtlas, postalPlace} from './places.ts';
import {readRealData, type RealData} from './real-orders.ts';
import {csvRows} from '../../domain/text/csv.ts';

export interface Basket {
  invoice: string;
  lines: {sku: string; qty: number}[];
}

export interface Goods {
  baskets: Basket[];
  /** pence, by SKU: the first price it was sold at */
  prices: Map<string, number>;
}

const MOST_UNITS = 10;
const WANTED_SPLIT_SHARE = 0.15;

/** Real shopping baskets, sent to real places: products lie in several warehouses, so what is bought together may split. */
export async function basketWorld(given: {
  baskets: string;
  data?: string;
  orders: number;
  seed: number;
  rate: number;
  speed: number;
}): Promise<World> {
  const {seed, orders} = given;
  const goods = readBaskets(given.baskets);
  const places = readRealData(given.data ?? placesBeside(given.baskets));
  const random = randomStream(seed, 'baskets');
  const chosen = random.shuffle(goods.baskets).slice(0, orders);
  const atlas = createAtlas(places.municipalities);
  const shoppers = places.orders.filter(({city, state, zip}) => city && state && zip);
  const between = (1_000 / given.rate) * given.speed;
  const plans = chosen.map((basket, i): OrderPlan => {
    const shopper = random.pick(shoppers);
    const body = bodyOf(basket, shopper, atlas.locate(shopper), i);
    return {...storyOf(i, seed), name: `b${basket.invoice}`, at: Math.round(i * between), body};
  });
  for (const plan of plans) if (plan.ending === 'declined') plan.body.payment_method = 'pm_card_chargeDeclined';
  return {
    title: `${plans.length} of ${goods.baskets.length} recorded baskets, to the places of ${shoppers.length} recorded orders`,
    layout: basketLayout(new Set(chosen.flatMap(({lines}) => lines.map(({sku}) => sku))), goods.prices, seed),
    plans,
    notes: [
      `each product lies in 4 to 6 of 8 warehouses, chosen by its name; ${WANTED_SPLIT_SHARE * 100} % of the orders should split`,
    ],
    placeable: plans.length,
    wantedSplitShare: WANTED_SPLIT_SHARE,
    exact: true,
  };
}

function placesBeside(file: string): string {
  const folder = join(dirname(file), '..', 'orders');
  if (existsSync(join(folder, 'orders.csv'))) return folder;
  throw new Trouble(
    `--baskets needs real places: name the folder with orders.csv by --data (there is none at ${folder}).`,
  );
}

/** One in fifty changes their mind, one in a hundred is declined; the rest is delivered. */
function storyOf(index: number, seed: number): Omit<OrderPlan, 'name' | 'at' | 'body'> {
  const random = randomStream(seed, `basket ${index}`);
  const pick = random.whole(2, 10) * HOUR;
  const hand_over = pick + random.whole(4, 20) * HOUR;
  const journey = {pick, hand_over, arrive: hand_over + random.whole(20, 110) * HOUR, lost: 'none' as const};
  if (index % 50 === 7)
    return {kind: 'cancelled', ending: 'cancelled', journey, cancel: {when: 'accepted', after: pick / 2}};
  if (index % 100 === 42) return {kind: 'declined', ending: 'declined', journey};
  return {kind: 'basket', ending: 'delivered', journey};
}

function bodyOf(
  basket: Basket,
  place: RealData['orders'][number],
  {lat, lng}: {lat: number; lng: number},
  index: number,
): OrderBody {
  const person = randomStream(index, `shopper ${basket.invoice}`);
  const id = `basket-${letters(index)}`;
  const name = inventedName(person);
  return {
    customer: {id, name, email: `${id}@example.com`, locale: 'pt-BR'},
    ship_to: {
      name,
      line1: inventedStreet(person),
      city: place.city,
      ...postalPlace(place.zip, place.state),
      country: 'BR',
      lat,
      lng,
    },
    lines: basket.lines.map(({sku, qty}) => ({sku: `GIFT-${sku}`, qty})),
    payment_method: 'pm_card_visa',
    delivery_sla: 'STANDARD',
    device_fingerprint: `device-${id}`,
  };
}

/** Invoices of 2 to 10 different products; cancellations, returns, free lines and codes that are no products left out. */
export function readBaskets(file: string): Goods {
  const bytes = readFileSync(file);
  const rows = csvRows((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  return basketsOf(rows);
}

export function basketsOf(rows: readonly string[][]): Goods {
  const [header = [], ...lines] = rows;
  const column = (name: string) => header.indexOf(name);
  const [invoiceAt, skuAt, qtyAt, priceAt] = ['invoice', 'sku', 'qty', 'unit_price'].map(column) as [
    number,
    number,
    number,
    number,
  ];
  const prices = new Map<string, number>();
  const invoices = new Map<string, Map<string, number>>();
  for (const line of lines) {
    const [invoice = '', sku = '', qty, price] = [
      line[invoiceAt],
      line[skuAt]?.toUpperCase(),
      Number(line[qtyAt]),
      Number(line[priceAt]),
    ];
    if (invoice.startsWith('C') || !(qty > 0) || !(price > 0) || !/^\d{5}[A-Z]{0,2}$/.test(sku)) continue;
    if (!prices.has(sku)) prices.set(sku, Math.max(1, Math.round(price * 100)));
    const units = invoices.get(invoice) ?? new Map<string, number>();
    units.set(sku, Math.min(MOST_UNITS, (units.get(sku) ?? 0) + Math.round(qty)));
    invoices.set(invoice, units);
  }
  const baskets = [...invoices]
    .filter(([, units]) => units.size >= 2 && units.size <= 10)
    .map(([invoice, units]) => ({invoice, lines: [...units].map(([sku, qty]) => ({sku, qty}))}));
  return {baskets, prices};
}
