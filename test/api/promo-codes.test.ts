import {bindStore} from '../../store/index.ts';
import {REAL_TIME} from '../../domain/time/shared-clock.ts';
import {countRows, startTestApi, type TestApi} from '../support/api.ts';
import {sampleOrder, stockCatalogue} from '../support/catalogue.ts';

let api: TestApi;
const clock = {...REAL_TIME};
beforeAll(async () => {
  api = await startTestApi({clock});
  await stockCatalogue(api);
});
afterAll(() => api.close());

const usd = (amount: number) => ({amount, currency: 'USD'});
const put = (code: string, terms: object) =>
  api.as('finance').put(`/v1/promo-codes/${code}`, {combinable: false, ...terms});
const used = async (code: string) =>
  (await api.as('ops').get(`/v1/promo-codes/${code}`).expect(200)).body.used as number;

let shoppers = 0;
function order(promo_codes: string[], change: object = {}) {
  shoppers += 1;
  const base = sampleOrder();
  return {...base, customer: {...base.customer, id: `shopper-${shoppers}`}, promo_codes, ...change};
}
const place = (body: object) => api.as('checkout').post('/v1/orders', body);
const refused = async (body: object) =>
  ((await place(body).expect(422)).body.errors as {pointer: string; code: string}[]).map(
    (e) => `${e.pointer} ${e.code}`,
  );

describe('promo codes', () => {
  it('are made and replaced by finance, with their uses', async () => {
    const terms = {percent_bp: 1_500, valid_until: '2099-01-01T00:00:00Z', max_uses: 3, minimum_spend: usd(1_000)};
    const {body} = await put('SPRING', terms).expect(200);
    expect(body).toEqual({
      code: 'SPRING',
      ...terms,
      valid_until: '2099-01-01T00:00:00.000Z',
      amount: null,
      valid_from: null,
      max_uses_per_customer: null,
      combinable: false,
      currency: 'USD',
      used: 0,
    });
    await api.as('checkout').put('/v1/promo-codes/SPRING', terms).expect(403);
    await api.as('ops').get('/v1/promo-codes/NONE').expect(404);
  });

  it.each<[string, object, string]>([
    ['neither percent nor amount', {}, '/percent_bp'],
    ['both', {percent_bp: 100, amount: usd(1)}, '/percent_bp'],
    ['nothing off', {amount: usd(0)}, '/amount'],
    ['two currencies', {amount: usd(1), minimum_spend: {amount: 1, currency: 'EUR'}}, '/currency'],
    [
      'an end before the beginning',
      {percent_bp: 1, valid_from: '2027-01-02T00:00:00Z', valid_until: '2027-01-01T00:00:00Z'},
      '/valid_until',
    ],
    ['more than all', {percent_bp: 10_001}, '/percent_bp'],
  ])('are refused with %s', async (_name, terms, pointer) => {
    const {body} = await put('WRONG', terms).expect(422);
    expect(body.errors).toEqual([expect.objectContaining({pointer})]);
  });

  it('lower the price, and the tax is on what is left', async () => {
    const finance = api.as('finance');
    await finance.put('/v1/tax-rates/US-NY', {rate_bp: 1_000, inclusive: false}).expect(200);
    await put('TENTH', {percent_bp: 1_000, combinable: true}).expect(200);
    await put('THREE', {amount: usd(300), combinable: true}).expect(200);
    const {body} = await place(order(['THREE', 'TENTH'])).expect(201);
    // 50.00 less 5.00 and 3.00: 1.60 off the water, 6.40 off the phone
    expect(body.totals).toMatchObject({items: usd(5_000), discount: usd(800), tax: usd(420), total: usd(4_620)});
    const lines = await api.store.prisma.order_lines.findMany({
      where: {order_id: body.order_id},
      orderBy: {position: 'asc'},
    });
    expect(lines.map((l) => [l.discount_amount, l.tax_amount, l.total_amount])).toEqual([
      [160n, 84n, 924n],
      [640n, 336n, 3_696n],
    ]);
    expect(await used('TENTH')).toBe(1);
    await finance.put('/v1/tax-rates/US-NY', {rate_bp: 0, inclusive: false}).expect(200);
  });

  it('are refused for every reason at once, with all that is wrong otherwise', async () => {
    await put('OVER', {percent_bp: 100, valid_until: '2001-01-01T00:00:00Z', combinable: true});
    await put('LATER', {percent_bp: 100, valid_from: '2101-01-01T00:00:00Z', combinable: true});
    await put('RICH', {percent_bp: 100, minimum_spend: usd(5_001), combinable: true});
    await put('EUROS', {amount: {amount: 100, currency: 'EUR'}, combinable: true});
    await put('ALONE', {percent_bp: 100});
    const body = order(['OVER', 'LATER', 'RICH', 'EUROS', 'ALONE', 'NOBODY', 'OVER'], {
      deadline: '2001-01-01T00:00:00Z',
    });
    const before = await countRows(api.store);
    expect(await refused(body)).toEqual([
      '/deadline in_the_past',
      '/promo_codes/0 promo_code_expired',
      '/promo_codes/1 promo_code_not_yet_valid',
      '/promo_codes/2 promo_code_minimum_spend',
      '/promo_codes/3 promo_code_wrong_currency',
      '/promo_codes/4 promo_code_not_combinable',
      '/promo_codes/5 unknown_promo_code',
      '/promo_codes/6 duplicate_promo_code',
    ]);
    expect(await refused({...body, lines: [{sku: 'PHONE-X', qty: 0}], promo_codes: ['NOBODY', 'RICH']})).toEqual([
      '/lines/0/qty too_small',
      '/deadline in_the_past',
      '/promo_codes/0 unknown_promo_code',
    ]);
    expect(await countRows(api.store)).toEqual(before);
  });

  it('with one use left go to exactly one of twenty buyers at once', async () => {
    await put('LAST', {percent_bp: 1_000, max_uses: 1}).expect(200);
    const answers = await Promise.all(
      Array.from({length: 20}, () => place(order(['LAST'], {lines: [{sku: 'WATER-5L', qty: 1}]}))),
    );
    expect(answers.filter((a) => a.status === 201)).toHaveLength(1);
    const rest = answers.filter((a) => a.status === 422);
    expect(rest).toHaveLength(19);
    for (const {body} of rest)
      expect(body.errors).toEqual([expect.objectContaining({pointer: '/promo_codes/0', code: 'promo_code_used_up'})]);
    expect(await used('LAST')).toBe(1);
    expect(await api.store.prisma.promo_uses.count({where: {code: 'LAST'}})).toBe(1);
  });

  it('are counted for each customer, also when one orders twice at the same moment', async () => {
    await put('ONCE', {percent_bp: 1_000, max_uses_per_customer: 1}).expect(200);
    const one = order(['ONCE'], {lines: [{sku: 'WATER-5L', qty: 1}]});
    const answers = await Promise.all([place(one), place(one), place(one)]);
    expect(answers.map((a) => a.status).sort()).toEqual([201, 422, 422]);
    expect(await refused(one)).toEqual(['/promo_codes/0 promo_code_used_up']);
    await place(order(['ONCE'], {lines: [{sku: 'WATER-5L', qty: 1}]})).expect(201);
    expect(await used('ONCE')).toBe(2);
  });

  it('come back, once, with an order that ends before anything was shipped', async () => {
    await put('BACK', {percent_bp: 1_000, max_uses: 1}).expect(200);
    const {body} = await place(order(['BACK'], {lines: [{sku: 'WATER-5L', qty: 1}]})).expect(201);
    const end = () => bindStore(api.store).endOrder({order_id: body.order_id, reason: 'test'});
    await end();
    await end();
    expect(await used('BACK')).toBe(0);
    expect(await api.store.prisma.promo_uses.findMany({where: {code: 'BACK'}})).toEqual([
      expect.objectContaining({state: 'given_back', order_id: body.order_id, amount: 50n}),
    ]);
    await place(order(['BACK'], {lines: [{sku: 'WATER-5L', qty: 1}]})).expect(201);
  });

  it('never make an order worth nothing', async () => {
    await put('FREE', {percent_bp: 10_000}).expect(200);
    expect(await refused(order(['FREE']))).toEqual(['/lines nothing_to_pay']);
    expect(await used('FREE')).toBe(0);
  });
});

