import type {TestApi} from './api.ts';

export const WATER = {
  name: 'Water, 5 litres',
  price: {amount: 500, currency: 'USD'},
  weight_g: 5_000,
  length_mm: 180,
  width_mm: 180,
  height_mm: 330,
  capacity_units: 2,
  barcode: '4006381333931',
  backorderable: false,
  category: 'drinks',
  hs_code: '2201.10',
  origin_country: 'US',
};

export const WAREHOUSE = {
  name: 'New York 1',
  address: {line1: '1 Dock St', city: 'New York', region: 'NY', postal_code: '10001', country: 'US'},
  lat: 40.72,
  lng: -74.0,
  timezone: 'America/New_York',
  cut_off: '14:00',
  priority: 1,
};

/** WATER-5L (100 in stock), PHONE-X (10) and TEA (none, may be backordered) in WH-NY-1. */
export async function stockCatalogue(api: TestApi): Promise<void> {
  const ops = api.as('ops');
  const phone = {...WATER, name: 'Phone X', price: {amount: 4_000, currency: 'USD'}, capacity_units: 1, weight_g: 200};
  await ops.put('/v1/products/WATER-5L', WATER).expect(200);
  await ops.put('/v1/products/PHONE-X', phone).expect(200);
  await ops.put('/v1/products/TEA', {...WATER, name: 'Tea', backorderable: true}).expect(200);
  await ops.put('/v1/products/EURO', {...WATER, price: {amount: 700, currency: 'EUR'}}).expect(200);
  await ops.put('/v1/warehouses/WH-NY-1', WAREHOUSE).expect(200);
  for (const [sku, qty] of [
    ['WATER-5L', 100],
    ['PHONE-X', 10],
    ['EURO', 5],
  ] as const) {
    const receipt = {warehouse: 'WH-NY-1', sku, qty, reference: `first-${sku}`};
    await ops.post('/v1/inventory/receipts', receipt).expect(200);
  }
}

/** The order of the documentation: five units of capacity, $50.00. */
export function sampleOrder() {
  return {
    customer: {id: 'C-1', name: 'Ann Example', email: 'ann@example.com', phone: '+1 212 555 0100', locale: 'en-US'},
    ship_to: {
      name: 'Ann Example',
      line1: '20 W 34th St',
      city: 'New York',
      region: 'NY',
      postal_code: '10001',
      country: 'US',
      lat: 40.71,
      lng: -74.0,
    },
    lines: [
      {sku: 'WATER-5L', qty: 2},
      {sku: 'PHONE-X', qty: 1},
    ] as {sku: unknown; qty: unknown}[],
    payment_method: 'pm_card_visa',
    delivery_sla: 'SAME_DAY',
  };
}
