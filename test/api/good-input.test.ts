import {readProfile, readShipTo} from '../../store/personal-data.ts';
import {startTestApi, type TestApi} from '../support/api.ts';
import {sampleOrder, stockCatalogue, WAREHOUSE, WATER} from '../support/catalogue.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await stockCatalogue(api);
});
afterAll(() => api.close());

const TEXTS = [
  'مرحبا بالعالم \u202eabc\u202c',
  '👩‍👩‍👧‍👦 family',
  '𠜎𠜱𠝹 four bytes each',
  'O\'Brien "the" Smith',
  "Robert'); DROP TABLE orders;--",
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '=HYPERLINK("http://evil","x")',
  '{{7*7}} ${7*7} %s %n',
  '‮reversed',
  'Zażółć gęślą jaźń',
  'e\u0301 is not é',
];

describe('accepted, kept byte for byte, shown inert', () => {
  it.each(TEXTS)('%s', async (text) => {
    const body = sampleOrder();
    body.customer = {...body.customer, id: `C-${TEXTS.indexOf(text)}`, name: text};
    body.ship_to = {...body.ship_to, name: text, line1: text};
    await api
      .as('ops')
      .put('/v1/products/NAMED', {...WATER, name: text, backorderable: true})
      .expect(200);
    body.lines = [{sku: 'NAMED', qty: 1}];
    const placed = await api.as('checkout').post('/v1/orders', body).expect(201);
    const order = await api.store.prisma.orders.findUniqueOrThrow({where: {id: placed.body.order_id}});
    const shipTo = await readShipTo(api.store, api.store.prisma, order.id);
    expect(shipTo).toEqual(body.ship_to);
    const {id, ...profile} = body.customer;
    expect(await readProfile(api.store, api.store.prisma, order.customer_id)).toEqual({external_id: id, ...profile});
    const product = await api.store.prisma.products.findUniqueOrThrow({where: {sku: 'NAMED'}});
    expect(Buffer.from(product.name)).toEqual(Buffer.from(text));
    const tracking = await api.anonymous.get(`/v1/track/${order.tracking_token}`).expect(200);
    expect(tracking.body.unassigned).toEqual([{sku: 'NAMED', name: text, qty: 1}]);
    const page = await api.anonymous.get(`/track/${order.tracking_token}`).expect(200);
    // two are the page's own
    expect(page.text.match(/<script/g)).toHaveLength(2);
    expect(page.text).not.toContain('<img');
  });

  it('the same sku on two lines stays two lines', async () => {
    const body = {
      ...sampleOrder(),
      lines: [
        {sku: 'WATER-5L', qty: 1},
        {sku: 'WATER-5L', qty: 2},
      ],
    };
    const {body: placed} = await api.as('checkout').post('/v1/orders', body).expect(201);
    const {body: order} = await api.as('checkout').get(`/v1/orders/${placed.order_id}`).expect(200);
    expect(order.lines.map((line: {sku: string; qty: number}) => [line.sku, line.qty])).toEqual([
      ['WATER-5L', 1],
      ['WATER-5L', 2],
    ]);
  });

  it('an sku of odd characters travels through the address', async () => {
    const sku = "a/b ?#%'é";
    const path = encodeURIComponent(sku);
    await api.as('ops').put(`/v1/products/${path}`, WATER).expect(200);
    const {body} = await api.as('ops').get(`/v1/inventory/${path}`).expect(200);
    expect(body).toEqual({sku, warehouses: []});
  });

  it('optional fields may be null', async () => {
    const body = sampleOrder() as ReturnType<typeof sampleOrder> & {ship_to: {line2?: null}};
    body.ship_to.line2 = null;
    await api.as('checkout').post('/v1/orders', body).expect(201);
  });

  it('a name of 300 four-byte characters in the catalogue', async () => {
    const name = '𠜎'.repeat(300);
    const {body} = await api
      .as('ops')
      .put('/v1/products/LONG', {...WATER, name})
      .expect(200);
    expect(body.name).toBe(name);
  });
});

