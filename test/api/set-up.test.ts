import {startTestApi, type TestApi} from '../support/api.ts';
import {stockCatalogue, WATER} from '../support/catalogue.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await stockCatalogue(api);
});
afterAll(() => api.close());

/** Whether a row of a list is what was put. */
const holds = (row: Record<string, unknown>, given: object) =>
  Object.entries(given).every(([name, value]) => JSON.stringify(row[name]) === JSON.stringify(value));

const nextOf = (link: string | undefined) => /<(.+)>; rel="next"/.exec(link ?? '')?.[1];

/** Every page of a list. */
async function all(path: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for (let at: string | undefined = path; at !== undefined; ) {
    const {body, headers} = await api.as('ops').get(at).expect(200);
    rows.push(...body);
    at = nextOf(headers['link']);
  }
  return rows;
}

describe('lists of what is set up', () => {
  it('go on page by page, each row once, in one order', async () => {
    const skus = Array.from({length: 7}, (_, i) => `PAGE-${i + 1}`);
    for (const sku of skus)
      await api
        .as('ops')
        .put(`/v1/products/${sku}`, {...WATER, barcode: sku})
        .expect(200);
    expect((await all('/v1/products?q=page-&limit=3')).map(({sku}) => sku)).toEqual(skus);
  });

  it('find what a name holds, and take signs of patterns as they are', async () => {
    await api
      .as('ops')
      .put('/v1/products/PERCENT', {...WATER, name: '100% wool_blanket'})
      .expect(200);
    expect((await all('/v1/products?q=100%25')).map(({sku}) => sku)).toEqual(['PERCENT']);
    expect((await all('/v1/products?q=WOOL_')).map(({sku}) => sku)).toEqual(['PERCENT']);
    expect(await all('/v1/products?q=l_b')).toMatchObject([{sku: 'PERCENT'}]);
    expect(await all('/v1/products?q=o%25l')).toEqual([]);
  });

  it('give back what was put: receipts, boxes, rates, taxes, codes, suppliers, offers', async () => {
    const ops = api.as('ops');
    for (const area of ['US', 'US-NY', 'US-CA', 'DE'])
      await ops.put(`/v1/tax-rates/${area}`, {rate_bp: 700, inclusive: false}).expect(200);
    const areas = (await all('/v1/tax-rates?limit=1')).map(({area}) => area);
    expect(areas).toEqual(expect.arrayContaining(['DE', 'US', 'US-CA', 'US-NY']));
    expect(new Set(areas).size).toBe(areas.length);
    await ops.put('/v1/promo-codes/TEN', {percent_bp: 1_000, combinable: true}).expect(200);
    expect(await all('/v1/promo-codes')).toMatchObject([{code: 'TEN', percent_bp: 1_000, used: 0}]);
    const supplier = {
      ...{name: 'Mill', currency: 'USD', active: true, rating: 90, acknowledge_seconds: 3_600},
      ...{country: 'US', email: 'orders@mill.example'},
    };
    const made = await ops.put('/v1/suppliers/mill', supplier).expect(200);
    expect(made.body.signing_secret).toEqual(expect.any(String));
    const [listed] = await all('/v1/suppliers');
    expect(listed).toMatchObject({id: 'mill', ...supplier});
    expect(listed).not.toHaveProperty('signing_secret');
    const offer = {cost: {amount: 500, currency: 'USD'}, lead_time_days: 3, available: null};
    await ops.put('/v1/suppliers/mill/offers/WATER-5L', offer).expect(200);
    expect(await all('/v1/suppliers/mill/offers')).toMatchObject([{sku: 'WATER-5L', ...offer, promised: 0}]);
    const receipts = await all('/v1/receipts?limit=1');
    expect(receipts.length).toBeGreaterThan(1);
    expect(receipts.every(({entry_id, qty}) => Number(entry_id) > 0 && Number(qty) > 0)).toBe(true);
    const box = {
      inner_mm: [3, 2, 1],
      outer_mm: [4, 3, 2],
      weight_g: 0,
      max_weight_g: 9,
      cost: {amount: 1, currency: 'USD'},
    };
    await ops.put('/v1/boxes/S', box).expect(200);
    expect(await all('/v1/boxes?q=S')).toEqual([{id: 'S', ...box, version: expect.any(Number)}]);
    await ops.get('/v1/suppliers/none/offers').expect(404);
    await ops.get('/v1/receipts?cursor=x').expect(400);
  });
});

