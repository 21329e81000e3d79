import {OPEN_POLICY, QUOTES} from '../../domain/policy/policy.ts';
import {REAL_TIME} from '../../domain/time/shared-clock.ts';
import {hashKey} from '../../api/auth.ts';
import {registerApiKeys} from '../../store/register-api-keys.ts';
import {sweepQuotes} from '../../store/sweep-quotes.ts';
import {countRows, freshKey, startTestApi, type TestApi} from '../support/api.ts';
import {sampleOrder, stockCatalogue, WAREHOUSE, WATER} from '../support/catalogue.ts';

let api: TestApi;
const clock = {...REAL_TIME};
/** Wednesday, 10:00 in New York */
const NOON = Date.parse('2030-05-08T14:00:00Z');
beforeAll(async () => {
  clock.t0 = NOON;
  clock.real0 = Date.now();
  api = await startTestApi({clock}, {...OPEN_POLICY, quotes: QUOTES});
  await stockCatalogue(api);
  const ops = api.as('ops');
  await ops.put('/v1/warehouses/WH-LA-1', {
    ...WAREHOUSE,
    name: 'Los Angeles',
    lat: 34.06,
    lng: -118.24,
    timezone: 'America/Los_Angeles',
  });
  for (const [sku, place, qty] of [
    ['LAMP', 'WH-NY-1', 2],
    ['LAMP', 'WH-LA-1', 3],
    ['CUP', 'WH-NY-1', 4],
  ] as const) {
    await ops
      .put(`/v1/products/${sku}`, {...WATER, name: sku, price: {amount: 1_000, currency: 'USD'}, weight_g: 500})
      .expect(200);
    await ops.post('/v1/inventory/receipts', {warehouse: place, sku, qty, reference: `${sku}-${place}`}).expect(200);
  }
  await api
    .as('finance')
    .put('/v1/shipping-rates/TWO_DAY', {price: {amount: 500, currency: 'USD'}})
    .expect(200);
});
afterAll(() => api.close());
beforeEach(() => {
  clock.t0 = NOON;
  clock.real0 = Date.now();
});
const later = (ms: number) => void (clock.t0 += ms);

const MINUTE = 60_000;
const wish = (lines: object[], change: object = {}) => {
  const {payment_method: _method, ...rest} = sampleOrder();
  return {...rest, delivery_sla: 'TWO_DAY', lines, ...change};
};
const ask = (body: object, key?: string) => api.as('checkout').post('/v1/quotes', body, key);
const order = (body: object, quote_id: string) => ({...body, payment_method: 'pm_card_visa', quote_id});
const place = (body: object) => api.as('checkout').post('/v1/orders', body);
const faults = async (body: object) =>
  ((await place(body).expect(422)).body.errors as {pointer: string; code: string}[]).map(
    (e) => `${e.pointer} ${e.code}`,
  );
const available = async (sku: string) => {
  const {body} = await api.as('ops').get(`/v1/inventory/${sku}`).expect(200);
  return (body.warehouses as {available: number}[]).reduce((sum, w) => sum + w.available, 0);
};

