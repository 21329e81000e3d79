import {startTestApi, type TestApi} from '../support/api.ts';
import {stockCatalogue, WATER} from '../support/catalogue.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await stockCatalogue(api);
});
afterAll(() => api.close());

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
    expect(await all('/v1/boxes?q=S')).toEqual([{id: 'S', ...box}]);
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
