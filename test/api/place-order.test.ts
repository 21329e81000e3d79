import {ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError} from '@temporalio/client';
import {countRows, freshKey, startTestApi, type TestApi} from '../support/api.ts';
import {sampleOrder, stockCatalogue} from '../support/catalogue.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await stockCatalogue(api);
});
afterAll(() => api.close());
beforeEach(() => {
  api.runs.place = () => Promise.resolve({kind: 'accepted'});
  api.runs.asked.length = 0;
});

const place = (body: object | string = sampleOrder(), key = freshKey()) =>
  api.as('checkout').post('/v1/orders', body, key);

describe('placing an order', () => {
  it('answers 201 with prices from the catalogue, a number and a tracking link', async () => {
    const answer = await place().expect(201);
    expect(answer.body).toMatchObject({
      status: 'pending',
      waiting_on: null,
      total_capacity: 5,
      totals: {
        items: {amount: 5_000, currency: 'USD'},
        discount: {amount: 0},
        shipping: {amount: 0},
        tax: {amount: 0},
        total: {amount: 5_000, currency: 'USD'},
      },
      sub_orders: [],
    });
    expect(answer.body.number).toMatch(/^ORD-\d{4}-\d{2}-\d{2}-\d{3,}$/);
    expect(answer.body.tracking_url).toMatch(/^http:\/\/shop\.test\/track\/[\w-]{27}$/);
    expect(api.runs.asked).toEqual([`${answer.body.order_id}:place`]);
  });

  it('charges shipping once and the tax of the region', async () => {
    const finance = api.as('finance');
    await finance.put('/v1/shipping-rates/NEXT_DAY', {price: {amount: 990, currency: 'USD'}}).expect(200);
    await finance.put('/v1/tax-rates/US', {rate_bp: 500, inclusive: false}).expect(200);
    await finance.put('/v1/tax-rates/US-NY', {rate_bp: 888, inclusive: false}).expect(200);
    const {body} = await place({...sampleOrder(), delivery_sla: 'NEXT_DAY'}).expect(201);
    // 8.88 % of 10.00 and of 40.00, each rounded
    expect(body.totals).toMatchObject({shipping: {amount: 990}, tax: {amount: 444}, total: {amount: 6_434}});
    const {body: order} = await api.as('checkout').get(`/v1/orders/${body.order_id}`).expect(200);
    expect(order.total).toEqual({amount: 6_434, currency: 'USD'});
    for (const area of ['US', 'US-NY']) await finance.put(`/v1/tax-rates/${area}`, {rate_bp: 0, inclusive: false});
  });

  it('places one order for fifty equal requests at once', async () => {
    const key = freshKey();
    const answers = await Promise.all(Array.from({length: 50}, () => place(sampleOrder(), key)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(await api.store.prisma.idempotency_keys.count({where: {key}})).toBe(1);
    const ids = new Set(api.runs.asked);
    expect(ids.size).toBe(1);
  });

  it('replays the stored answer byte for byte and says so', async () => {
    const key = freshKey();
    const first = await place(sampleOrder(), key).expect(201);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    const {lines, ...rest} = sampleOrder();
    const again = await place({lines, ...rest}, key).expect(201);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.text).toBe(first.text);
    expect(api.runs.asked).toHaveLength(1);
  });

  it('refuses another order under the same key', async () => {
    const key = freshKey();
    await place(sampleOrder(), key).expect(201);
    const before = await countRows(api.store);
    const other = await place({...sampleOrder(), delivery_sla: 'NEXT_DAY'}, key).expect(422);
    expect(other.body.code).toBe('idempotency_key_reused');
    expect(await countRows(api.store)).toEqual(before);
  });

  it('keeps keys of different clients apart', async () => {
    const key = freshKey();
    const first = await place(sampleOrder(), key).expect(201);
    const second = await api.as('support').post('/v1/orders', sampleOrder(), key).expect(201);
    expect(second.body.order_id).not.toBe(first.body.order_id);
  });

  it('needs an Idempotency-Key', async () => {
    const before = await countRows(api.store);
    const answer = await place(sampleOrder(), '').expect(400);
    expect(answer.body.code).toBe('idempotency_key_missing');
    expect(await countRows(api.store)).toEqual(before);
  });

  it('seals what is personal and keeps it out of events, audit and logs', async () => {
    const order = sampleOrder();
    order.customer = {...order.customer, id: 'C-canary', name: 'Zelda Canary', email: 'zelda@canary.example'};
    order.ship_to.line1 = '99 Canary Lane';
    const {body} = await place(order).expect(201);
    for (const table of [
      'events',
      'order_audit',
      'orders',
      'personal_data',
      'customers',
      'blind_index',
      'idempotency_keys',
    ]) {
      const {rows} = await api.store.pool.query<{all: string}>(
        `SELECT string_agg(t::text, ' ') AS all FROM ${table} t`,
      );
      expect(rows[0]?.all).not.toMatch(/canary/i);
    }
    expect(JSON.stringify(api.logged)).not.toMatch(/canary/i);
    const token = api.store.vault.index('name', 'zelda');
    const found = await api.store.prisma.blind_index.findMany({where: {token}});
    expect(found).toEqual([expect.objectContaining({order_id: body.order_id, kind: 'name'})]);
  });

  it('writes the first event and the first audit row with the order', async () => {
    const {body} = await place().expect(201);
    const history = await api.as('support').get(`/v1/orders/${body.order_id}/history`).expect(200);
    expect(history.body).toEqual([
      expect.objectContaining({
        seq: 1,
        subject: 'order',
        from: null,
        to: 'pending',
        actor: 'dev-checkout',
        role: 'checkout',
      }),
    ]);
    const events = await api.store.prisma.events.findMany({where: {order_id: body.order_id}});
    expect(events.map((event) => event.type)).toEqual(['order.created']);
  });
});

describe('verdicts', () => {
  it.each([
    ['declined', {kind: 'declined'}, 402, 'payment_declined'],
    ['out of stock after the hold', {kind: 'out_of_stock', held: true, skus: ['PHONE-X']}, 409, 'out_of_stock'],
  ] as const)('tells, stores and replays: %s', async (_name, verdict, status, code) => {
    api.runs.place = () => Promise.resolve(verdict as never);
    const key = freshKey();
    const first = await place(sampleOrder(), key).expect(status);
    expect(first.type).toBe('application/problem+json');
    expect(first.body).toMatchObject({code, status, order_id: expect.stringMatching(/^ord_/)});
    const again = await place(sampleOrder(), key).expect(status);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect({...again.body, request_id: ''}).toEqual({...first.body, request_id: ''});
  });

  it('points at the lines that lost the race', async () => {
    api.runs.place = () => Promise.resolve({kind: 'out_of_stock', held: false, skus: ['PHONE-X']});
    const {body} = await place().expect(409);
    expect(body.errors).toEqual([expect.objectContaining({pointer: '/lines/1/qty', code: 'out_of_stock'})]);
    expect(body.order_id).toBeUndefined();
  });

  it('answers 202 and replays it when there is no verdict in time', async () => {
    api.runs.place = () => Promise.reject(new WorkflowUpdateRPCTimeoutOrCancelledError('too late'));
    const key = freshKey();
    const {body} = await place(sampleOrder(), key).expect(202);
    expect(body).toMatchObject({status: 'pending', order_id: expect.any(String)});
    await place(sampleOrder(), key).expect(202).expect('Idempotent-Replayed', 'true');
  });

  it('keeps the order and answers 202 while Temporal is away', async () => {
    api.runs.place = () => Promise.reject(new ServiceError('unavailable'));
    const {body} = await place().expect(202);
    await api.as('checkout').get(`/v1/orders/${body.order_id}`).expect(200);
  });

  it('joins an order whose first request was cut off', async () => {
    const key = freshKey();
    const {body} = await place(sampleOrder(), key).expect(201);
    await api.store.prisma.idempotency_keys.updateMany({where: {key}, data: {response_status: null}});
    const again = await place(sampleOrder(), key).expect(201);
    expect(again.body.order_id).toBe(body.order_id);
    expect(new Set(api.runs.asked).size).toBe(1);
  });
});

describe('an order whose run has ended', () => {
  it.each([
    ['out_of_stock', 409, 'out_of_stock'],
    ['fraud', 402, 'payment_declined'],
    ['changed my mind', 409, 'order_cancelled'],
  ])('is answered from the database: %s', async (reason, status, code) => {
    const key = freshKey();
    const {body} = await place(sampleOrder(), key).expect(201);
    await api.store.prisma.idempotency_keys.updateMany({where: {key}, data: {response_status: null}});
    await api.store.prisma.orders.update({
      where: {id: body.order_id},
      data: {status: 'cancelled', cancel_reason: reason},
    });
    api.runs.asked.length = 0;
    const again = await place(sampleOrder(), key).expect(status);
    expect(again.body).toMatchObject({code, order_id: body.order_id});
    expect(api.runs.asked).toEqual([]);
  });
});

describe('stock at validation', () => {
  it('answers 409 with pointers when nothing else is wrong, writes no order, and repeats it', async () => {
    const key = freshKey();
    const greedy = {
      ...sampleOrder(),
      lines: [
        {sku: 'PHONE-X', qty: 11},
        {sku: 'WATER-5L', qty: 1},
      ],
    };
    const orders = await api.store.prisma.orders.count();
    const {body} = await place(greedy, key).expect(409);
    expect(body.code).toBe('out_of_stock');
    expect(body.errors).toEqual([{pointer: '/lines/0/qty', code: 'out_of_stock', detail: 'only 10 left'}]);
    await place(greedy, key).expect(409).expect('Idempotent-Replayed', 'true');
    expect(await api.store.prisma.orders.count()).toBe(orders);
    expect(api.runs.asked).toEqual([]);
  });

  it('is among the faults when others exist', async () => {
    const body = {
      ...sampleOrder(),
      lines: [
        {sku: 'PHONE-X', qty: 11},
        {sku: 'GONE', qty: 1},
      ],
    };
    const answer = await place(body).expect(422);
    expect(answer.body.errors.map((e: {pointer: string; code: string}) => `${e.pointer} ${e.code}`)).toEqual([
      '/lines/1/sku unknown_sku',
      '/lines/0/qty out_of_stock',
    ]);
  });

  it('takes a backorder unless the order does not want one', async () => {
    const lines = [{sku: 'TEA', qty: 3}];
    await place({...sampleOrder(), lines}).expect(201);
    await place({...sampleOrder(), lines, allow_backorder: false}).expect(409);
  });
});
