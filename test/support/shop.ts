import type {ShipTo} from '../../store/personal-data.ts';
import type {TestApi} from './api.ts';

const address = (city: string, region: string, postal_code: string) => ({
  line1: '1 Dock Road',
  city,
  region,
  postal_code,
  country: 'US',
});
const PLACES = {
  EAST: {address: address('New York', 'NY', '10001'), lat: 40.72, lng: -74.0, timezone: 'America/New_York'},
  WEST: {address: address('Los Angeles', 'CA', '90012'), lat: 34.06, lng: -118.24, timezone: 'America/Los_Angeles'},
  LAKE: {address: address('Chicago', 'IL', '60601'), lat: 41.88, lng: -87.62, timezone: 'America/Chicago'},
} as const;
export type Place = keyof typeof PLACES;

export const SHIPPING = 499;
/** New York's: 8.88 % on top. */
export const TAX_BP = 888;
const usd = (amount: number) => ({amount, currency: 'USD'});

/** Three warehouses, one box that takes everything here, one rate, one tax. */
export async function openShop(api: TestApi): Promise<void> {
  const admin = api.as('admin');
  for (const id of Object.keys(PLACES) as Place[]) await openSite(api, id, id);
  const box = {
    inner_mm: [400, 300, 300],
    outer_mm: [410, 310, 310],
    weight_g: 200,
    max_weight_g: 20_000,
    cost: usd(50),
  };
  await admin.put('/v1/boxes/BOX', box).expect(200);
  await admin.put('/v1/shipping-rates/STANDARD', {price: usd(SHIPPING)}).expect(200);
  await admin.put('/v1/tax-rates/US-NY', {rate_bp: TAX_BP, inclusive: false}).expect(200);
}

/** A warehouse at one of the places, with two bins. */
export async function openSite(api: TestApi, id: string, at: Place): Promise<void> {
  const admin = api.as('admin');
  const site = {...PLACES[at], name: `${id} house`, cut_off: '16:00', priority: 1};
  await admin.put(`/v1/warehouses/${id}`, site).expect(200);
  const shelf = {aisle: '1', rack: 'A', shelf: '1', x_mm: 1_000, y_mm: 2_000};
  await admin.put(`/v1/warehouses/${id}/bins/A-1`, shelf).expect(200);
  await admin.put(`/v1/warehouses/${id}/bins/A-2`, {...shelf, shelf: '2'}).expect(200);
}

export interface Offer {
  /** minor units */
  price?: number;
  at?: Partial<Record<Place, number>>;
  backorderable?: boolean;
  /** other fields of the product */
  more?: Record<string, unknown>;
}

let products = 0;

/** A product of its own for one scenario, with its stock; returns the sku. */
export async function offer(
  api: TestApi,
  {price = 1_999, at = {}, backorderable = false, more}: Offer,
): Promise<string> {
  products += 1;
  const sku = `SKU-${products}`;
  const body = {
    name: `Thing ${products}`,
    price: usd(price),
    weight_g: 400,
    length_mm: 100,
    width_mm: 80,
    height_mm: 60,
    capacity_units: 1,
    barcode: `bar-${products}`,
    backorderable,
    category: 'things',
    ...more,
  };
  await api.as('admin').put(`/v1/products/${sku}`, body).expect(200);
  for (const [warehouse, qty] of Object.entries(at)) {
    const receipt = {warehouse, sku, qty, bin: 'A-1', reference: `first-${warehouse}-${sku}`};
    await api.as('receiver').post('/v1/inventory/receipts', receipt).expect(200);
  }
  return sku;
}

export interface Wish {
  lines: {sku: string; qty: number}[];
  payment_method?: string;
  /** instead, where the shop authorises by itself */
  payment_intent?: string;
  customer?: string;
  allow_backorder?: boolean;
  /** another than the usual one */
  ship_to?: ShipTo;
  person?: {name?: string; email?: string; phone?: string};
}

/** Another door, in a state where no tax is added. */
export const BOSTON = {
  name: 'Ann Example',
  line1: '9 Example Street West',
  city: 'Boston',
  region: 'MA',
  postal_code: '02108',
  country: 'US',
  lat: 42.36,
  lng: -71.06,
};

let shoppers = 0;

/** An order to New York; every one from another shopper unless one is named. */
export function orderOf({lines, payment_method = 'pm_card_visa', payment_intent, customer, person, ...rest}: Wish) {
  shoppers += 1;
  const paid: {payment_method?: string; payment_intent?: string} =
    payment_intent === undefined ? {payment_method} : {payment_intent};
  const id = customer ?? `shopper-${shoppers}`;
  return {
    customer: {id, name: 'Ann Example', email: `${id}@example.com`, locale: 'en-US', ...person},
    ship_to: {
      name: 'Ann Example',
      line1: `${shoppers} Example Street`,
      city: 'New York',
      region: 'NY',
      postal_code: '10007',
      country: 'US',
      lat: 40.71,
      lng: -74.0,
    },
    lines,
    ...paid,
    delivery_sla: 'STANDARD',
    ...rest,
  };
}
