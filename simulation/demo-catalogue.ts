import {hash32} from './random.ts';
import {boxes} from './world/boxes.ts';
import {giveBins} from './world/invented-catalogue.ts';
import {DAY, type Layout} from './world/plan.ts';

const CURRENCY = 'USD';
/** Nobody should have to wait for the morning to try a same-day order. */
const CUT_OFF = '23:59';

interface DemoProduct {
  sku: string;
  name: string;
  cents: number;
  grams: number;
  mm: [number, number, number];
  units?: number;
  category: string;
  backorderable?: boolean;
  /** units in New York, Chicago, Los Angeles */
  stock: [number, number, number];
}

const PRODUCTS: readonly DemoProduct[] = [
  {
    sku: 'WATER-5L',
    name: 'Spring water, 5 l',
    cents: 600,
    grams: 5_150,
    mm: [320, 160, 160],
    units: 2,
    category: 'drinks',
    stock: [120, 80, 60],
  },
  {
    sku: 'PHONE-X',
    name: 'Phone X, prepaid',
    cents: 2_900,
    grams: 240,
    mm: [160, 85, 40],
    units: 1,
    category: 'phones',
    stock: [40, 0, 40],
  },
  {
    sku: 'PROTEIN-1KG',
    name: 'Whey protein, vanilla, 1 kg',
    cents: 3_190,
    grams: 1_120,
    mm: [240, 160, 160],
    category: 'nutrition',
    stock: [60, 60, 30],
  },
  {
    sku: 'MUG-BLUE',
    name: 'Stoneware mug, blue',
    cents: 1_490,
    grams: 420,
    mm: [130, 110, 105],
    category: 'kitchen',
    stock: [80, 50, 40],
  },
  {
    sku: 'MUG-SAND',
    name: 'Stoneware mug, sand',
    cents: 1_490,
    grams: 420,
    mm: [130, 110, 105],
    category: 'kitchen',
    stock: [0, 50, 40],
  },
  {
    sku: 'BOTTLE-STEEL',
    name: 'Steel bottle, 0.7 l',
    cents: 2_450,
    grams: 380,
    mm: [260, 75, 75],
    category: 'outdoors',
    stock: [50, 40, 40],
  },
  {
    sku: 'LAMP-DESK',
    name: 'Desk lamp, oak',
    cents: 5_990,
    grams: 1_400,
    mm: [420, 180, 160],
    category: 'home',
    stock: [20, 15, 0],
  },
  {
    sku: 'NOTEBOOK-A5',
    name: 'Notebook A5, dotted',
    cents: 990,
    grams: 280,
    mm: [212, 148, 16],
    category: 'paper',
    stock: [200, 150, 150],
  },
  {
    sku: 'BLANKET-WOOL',
    name: 'Wool blanket',
    cents: 7_450,
    grams: 1_300,
    mm: [400, 320, 120],
    category: 'home',
    stock: [0, 30, 0],
  },
  {
    sku: 'HEADSET-AIR',
    name: 'Headset Air',
    cents: 8_900,
    grams: 310,
    mm: [200, 180, 90],
    category: 'phones',
    stock: [0, 0, 30],
  },
  {
    sku: 'HONEY-500',
    name: 'Honey, next batch, 500 g',
    cents: 1_250,
    grams: 650,
    mm: [110, 90, 90],
    category: 'nutrition',
    backorderable: true,
    stock: [0, 0, 0],
  },
  {
    sku: 'GREENHOUSE',
    name: 'Greenhouse, sent by its maker',
    cents: 12_900,
    grams: 14_000,
    mm: [900, 300, 120],
    category: 'garden',
    stock: [0, 0, 0],
  },
];

/** Sends what no warehouse keeps. */
const SUPPLIERS: NonNullable<Layout['suppliers']> = [
  {id: 'DEMO-GARDEN', character: 'good', offers: [{sku: 'GREENHOUSE', amount: 8_200}], answer_within: DAY},
];

const WAREHOUSES: Layout['warehouses'] = [
  warehouse('WH-NY-1', 'New York', 'NY', '10001', 40.7506, -73.9972, 'America/New_York', 0),
  warehouse('WH-CHI-1', 'Chicago', 'IL', '60607', 41.8721, -87.6578, 'America/Chicago', 1),
  warehouse('WH-LA-1', 'Los Angeles', 'CA', '90021', 34.0309, -118.2386, 'America/Los_Angeles', 2),
];

/** The shop that `npm start` shows: three warehouses, a few things to order, one pair that lies on two coasts, one thing that a supplier sends. */
export function demoLayout(): Layout {
  const layout: Layout = {
    currency: CURRENCY,
    products: PRODUCTS.map(productOf),
    warehouses: WAREHOUSES,
    bins: [],
    boxes: boxes(CURRENCY),
    shippingRates: Object.entries({SAME_DAY: 900, NEXT_DAY: 1_490, TWO_DAY: 1_090, STANDARD: 590}).map(
      ([sla, amount]) => ({
        sla,
        price: {amount, currency: CURRENCY},
      }),
    ),
    suppliers: SUPPLIERS,
    taxRates: [{area: 'US', rate_bp: 0, inclusive: true}],
    stock: PRODUCTS.flatMap(({sku, stock}) =>
      stock.flatMap((qty, i) => (qty > 0 ? [{warehouse: WAREHOUSES[i]?.id ?? '', sku, qty, bin: ''}] : [])),
    ),
  };
  giveBins(layout);
  return layout;
}

function productOf({
  sku,
  name,
  cents,
  grams,
  mm,
  units = 1,
  category,
  backorderable = false,
}: DemoProduct): Layout['products'][number] {
  const [length_mm, width_mm, height_mm] = mm;
  const price = {amount: cents, currency: CURRENCY};
  const barcode = `20${String(hash32(sku)).padStart(10, '0')}`;
  return {
    sku,
    body: {
      name,
      price,
      weight_g: grams,
      length_mm,
      width_mm,
      height_mm,
      capacity_units: units,
      barcode,
      backorderable,
      category,
    },
  };
}

function warehouse(
  id: string,
  city: string,
  region: string,
  postal_code: string,
  lat: number,
  lng: number,
  timezone: string,
  priority: number,
): Layout['warehouses'][number] {
  const address = {line1: '1 Dock Road', city, region, postal_code, country: 'US'};
  return {id, body: {name: `Waybill ${city}`, address, lat, lng, timezone, cut_off: CUT_OFF, priority}};
}
