import {hash32, type Random} from '../random.ts';
import {boxes, shelf} from './boxes.ts';
import type {Layout} from './plan.ts';
import {addSuppliers, type DropShipped} from './suppliers.ts';
import {GOOD_CODE, PAST_CODE} from './quote-story.ts';

const CURRENCY = 'USD';
const PLENTY = 100_000;

/** id, city, region, postal code, lat, lng, timezone */
const WAREHOUSES: readonly [string, string, string, string, number, number, string][] = [
  ['NYC', 'New York', 'NY', '10001', 40.75, -73.99, 'America/New_York'],
  ['CHI', 'Chicago', 'IL', '60607', 41.87, -87.65, 'America/Chicago'],
  ['LAX', 'Los Angeles', 'CA', '90021', 34.03, -118.24, 'America/Los_Angeles'],
  ['DAL', 'Dallas', 'TX', '75207', 32.79, -96.82, 'America/Chicago'],
  ['ATL', 'Atlanta', 'GA', '30318', 33.79, -84.43, 'America/New_York'],
  ['OAK', 'Oakland', 'CA', '94607', 37.8, -122.28, 'America/Los_Angeles'],
  ['RNO', 'Reno', 'NV', '89502', 39.52, -119.78, 'America/Los_Angeles'],
];

/** name, price in cents, grams, edges in millimetres */
const KINDS: readonly [string, number, number, [number, number, number]][] = [
  ['Steel bottle', 2_450, 380, [260, 75, 75]],
  ['Stoneware mug', 1_490, 420, [130, 110, 105]],
  ['Whey protein 1 kg', 3_190, 1_120, [240, 160, 160]],
  ['Yoga mat', 4_250, 1_650, [620, 150, 150]],
  ['Desk lamp', 5_990, 1_400, [420, 180, 160]],
  ['Phone case', 1_790, 60, [170, 90, 20]],
  ['Wool blanket', 7_450, 1_300, [400, 320, 120]],
  ['Chef knife', 8_990, 310, [380, 80, 40]],
  ['Board game', 3_450, 980, [300, 300, 70]],
  ['Rain jacket', 9_900, 520, [340, 260, 70]],
  ['Coffee beans 500 g', 1_650, 540, [220, 110, 70]],
  ['Running socks', 990, 90, [180, 100, 40]],
];
const VARIANTS = ['red', 'blue', 'green', 'black', 'white'] as const;

export interface InventedCatalogue {
  layout: Layout;
  /** stocked in three or four places */
  common: string[];
  /** only in New York, only in Los Angeles: one of each splits an order */
  east: string[];
  west: string[];
  /** sold out everywhere, not to be backordered */
  soldOut: string;
  /** sold out, but backordered */
  awaited: string;
  /** not there yet; whoever orders it gets it */
  coming: string;
  /** in one place, in one bin */
  counted: string;
  /** in two places that have nothing else */
  sided: string;
  /** so dear that a person looks at the order */
  dear: string;
  /** kept by suppliers only */
  dropShipped: DropShipped;
  warehouses: string[];
}