describe('a quote', () => {
  it('tells what leaves from where, when it arrives, and what it costs', async () => {
    const {body} = await ask(wish([{sku: 'LAMP', qty: 4}])).expect(200);
    expect(body).toMatchObject({
      split: true,
      holds_stock: false,
      total: {amount: 4_500, currency: 'USD'},
      totals: {items: {amount: 4_000}, shipping: {amount: 500}, total: {amount: 4_500}},
    });
    expect(Date.parse(body.expires_at) - NOON).toBeGreaterThanOrEqual(60 * MINUTE);
    const [west, east] = body.shipments;
    expect(body.shipments).toHaveLength(2);
    // picked up at 14:00 in New York, on the road for a day at most, until 20:00
    expect(east).toMatchObject({
      source: {kind: 'warehouse', id: 'WH-NY-1'},
      lines: [{sku: 'LAMP', qty: 2}],
      estimated_pickup: '2030-05-08T18:00:00.000Z',
      eta_from: '2030-05-08T18:00:00.000Z',
      eta_to: '2030-05-10T00:00:00.000Z',
      cost: {amount: 250},
    });
    // two business days from Los Angeles, by the clocks of New York
    expect(west).toMatchObject({
      lines: [{sku: 'LAMP', qty: 2}],
      eta_to: '2030-05-11T00:00:00.000Z',
      cost: {amount: 250},
    });
    expect(body.warnings).toEqual([{code: 'split', detail: 'It comes in 2 shipments.'}]);
  });

  it('warns of backorders, missed cut-offs, closed days and lateness in plain sentences', async () => {
    later(5 * 3_600_000);
    const {body} = await ask(
      wish(
        [
          {sku: 'TEA', qty: 1},
          {sku: 'CUP', qty: 1},
        ],
        {deadline: '2030-05-09T12:00:00Z'},
      ),
    ).expect(200);
    expect(body.warnings).toEqual([
      {code: 'split', detail: 'It comes in 2 shipments.'},
      {code: 'backorder', detail: '1 of TEA is not in stock and will be sent when more arrive.'},
      {
        code: 'late',
        detail:
          'What comes from WH-NY-1 may take until 2030-05-11 00:00 UTC, later than the 2030-05-09 12:00 UTC asked for.',
      },
      {code: 'cut_off_missed', detail: "The day's last pick-up is over at WH-NY-1: it leaves on 2030-05-09."},
    ]);
    expect(body.shipments[1]).toMatchObject({source: {kind: null, id: null}, eta_to: null, expected_cost: null});
    later(3 * 86_400_000);
    const saturday = await ask(wish([{sku: 'CUP', qty: 1}], {delivery_sla: 'NEXT_DAY'})).expect(200);
    expect(saturday.body.warnings.map((w: {code: string}) => w.code)).toEqual(['late', 'site_closed']);
  });

  it('goes by the calendar of the warehouse', async () => {
    const path = '/v1/warehouses/WH-NY-1/calendar';
    await api
      .as('ops')
      .put(path, {open_weekdays: [1, 2, 3, 4, 5], closed_dates: ['2030-05-08', '2030-05-09']})
      .expect(200);
    const {body} = await ask(wish([{sku: 'CUP', qty: 1}])).expect(200);
    expect(body.shipments[0].estimated_pickup).toBe('2030-05-10T18:00:00.000Z');
    await api
      .as('ops')
      .put(path, {open_weekdays: [1, 2, 3, 4, 5], closed_dates: []})
      .expect(200);
  });

  it('is the same for the same request, and keeps nothing in stock unless asked', async () => {
    const key = freshKey();
    const first = await ask(wish([{sku: 'CUP', qty: 1}]), key).expect(200);
    const again = await ask(wish([{sku: 'CUP', qty: 1}]), key).expect(200);
    expect(again.body).toEqual(first.body);
    expect((await ask(wish([{sku: 'CUP', qty: 2}]), key).expect(422)).body.code).toBe('idempotency_key_reused');
    expect(await available('CUP')).toBe(4);
  });

  it('reports all faults of its request, and a lack of stock, as an order would', async () => {
    const before = await countRows(api.store);
    const {body} = await ask(
      wish([{sku: 'GONE', qty: 1}], {promo_codes: ['NONE'], payment_method: 'pm_card_visa'}),
    ).expect(422);
    expect(body.errors.map((e: {pointer: string; code: string}) => `${e.pointer} ${e.code}`)).toEqual([
      '/payment_method unknown_field',
      '/lines/0/sku unknown_sku',
      '/promo_codes/0 unknown_promo_code',
    ]);
    const short = await ask(wish([{sku: 'CUP', qty: 5}])).expect(409);
    expect(short.body).toMatchObject({code: 'out_of_stock', errors: [{pointer: '/lines/0/qty', code: 'out_of_stock'}]});
    expect(await countRows(api.store)).toEqual(before);
  });

  it('holds nothing personal', async () => {
    await ask(
      wish([{sku: 'CUP', qty: 1}], {
        ship_to: {...sampleOrder().ship_to, line1: '99 Canary Lane', name: 'Zelda Canary'},
      }),
    ).expect(200);
    const {rows} = await api.store.pool.query<{all: string}>(`SELECT string_agg(t::text, ' ') AS all FROM quotes t`);
    expect(rows[0]?.all).not.toMatch(/canary|example\.com/i);
  });
});

