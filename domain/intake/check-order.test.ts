import {checkOrder, type IntakeFacts, type IntakeRequest} from './check-order.ts';

const address = {
  name: 'Ann Example',
  line1: '1 Main St',
  city: 'New York',
  region: 'NY',
  postal_code: '10001',
  country: 'US',
  lat: 40.71,
  lng: -74,
};
const request: IntakeRequest = {
  lines: [
    {index: 0, sku: 'WATER-5L', qty: 2},
    {index: 1, sku: 'PHONE-X', qty: 1},
  ],
  address,
  sla: 'SAME_DAY',
  deadline: null,
  promo_codes: [],
  quote_id: null,
  allow_backorder: true,
  asked: null,
};
const product = (change = {}) => ({currency: 'USD', unit_amount: 100, backorderable: false, ...change});
const facts: IntakeFacts = {
  products: new Map([
    ['WATER-5L', product()],
    ['PHONE-X', product()],
    ['TEA', product({currency: 'EUR', backorderable: true})],
  ]),
  available: new Map([
    ['WATER-5L', 2],
    ['PHONE-X', 1],
  ]),
  distances_km: [12],
  reach: {SAME_DAY: 60, NEXT_DAY: 800, TWO_DAY: 2500, STANDARD: null},
  promos: new Map(),
  quote: null,
  now: 1_000,
};
const codes = (change: Partial<IntakeRequest>, other: Partial<IntakeFacts> = {}) =>
  checkOrder({...request, ...change}, {...facts, ...other}).faults.map((f) => `${f.pointer} ${f.code}`);
const shortages = (change: Partial<IntakeRequest>) =>
  checkOrder({...request, ...change}, facts).shortages.map((f) => `${f.pointer} ${f.detail}`);

describe('the check of an order', () => {
  it('has nothing against a good one', () => {
    expect(checkOrder(request, facts)).toEqual({faults: [], shortages: []});
  });

  it('reports everything at once', () => {
    const found = codes(
      {
        lines: [
          {index: 0, sku: 'GONE', qty: 1},
          {index: 1, sku: 'WATER-5L', qty: 1},
          {index: 3, sku: 'TEA', qty: 1},
        ],
        address: {...address, postal_code: 'SW1A'},
        deadline: 1_000,
        promo_codes: ['A', 'B'],
        quote_id: 'q',
      },
      {distances_km: [61]},
    );
    expect(found).toEqual([
      '/ship_to/postal_code invalid_postal_code',
      '/lines/0/sku unknown_sku',
      '/lines/3/sku mixed_currency',
      '/delivery_sla sla_unreachable',
      '/deadline in_the_past',
      '/promo_codes/0 unknown_promo_code',
      '/promo_codes/1 unknown_promo_code',
      '/quote_id unknown_quote',
    ]);
  });

  it('promises STANDARD to everywhere, the others only within reach', () => {
    expect(codes({sla: 'STANDARD'}, {distances_km: []})).toEqual([]);
    expect(codes({sla: 'NEXT_DAY'}, {distances_km: []})).toEqual(['/delivery_sla sla_unreachable']);
    expect(codes({sla: 'NEXT_DAY'}, {distances_km: [900, 800]})).toEqual([]);
  });

  it('counts a product over all its lines', () => {
    const lines = [
      {index: 0, sku: 'WATER-5L', qty: 1},
      {index: 1, sku: 'WATER-5L', qty: 2},
    ];
    expect(shortages({lines})).toEqual(['/lines/0/qty only 2 left', '/lines/1/qty only 2 left']);
    expect(shortages({lines: lines.slice(1)})).toEqual([]);
  });

  it('needs product and order to allow a backorder', () => {
    const lines = [{index: 0, sku: 'TEA', qty: 5}];
    expect(shortages({lines})).toEqual([]);
    expect(shortages({lines, allow_backorder: false})).toEqual(['/lines/0/qty none left']);
  });

  it('refuses sums that could lose a cent', () => {
    const products = new Map([['WATER-5L', product({unit_amount: 10 ** 12})]]);
    expect(codes({lines: [{index: 0, sku: 'WATER-5L', qty: 2}]}, {products})).toContain('/lines amount_too_large');
  });
});