/** About sixty invented products in five warehouses of one country. */
export function inventedCatalogue(random: Random, orders: number): InventedCatalogue {
  const warehouses = WAREHOUSES.map(([id]) => `SIM-${id}`).filter((id) => !(SIDES as readonly string[]).includes(id));
  const catalogue: InventedCatalogue = {
    layout: emptyLayout(),
    common: [],
    east: [],
    west: [],
    soldOut: 'SIM-GONE',
    awaited: 'SIM-AWAITED',
    coming: 'SIM-COMING',
    counted: 'SIM-COUNTED',
    sided: 'SIM-SIDED',
    dear: 'SIM-ESPRESSO-PRO',
    dropShipped: {
      good: ['SIM-DROP-1', 'SIM-DROP-2'],
      partial: 'SIM-DROP-3',
      silent: 'SIM-DROP-4',
      refused: 'SIM-DROP-5',
    },
    warehouses,
  };
  const {layout} = catalogue;
  for (const [kind, [name, price, weight, size]] of KINDS.entries()) {
    for (const [variant, colour] of VARIANTS.entries()) {
      const sku = `SIM-${String(kind * VARIANTS.length + variant + 1).padStart(3, '0')}`;
      addProduct(layout, sku, `${name}, ${colour}`, price + 10 * variant, weight, size);
      const only = variant === 3 ? 'east' : variant === 4 ? 'west' : 'common';
      catalogue[only].push(sku);
      const places =
        only === 'east' ? ['SIM-NYC'] : only === 'west' ? ['SIM-LAX'] : somePlaces(warehouses, sku, random);
      for (const warehouse of places)
        layout.stock.push({warehouse, sku, qty: Math.min(PLENTY, 50 + 12 * orders), bin: ''});
    }
  }
  addProduct(layout, catalogue.soldOut, 'Limited print', 4_900, 300, [420, 310, 20]);
  addProduct(layout, catalogue.awaited, 'Next batch of honey', 1_250, 650, [110, 90, 90], true);
  addProduct(layout, catalogue.dear, 'Espresso machine, two groups', 240_000, 21_000, [560, 480, 460]);
  for (const warehouse of ['SIM-CHI', 'SIM-DAL']) {
    layout.stock.push({warehouse, sku: catalogue.dear, qty: 20 + orders, bin: ''});
  }
  const {good, partial, silent, refused} = catalogue.dropShipped;
  for (const sku of [...good, partial, silent, refused])
    addProduct(layout, sku, `Garden bench ${sku.slice(-1)}`, 12_900, 9_000, [900, 400, 300]);
  addSuppliers(layout, catalogue.dropShipped);
  addProduct(layout, catalogue.coming, 'Comb honey', 1_890, 450, [120, 90, 60], true);
  addProduct(layout, catalogue.counted, 'Tin whistle', 1_350, 90, [310, 40, 30], true);
  addProduct(layout, catalogue.sided, 'Garden chair', 6_450, 3_900, [900, 520, 140], true);
  layout.stock.push({warehouse: 'SIM-CHI', sku: catalogue.counted, qty: 20 + orders, bin: ''});
  for (const warehouse of SIDES) layout.stock.push({warehouse, sku: catalogue.sided, qty: 20 + orders, bin: ''});
  giveBins(layout);
  return catalogue;
}

/** Two small sites beside the five: switching one off stops nothing else. */
const SIDES = ['SIM-OAK', 'SIM-RNO'] as const;

/** Where a product lies in the beginning. */
export function placesOf({stock}: Layout, wanted: string): {warehouse: string; bin: string}[] {
  return stock.filter(({sku}) => sku === wanted).map(({warehouse, bin}) => ({warehouse, bin}));
}

function emptyLayout(): Layout {
  return {
    currency: CURRENCY,
    products: [],
    warehouses: WAREHOUSES.map(([id, city, region, postal_code, lat, lng, timezone], priority) => ({
      id: `SIM-${id}`,
      body: {
        name: `${city} (simulated)`,
        address: {line1: '1 Dock Road', city, region, postal_code, country: 'US'},
        lat,
        lng,
        timezone,
        cut_off: '16:00',
        priority,
      },
    })),
    bins: [],
    boxes: boxes(CURRENCY),
    shippingRates: [
      {sla: 'STANDARD', price: {amount: 590, currency: CURRENCY}},
      {sla: 'TWO_DAY', price: {amount: 1_190, currency: CURRENCY}},
    ],
    promoCodes: [
      {code: GOOD_CODE, body: {percent_bp: 1_000, combinable: false}},
      {code: PAST_CODE, body: {percent_bp: 2_000, combinable: false, valid_until: '1999-12-31T23:59:59Z'}},
    ],
    taxRates: [
      {area: 'US', rate_bp: 0, inclusive: false},
      {area: 'US-NY', rate_bp: 888, inclusive: false},
    ],
    stock: [],
  };
}

function addProduct(
  layout: Layout,
  sku: string,
  name: string,
  price: number,
  weight_g: number,
  [length_mm, width_mm, height_mm]: [number, number, number],
  backorderable = false,
): void {
  const barcode = `29${String(hash32(sku)).padStart(10, '0')}`;
  const body = {name, price: {amount: price, currency: CURRENCY}, weight_g, length_mm, width_mm, height_mm};
  layout.products.push({
    sku,
    body: {...body, capacity_units: 1, barcode, backorderable, category: name.split(',')[0] ?? name},
  });
}

function somePlaces(warehouses: readonly string[], sku: string, random: Random): string[] {
  const count = 3 + (hash32(sku) % 2);
  return random.shuffle(warehouses).slice(0, count);
}

/** One shelf for each product of a warehouse, in the order of the list. */
export function giveBins(layout: Layout): void {
  const used = new Map<string, number>();
  for (const entry of layout.stock) {
    const index = used.get(entry.warehouse) ?? 0;
    used.set(entry.warehouse, index + 1);
    const {bin, body} = shelf(index);
    entry.bin = bin;
    layout.bins.push({warehouse: entry.warehouse, bin, body});
  }
}