describe('an order by a quote', () => {
  it('has its price, whatever the catalogue says since', async () => {
    await api.as('finance').put('/v1/promo-codes/Q10', {percent_bp: 1_000, combinable: false}).expect(200);
    const body = wish([{sku: 'CUP', qty: 1}], {promo_codes: ['Q10']});
    const quote = (await ask(body).expect(200)).body;
    expect(quote.totals).toMatchObject({discount: {amount: 100}, total: {amount: 1_400}});
    const cup = {...WATER, name: 'CUP', price: {amount: 9_999, currency: 'USD'}, weight_g: 500};
    await api.as('ops').put('/v1/products/CUP', cup).expect(200);
    await api
      .as('finance')
      .put('/v1/promo-codes/Q10', {percent_bp: 1, combinable: false, valid_until: '2001-01-01T00:00:00Z'});
    const placed = await place(order({...body, promo_codes: []}, quote.quote_id)).expect(201);
    expect(placed.body.totals).toEqual(quote.totals);
    expect((await api.as('ops').get('/v1/promo-codes/Q10').expect(200)).body.used).toBe(1);
    await api
      .as('ops')
      .put('/v1/products/CUP', {...cup, price: {amount: 1_000, currency: 'USD'}})
      .expect(200);
  });

  it('is refused when the quote is another one, with what to do instead', async () => {
    const body = wish([{sku: 'CUP', qty: 1}]);
    const {quote_id} = (await ask(body).expect(200)).body;
    const differently = {...body, lines: [{sku: 'CUP', qty: 2}], ship_to: {...body.ship_to, line1: '1 Other St'}};
    const {errors} = (await place(order(differently, quote_id)).expect(422)).body;
    expect(errors).toEqual([
      {
        pointer: '/quote_id',
        code: 'quote_mismatch',
        detail:
          'the quote is for other lines and another address; send what it was made for, or ask for a new one with POST /v1/quotes',
      },
    ]);
    expect(await faults(order({...body, customer: {...body.customer, id: 'C-2'}}, quote_id))).toEqual([
      '/quote_id quote_mismatch',
    ]);
    expect(await faults(order(body, 'quo_none'))).toEqual(['/quote_id unknown_quote']);
    const key = 'the-key-of-another-shop-with-quotes';
    await registerApiKeys(api.store, [{role: 'checkout', client_id: 'other-shop', key_hash: hashKey(key)}]);
    const theirs = await api.anonymous
      .post('/v1/orders')
      .set({Authorization: `Bearer ${key}`, 'Idempotency-Key': freshKey()})
      .send(order(body, quote_id));
    expect(theirs.body.errors).toEqual([expect.objectContaining({pointer: '/quote_id', code: 'unknown_quote'})]);
    await place(order(body, quote_id)).expect(201);
    expect(await faults(order(body, quote_id))).toEqual(['/quote_id quote_used']);
  });

  it('is placed once, however many come at once', async () => {
    const body = wish([{sku: 'WATER-5L', qty: 1}]);
    const {quote_id} = (await ask({...body, hold_stock: true}).expect(200)).body;
    const answers = await Promise.all(Array.from({length: 12}, () => place(order(body, quote_id))));
    expect(answers.filter((a) => a.status === 201)).toHaveLength(1);
    for (const a of answers.filter((one) => one.status !== 201))
      expect(a.body.errors).toEqual([expect.objectContaining({pointer: '/quote_id', code: 'quote_used'})]);
  });

  it('is repeated under its key though the quote is used', async () => {
    const body = wish([{sku: 'WATER-5L', qty: 1}]);
    const {quote_id} = (await ask(body).expect(200)).body;
    const key = freshKey();
    const first = await api.as('checkout').post('/v1/orders', order(body, quote_id), key).expect(201);
    const again = await api.as('checkout').post('/v1/orders', order(body, quote_id), key).expect(201);
    expect(again.text).toBe(first.text);
  });
});

describe('a quote that holds stock', () => {
  it('keeps it from others for its time, then gives it back', async () => {
    const body = wish([{sku: 'LAMP', qty: 5}]);
    const {quote_id, expires_at} = (await ask({...body, hold_stock: true}).expect(200)).body;
    expect(Date.parse(expires_at) - NOON).toBeLessThan(16 * MINUTE);
    expect(await available('LAMP')).toBe(0);
    await ask(wish([{sku: 'LAMP', qty: 1}])).expect(409);
    await place({...body, payment_method: 'pm_card_visa', lines: [{sku: 'LAMP', qty: 1}]}).expect(409);
    expect(await sweepQuotes(api.store, 10)).toBe(0);

    later(16 * MINUTE);
    expect(await faults(order(body, quote_id))).toEqual(['/quote_id quote_expired', '/lines/0/qty out_of_stock']);
    await Promise.all([sweepQuotes(api.store, 10), sweepQuotes(api.store, 10)]);
    expect(await sweepQuotes(api.store, 10)).toBe(0);
    expect(await available('LAMP')).toBe(5);
    expect(await faults(order(body, quote_id))).toEqual(['/quote_id quote_expired']);
  });

  it('goes to one of twenty who want the last units', async () => {
    const answers = await Promise.all(
      Array.from({length: 20}, () => ask({...wish([{sku: 'LAMP', qty: 3}]), hold_stock: true})),
    );
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    expect(answers.filter((a) => a.status === 409)).toHaveLength(19);
    expect(await available('LAMP')).toBe(2);
    later(16 * MINUTE);
    await sweepQuotes(api.store, 50);
    expect(await available('LAMP')).toBe(5);
  });
});