describe('calendars', () => {
  it('are put for a warehouse', async () => {
    const path = '/v1/warehouses/WH-NY-1/calendar';
    const read = async () => (await api.as('warehouse_lead').get(path).expect(200)).body;
    expect(await read()).toEqual({warehouse: 'WH-NY-1', open_weekdays: [1, 2, 3, 4, 5], closed_dates: []});
    const {body} = await api
      .as('ops')
      .put(path, {open_weekdays: [6, 1], closed_dates: ['2026-12-25']})
      .expect(200);
    expect(body).toEqual({warehouse: 'WH-NY-1', open_weekdays: [1, 6], closed_dates: ['2026-12-25']});
    expect(await read()).toEqual(body);
    await api.as('ops').get('/v1/warehouses/NONE/calendar').expect(404);
    await api
      .as('ops')
      .put('/v1/warehouses/NONE/calendar', {open_weekdays: [1], closed_dates: []})
      .expect(404);
    for (const wrong of [
      {open_weekdays: [], closed_dates: []},
      {open_weekdays: [0], closed_dates: []},
      {open_weekdays: [1, 1], closed_dates: []},
      {open_weekdays: [1], closed_dates: ['2026-02-30']},
    ])
      await api.as('ops').put(path, wrong).expect(422);
    await api
      .as('ops')
      .put(path, {open_weekdays: [1, 2, 3, 4, 5], closed_dates: []})
      .expect(200);
  });
});