describe('two who change the same', () => {
  const path = '/v1/products/BOTH';
  const put = (header: Record<string, string>, name: string) =>
    api
      .as('ops')
      .put(path, {...WATER, name})
      .set(header);

  it('are told: the second changes nothing', async () => {
    await put({'If-None-Match': '*'}, 'first').expect(200);
    expect((await put({'If-None-Match': '*'}, 'again').expect(412)).body.code).toBe('changed_meanwhile');
    const [{version}] = (await all('/v1/products?q=BOTH')) as [{version: number}];
    await put({'If-Match': `"${version}"`}, 'second').expect(200);
    expect((await put({'If-Match': `"${version}"`}, 'third').expect(412)).body.code).toBe('changed_meanwhile');
    await put({'If-Match': 'W/old'}, 'third').expect(400);
    expect(await all('/v1/products?q=BOTH')).toMatchObject([{name: 'second'}]);
    await put({}, 'a script').expect(200);
  });

  const box = (weight_g: number) => ({
    ...{inner_mm: [1, 2, 3], outer_mm: [2, 3, 4], weight_g, max_weight_g: 9},
    cost: {amount: 1, currency: 'USD'},
  });
  const bin = (x_mm: number) => ({aisle: '7', rack: 'A', shelf: '1', x_mm, y_mm: 0});
  const rate = (amount: number) => ({price: {amount, currency: 'SEK'}});
  const tax = (rate_bp: number) => ({rate_bp, inclusive: true});
  const person = (name: string) => ({name, roles: ['support']});

  it.each([
    ['bin', '/v1/warehouses/WH-NY-1/bins/7-A-1', '/v1/warehouses/WH-NY-1/bins?q=7-A-1', [1, 2, 3].map(bin)],
    ['box', '/v1/boxes/TWO', '/v1/boxes?q=TWO', [1, 2, 3].map(box)],
    ['shipping rate', '/v1/shipping-rates/STANDARD', '/v1/shipping-rates', [1, 2, 3].map(rate)],
    ['tax', '/v1/tax-rates/SE', '/v1/tax-rates?q=SE', [1, 2, 3].map(tax)],
    ['person', '/v1/staff/two', '/v1/staff', ['A', 'B', 'C'].map(person)],
  ])('of a %s are told, and who says the same again is not', async (_, at, list, bodies) => {
    const [first = {}, second = {}, third = {}] = bodies as object[];
    const send = (body: object, header: Record<string, string> = {}) => api.as('ops').put(at, body).set(header);
    const versionOf = async (body: object) => (await all(list)).find((row) => holds(row, body))?.['version'];
    await send(first, {'If-None-Match': '*'}).expect(200);
    await send(second, {'If-None-Match': '*'}).expect(412);
    const seen = {'If-Match': `"${await versionOf(first)}"`};
    await send(second, seen).expect(200);
    expect((await send(third, seen).expect(412)).body.code).toBe('changed_meanwhile');
    await send(second, seen).expect(200);
    await send(third, {'If-Match': `"${await versionOf(second)}"`}).expect(200);
    await send(first).expect(200);
    expect(await versionOf(first)).toEqual(expect.any(Number));
  });

  it('of which one has a file: the form is told', async () => {
    const at = '/v1/warehouses/WH-NY-1/bins/8-A-1';
    await api.as('ops').put(at, bin(1)).expect(200);
    const [{version}] = (await all('/v1/warehouses/WH-NY-1/bins?q=8-A-1')) as [{version: number}];
    const text = 'warehouse,bin,aisle,rack,shelf,x_mm,y_mm\nWH-NY-1,8-A-1,7,A,1,5,0\n';
    const {body} = await api.as('ops').post('/v1/imports', {kind: 'bins', file_name: 'bins.csv', text}).expect(200);
    await api.as('ops').post(`/v1/imports/${body.import_id}/apply`, {mode: 'all'}).expect(200);
    await api.as('ops').put(at, bin(2)).set('If-Match', `"${version}"`).expect(412);
  });

  it('of twenty at once one is first', async () => {
    const tries = Array.from({length: 20}, (_, i) =>
      api
        .as('ops')
        .put('/v1/boxes/RACE', {
          ...{inner_mm: [1, 2, 3], outer_mm: [2, 3, 4], weight_g: i, max_weight_g: 9},
          cost: {amount: 1, currency: 'USD'},
        })
        .set('If-None-Match', '*'),
    );
    const statuses = (await Promise.all(tries)).map(({status}) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(19);
  });

  it('are written down, without what is about people', async () => {
    const decisions = await api.store.prisma.decisions.findMany({where: {kind: 'set_up'}, orderBy: {at: 'asc'}});
    const of = (id: string) => decisions.filter(({inputs}) => (inputs as {id: string}).id === id);
    expect(of('BOTH').map(({output}) => (output as Record<string, unknown>)['name'])).toHaveLength(3);
    expect(of('TEN')[0]).toMatchObject({
      inputs: {what: 'promo_code', by: 'dev-ops'},
      output: {percent_bp: [null, 1_000]},
    });
    expect(JSON.stringify(of('mill'))).not.toContain('mill.example');
  });
});
