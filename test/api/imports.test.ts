import {countRows, startTestApi, type TestApi} from '../support/api.ts';
import {stockCatalogue, WATER} from '../support/catalogue.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await stockCatalogue(api);
});
afterAll(() => api.close());

const HEADER = 'sku;name;price;currency;weight_g;length_mm;width_mm;height_mm;barcode';
const line = (sku: string, price = '1,00') => `${sku};Thing ${sku};${price};USD;10;20;30;40;${sku}`;
const fileOf = (...lines: string[]) => [HEADER, ...lines].join('\r\n');

async function prepare(kind: string, text: string, role: 'ops' | 'warehouse_lead' = 'ops') {
  const {body} = await api.as(role).post('/v1/imports', {kind, file_name: 'file.csv', text}).expect(200);
  return body as {import_id: string; counts: Record<string, number>; faults: Record<string, unknown>[]} & Record<
    string,
    unknown
  >;
}
const apply = (id: string, mode = 'all') => api.as('ops').post(`/v1/imports/${id}/apply`, {mode});
const products = () => api.store.prisma.products.count();

describe('a file of products', () => {
  it('is looked at first: nothing is written by that', async () => {
    const before = await countRows(api.store);
    const made = await prepare('products', fileOf(line('LOOK-1'), line('LOOK-2', 'cheap')));
    expect(made).toMatchObject({
      ...{state: 'judged', lines: 2, counts: {new: 1, changed: 0, same: 0, refused: 1}},
      faults: [{line: 3, column: 'price', value: 'cheap', code: 'not_an_amount'}],
    });
    expect(await countRows(api.store)).toEqual({...before, imports: (before['imports'] ?? 0) + 1});
  });

  it('is written whole or not at all, or without its wrong lines where that is chosen', async () => {
    const made = await prepare('products', fileOf(line('HALF-1'), line('HALF-2', '-1')));
    const before = await products();
    expect((await apply(made.import_id).expect(409)).body.code).toBe('import_refused');
    expect(await products()).toBe(before);
    const {body} = await apply(made.import_id, 'valid').expect(200);
    expect(body).toMatchObject({state: 'done', written: 1, applied_by: 'dev-ops'});
    expect(await products()).toBe(before + 1);
    const refused = await api.as('ops').get(`/v1/imports/${made.import_id}/refused`).expect(200);
    expect(refused.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(refused.text).toContain('HALF-2');
    expect(refused.text).not.toContain('HALF-1');
  });

  it('changes nothing the second time, and says so', async () => {
    const text = fileOf(line('TWICE'));
    await apply((await prepare('products', text)).import_id).expect(200);
    const first = await api.store.prisma.products.findUniqueOrThrow({where: {sku: 'TWICE'}});
    const again = await prepare('products', text);
    expect(again.counts).toEqual({new: 0, changed: 0, same: 1, refused: 0});
    expect((await apply(again.import_id).expect(200)).body).toMatchObject({written: 0});
    expect((await apply(again.import_id).expect(200)).body).toMatchObject({state: 'done', written: 0});
    expect(await api.store.prisma.products.findUniqueOrThrow({where: {sku: 'TWICE'}})).toEqual(first);
  });

  it('keeps columns that it does not have, and shows what was and what will be', async () => {
    const made = await prepare('products', 'sku,price,currency\nWATER-5L,6.50,USD\n');
    expect(made).toMatchObject({
      changes: [{name: 'WATER-5L', verdict: 'changed', changes: [{column: 'price', before: '5.00', after: '6.50'}]}],
    });
    await apply(made.import_id).expect(200);
    const {price: _price, ...rest} = WATER;
    expect(await api.store.prisma.products.findUnique({where: {sku: 'WATER-5L'}})).toMatchObject({
      ...rest,
      price_amount: 650n,
    });
  });

  it('is told anew when something was changed since it was looked at', async () => {
    const made = await prepare('products', 'sku,price,currency\nPHONE-X,45.00,USD\n');
    await api
      .as('ops')
      .put('/v1/products/PHONE-X', {...WATER, name: 'Phone Y'})
      .expect(200);
    expect((await apply(made.import_id).expect(409)).body.code).toBe('import_outdated');
    const {body} = await api.as('ops').get(`/v1/imports/${made.import_id}`).expect(200);
    expect(body.changes[0].changes).toEqual([{column: 'price', before: '5.00', after: '45.00'}]);
    await apply(made.import_id).expect(200);
    expect(await api.store.prisma.products.findUnique({where: {sku: 'PHONE-X'}})).toMatchObject({
      ...{name: 'Phone Y', price_amount: 4_500n},
    });
  });

  it('of five who apply it at once is written once', async () => {
    const {import_id} = await prepare('products', fileOf(...Array.from({length: 50}, (_, i) => line(`FIVE-${i}`))));
    const answers = await Promise.all(Array.from({length: 5}, () => apply(import_id)));
    expect(answers.every(({status}) => status === 200 || status === 409)).toBe(true);
    await apply(import_id).expect(200);
    const written = {path: ['import_id'], equals: import_id};
    expect(await api.store.prisma.decisions.count({where: {kind: 'import', inputs: written}})).toBe(1);
  });

  it('is refused whole where it is no such file', async () => {
    const {body} = await api
      .as('ops')
      .post('/v1/imports', {kind: 'products', file_name: 'x.csv', text: 'name\nTea\n'})
      .expect(422);
    expect(body.errors).toMatchObject([{pointer: '/text', code: 'missing_column'}]);
  });

  it('of 20,000 lines is looked at and written', async () => {
    const text = fileOf(...Array.from({length: 20_000}, (_, i) => line(`MANY-${i}`)));
    const made = await prepare('products', text);
    expect(made.counts).toMatchObject({new: 20_000});
    expect((await apply(made.import_id).expect(200)).body).toMatchObject({written: 20_000});
    expect(await api.store.prisma.products.count({where: {sku: {startsWith: 'MANY-'}}})).toBe(20_000);
    expect((await prepare('products', text)).counts).toMatchObject({same: 20_000});
  }, 120_000);
});

describe('other files', () => {
  it('put bins up, book stock into them once, and say what is booked otherwise', async () => {
    const bins = 'warehouse,bin,aisle,rack,shelf,x_mm,y_mm\nWH-NY-1,I-1,I,1,1,100,-200\nNOWHERE,I-2,I,1,1,0,0\n';
    const made = await prepare('bins', bins);
    expect(made).toMatchObject({counts: {new: 1, refused: 1}, faults: [{line: 3, code: 'unknown_warehouse'}]});
    await apply(made.import_id, 'valid').expect(200);
    const stock = (qty: number) => `warehouse,sku,qty,bin,reference\nWH-NY-1,EURO,${qty},I-1,OPEN-1\n`;
    const before = (await api.as('ops').get('/v1/inventory/EURO').expect(200)).body.warehouses[0].on_hand;
    await apply((await prepare('stock', stock(30))).import_id).expect(200);
    const after = await api.as('ops').get('/v1/inventory/EURO').expect(200);
    expect(after.body.warehouses[0].on_hand).toBe(before + 30);
    expect((await prepare('stock', stock(30))).counts).toMatchObject({same: 1});
    expect(await prepare('stock', stock(31))).toMatchObject({faults: [{column: 'qty', code: 'booked'}]});
    // by hand under the same reference it is the same receipt
    const receipt = {warehouse: 'WH-NY-1', sku: 'EURO', qty: 30, bin: 'I-1', reference: 'OPEN-1'};
    await api.as('ops').post('/v1/inventory/receipts', receipt).expect(200);
    expect((await api.as('ops').get('/v1/inventory/EURO').expect(200)).body.warehouses[0].on_hand).toBe(before + 30);
  });

  it('book goods that orders wait for to those orders', async () => {
    const ledger = await api.store.pool.query(
      `SELECT s.on_hand, (SELECT sum(on_hand) FROM stock_bins b WHERE (b.warehouse_id, b.sku) = (s.warehouse_id, s.sku))::int
         AS bins, (SELECT sum(d_on_hand) FROM stock_moves m WHERE (m.warehouse_id, m.sku) = (s.warehouse_id, s.sku))::int
         AS moves FROM stock s`,
    );
    for (const {on_hand, bins, moves} of ledger.rows) expect([bins, moves]).toEqual([on_hand, on_hand]);
  });

  it('of offers are in the currency of the supplier', async () => {
    const supplier = {
      ...{name: 'Mill', currency: 'EUR', active: true, rating: 90, acknowledge_seconds: 3_600},
      ...{country: 'DE', email: 'orders@mill.example'},
    };
    await api.as('ops').put('/v1/suppliers/mill', supplier).expect(200);
    const made = await prepare(
      'offers',
      'supplier,sku,cost,currency,lead_time_days\nmill,TEA,"1,50",EUR,2.5\nmill,EURO,1,USD,1\n',
    );
    expect(made).toMatchObject({counts: {new: 1, refused: 1}, faults: [{column: 'currency', code: 'mixed_currency'}]});
    await apply(made.import_id, 'valid').expect(200);
    const offer = await api.store.prisma.supplier_offers.findFirstOrThrow({where: {supplier_id: 'mill'}});
    expect(offer).toMatchObject({cost_amount: 150n, lead_time_days: 2.5, available: null, min_qty: 1});
  });

  it('come back from an export without a change, and without a formula', async () => {
    await api
      .as('ops')
      .put('/v1/products/FORMULA', {...WATER, name: '=HYPERLINK("http://x")', barcode: '+49 1'})
      .expect(200);
    await api
      .as('ops')
      .put('/v1/staff/ida', {name: '@Ida', roles: ['support', 'analyst']})
      .expect(200);
    for (const kind of ['products', 'bins', 'stock', 'offers', 'people']) {
      const {text} = await api.as('ops').get(`/v1/exports/${kind}`).expect(200);
      expect(text).not.toMatch(/(^|,)"?[=+@]/m);
      const {counts} = await prepare(kind, text);
      expect(counts).toMatchObject({new: 0, changed: 0, refused: 0});
      expect(counts['same']).toBeGreaterThan(0);
    }
  }, 60_000);

  it('hire people and let them go, without their secrets, and sign those out who left', async () => {
    const people = (...lines: string[]) => ['login,name,roles,warehouse,active', ...lines].join('\n');
    const first = await prepare(
      'people',
      people('csv-ann,Ann,picker packer,WH-NY-1,', 'csv-bo,Bo,support,,yes', 'csv-cy,Cy,picker,,', 'csv-di,Di,boss,,'),
    );
    expect(first).toMatchObject({
      counts: {new: 2, refused: 2},
      faults: [
        {line: 4, column: 'warehouse', code: 'missing'},
        {line: 5, column: 'roles'},
      ],
    });
    await apply(first.import_id, 'valid').expect(200);
    const {staff, sessions, decisions, imports} = api.store.prisma;
    const ann = await staff.findUniqueOrThrow({where: {id: 'csv-ann'}});
    expect(ann).toMatchObject({
      roles: ['picker', 'packer'],
      warehouse_id: 'WH-NY-1',
      active: true,
      password_hash: null,
    });
    const secret = {pin: '4711'};
    await api.as('ops').post('/v1/staff/csv-ann/credentials', secret).expect(200);
    const device = {staff_id: 'csv-ann', ...secret};
    await api.as('device').post('/v1/floor/sign-in', device).expect(200);
    const left = await prepare('people', people('csv-ann,Ann,picker packer,WH-NY-1,no'));
    expect(left).toMatchObject({changes: [{changes: [{column: 'active', before: 'yes', after: 'no'}]}]});
    await apply(left.import_id).expect(200);
    expect(await sessions.count({where: {staff_id: 'csv-ann', ended_at: null}})).toBe(0);
    expect(await sessions.count({where: {staff_id: 'csv-ann'}})).toBe(1);
    const kept = await decisions.findMany({
      where: {kind: 'put_staff', inputs: {path: ['staff_id'], equals: 'csv-ann'}},
    });
    expect(kept).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toContain('Ann"');
    const lead = await prepare(
      'people',
      people('csv-bo,Bo,picker,WH-NY-1,', 'csv-eve,Eve,ops,WH-NY-1,'),
      'warehouse_lead',
    );
    expect(lead.faults).toMatchObject([
      {line: 2, code: 'not_yours'},
      {line: 3, code: 'not_yours'},
    ]);
    // what was said about people is not kept for longer than somebody looks at it
    await imports.updateMany({where: {kind: 'people'}, data: {created_at: new Date(Date.now() - 2 * 86_400_000)}});
    await prepare('products', fileOf(line('LATER')));
    expect(await imports.count({where: {kind: 'people'}})).toBe(0);
  });

  it('are for who may write one of them by hand', async () => {
    const file = {kind: 'products', file_name: 'x.csv', text: fileOf(line('NO'))};
    await api.as('warehouse_lead').post('/v1/imports', file).expect(403);
    await api.as('support').post('/v1/imports', file).expect(403);
    await api.as('support').get('/v1/exports/bins').expect(403);
    await api.as('support').get('/v1/exports/products').expect(200);
    await api
      .as('warehouse_lead')
      .post('/v1/imports', {...file, kind: 'bins', text: 'warehouse,bin\n'})
      .expect(200);
  });
});