describe('the catalogue', () => {
  it('gives back what was put, and replaces it', async () => {
    const first = await api.as('ops').put('/v1/products/P-1', WATER).expect(200);
    const unsaid = {fragile: false, upright: false, hazmat: null};
    expect(first.body).toEqual({sku: 'P-1', ...WATER, ...unsaid});
    const {category: _c, hs_code: _h, origin_country: _o, ...bare} = {...WATER, price: {amount: 1, currency: 'JPY'}};
    const second = await api.as('ops').put('/v1/products/P-1', bare).expect(200);
    expect(second.body).toEqual({sku: 'P-1', ...bare, ...unsaid, category: null, hs_code: null, origin_country: null});
  });

  it('has warehouses, bins, boxes, rates and taxes', async () => {
    const ops = api.as('ops');
    const house = await ops.put('/v1/warehouses/WH-1', WAREHOUSE).expect(200);
    expect(house.body).toEqual({id: 'WH-1', ...WAREHOUSE, switch_reason: null, switch_until: null});
    const bin = {aisle: '12', rack: 'C', shelf: '4', x_mm: 1_000, y_mm: 2_000};
    expect((await ops.put('/v1/warehouses/WH-1/bins/A-1', bin).expect(200)).body).toEqual({
      warehouse: 'WH-1',
      bin: 'A-1',
      ...bin,
    });
    await ops.put('/v1/warehouses/NONE/bins/A-1', bin).expect(404);
    const box = {
      inner_mm: [300, 200, 150],
      outer_mm: [310, 210, 160],
      weight_g: 200,
      max_weight_g: 15_000,
      cost: {amount: 90, currency: 'USD'},
    };
    expect((await ops.put('/v1/boxes/M', box).expect(200)).body).toEqual({id: 'M', ...box});
    const price = {amount: 990, currency: 'USD'};
    expect((await ops.put('/v1/shipping-rates/TWO_DAY', {price}).expect(200)).body).toEqual({sla: 'TWO_DAY', price});
    const tax = {rate_bp: 1_900, inclusive: true};
    expect((await ops.put('/v1/tax-rates/DE', tax).expect(200)).body).toEqual({country: 'DE', region: '', ...tax});
    await ops.put('/v1/tax-rates/Germany', tax).expect(400);
  });
});

describe('receipts', () => {
  const receipt = (change = {}) => ({
    warehouse: 'WH-NY-1',
    sku: 'PHONE-X',
    qty: 5,
    reference: 'PO-7',
    bin: 'A-1',
    ...change,
  });
  const stock = async () => (await api.as('ops').get('/v1/inventory/PHONE-X').expect(200)).body.warehouses[0];

  it('count once for each reference, however often and however many at once', async () => {
    const before = await stock();
    const receiver = api.as('receiver');
    const answers = await Promise.all(
      Array.from({length: 20}, () => receiver.post('/v1/inventory/receipts', receipt())),
    );
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({
      kind: 'receive',
      warehouse: 'WH-NY-1',
      sku: 'PHONE-X',
      bin: 'A-1',
      qty: 5,
      reference: 'PO-7',
    });
    expect(await stock()).toEqual({...before, on_hand: before.on_hand + 5, available: before.available + 5});
    expect(await api.store.prisma.stock_moves.count({where: {reference: 'PO-7'}})).toBe(1);
  });

  it('refuse the reference for another quantity, and unknown places and products', async () => {
    const receiver = api.as('receiver');
    await receiver.post('/v1/inventory/receipts', receipt({qty: 6})).expect(409);
    const {body} = await receiver.post('/v1/inventory/receipts', receipt({warehouse: 'X', sku: 'Y'})).expect(422);
    expect(body.errors.map((e: {pointer: string}) => e.pointer)).toEqual(['/warehouse', '/sku']);
  });

  it('leave out what is kept for safety and what is promised', async () => {
    await api.store.prisma.stock.updateMany({
      where: {sku: 'EURO'},
      data: {safety_stock: 2, reserved: 1, in_transit: 4},
    });
    const {body} = await api.as('ops').get('/v1/inventory/EURO').expect(200);
    expect(body.warehouses).toEqual([
      {
        ...{warehouse: 'WH-NY-1', on_hand: 5, reserved: 1, available: 2, in_transit: 4},
        ...{safety_stock: 2, earmarked: 0, incoming: 0},
      },
    ]);
    await api.as('ops').get('/v1/inventory/NOTHING').expect(404);
  });
});
