import type supertest from 'supertest';
import type {Tx} from '../../store/context.ts';
import {loadSources} from '../../store/load-sources.ts';
import {freshKey, startTestApi, type TestApi} from '../support/api.ts';
import {sampleOrder, stockCatalogue} from '../support/catalogue.ts';
import {conforms} from '../support/conforms.ts';
import {confirmOrder} from '../support/placed-order.ts';

let api: TestApi;
let orderId: string;
let token: string;
beforeAll(async () => {
  api = await startTestApi();
  await stockCatalogue(api);
  const place = {aisle: '12', rack: 'C', shelf: '4', x_mm: 0, y_mm: 0};
  await api.as('ops').put('/v1/warehouses/WH-NY-1/bins/RECV', place).expect(200);
  const lines = [...sampleOrder().lines, {sku: 'TEA', qty: 3}];
  const {body} = await api
    .as('checkout')
    .post('/v1/orders', {...sampleOrder(), lines})
    .expect(201);
  orderId = body.order_id;
  token = body.tracking_url.split('/').at(-1);
  await confirmOrder(api.store, orderId);
});
afterAll(() => api.close());

describe('an order under way', () => {
  it('shows lines, sub-orders, parcels and money', async () => {
    const {body} = await api.as('checkout').get(`/v1/orders/${orderId}`).expect(200);
    conforms('getOrder', body);
    expect(body).toMatchObject({
      status: 'awaiting_fulfillment',
      waiting_on: {name: 'pick', deadline: null},
      payment: {authorized: {amount: 6_500}, captured: {amount: 0}, refunded: {amount: 0}},
    });
    expect(body.lines).toEqual([
      expect.objectContaining({sku: 'WATER-5L', qty: 2, allocated: 2, picked: 0, backordered: 0}),
      expect.objectContaining({sku: 'PHONE-X', qty: 1, allocated: 1}),
      expect.objectContaining({sku: 'TEA', qty: 3, allocated: 0, backordered: 3}),
    ]);
    expect(body.sub_orders).toEqual([
      expect.objectContaining({
        stage: 'ALLOCATED',
        source: {kind: 'warehouse', id: 'WH-NY-1'},
        value: {amount: 5_000, currency: 'USD'},
      }),
      expect.objectContaining({
        stage: 'BACKORDERED',
        source: {kind: null, id: null},
        value: {amount: 1_500, currency: 'USD'},
      }),
    ]);
    await api.as('checkout').get('/v1/orders/ord_nothing').expect(404);
  });

  it('has a history, oldest first', async () => {
    const {body} = await api.as('ops').get(`/v1/orders/${orderId}/history`).expect(200);
    conforms('getHistory', body);
    const moves = body.filter((row: {subject: string}) => row.subject === 'order').map((row: {to: string}) => row.to);
    expect(moves).toEqual(['pending', 'payment_processing', 'paid', 'awaiting_fulfillment']);
  });

  it('is in the list, page by page, newest first', async () => {
    for (let i = 0; i < 4; i += 1) await api.as('checkout').post('/v1/orders', sampleOrder()).expect(201);
    const seen: string[] = [];
    let path: string | undefined = '/v1/orders?limit=2';
    while (path) {
      const {body, headers}: supertest.Response = await api.as('ops').get(path).expect(200);
      conforms('listOrders', body);
      seen.push(...body.map((order: {order_id: string}) => order.order_id));
      path = /<(.+)>; rel="next"/.exec(headers['link'] ?? '')?.[1];
    }
    const all = await api.store.prisma.orders.findMany({
      orderBy: [{placed_at: 'desc'}, {id: 'desc'}],
      select: {id: true},
    });
    expect(seen).toEqual(all.map((order) => order.id));
    const {body} = await api.as('ops').get('/v1/orders?status=awaiting_fulfillment').expect(200);
    expect(body.map((order: {order_id: string}) => order.order_id)).toEqual([orderId]);
  });
});

describe('the floor', () => {
  it('shows pick tasks with stops in walking order', async () => {
    const {body} = await api.as('picker').get('/v1/warehouses/WH-NY-1/tasks?state=open').expect(200);
    conforms('listTasks', body);
    expect(body).toEqual([expect.objectContaining({kind: 'pick', state: 'open', order_id: orderId, parcels: []})]);
    expect(body[0].stops).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          bin: 'RECV',
          aisle: '12',
          rack: 'C',
          shelf: '4',
          sku: 'WATER-5L',
          qty: 2,
          picked: 0,
          short: 0,
          opened: false,
        }),
      ]),
    );
    await api.as('picker').get('/v1/warehouses/NONE/tasks').expect(404);
  });

  it('claims, scans and packs, and answers a repeated scan the same', async () => {
    const picker = api.as('picker');
    const {
      body: [task],
    } = await picker.get('/v1/warehouses/WH-NY-1/tasks').expect(200);
    conforms('claimTask', (await picker.post(`/v1/tasks/${task.task_id}/claim`).expect(200)).body);
    await api.as('packer').post(`/v1/tasks/${task.task_id}/claim`).expect(409);
    await picker.post('/v1/tasks/none/claim').expect(404);
    const lead = api.as('warehouse_lead');
    const before = (await lead.get('/v1/warehouses/WH-NY-1/workload').expect(200)).body;
    conforms('getWorkload', before);
    const none = {pick: 0, pack: 0, unpick: 0};
    expect(before).toMatchObject({open: {...none, pick: 1}, units_to_pick: 3, done_last_hour: none});
    await lead.get('/v1/warehouses/NONE/workload').expect(404);
    const scan = (operation_id: string, change: object) =>
      picker.post('/v1/scans', {operation_id, task_id: task.task_id, ...change});
    const wrong = await scan('op-wrong', {kind: 'bin', code: 'NOWHERE'}).expect(200);
    conforms('recordScan', wrong.body);
    expect(wrong.body.accepted).toBe(false);
    for (const [i, stop] of task.stops.entries()) {
      await scan(`op-${i}-bin`, {kind: 'bin', code: stop.bin}).expect(200);
      const item = await scan(`op-${i}-item`, {kind: 'item', code: stop.barcode, qty: stop.qty}).expect(200);
      expect(item.body).toMatchObject({accepted: true});
      const again = await scan(`op-${i}-item`, {kind: 'item', code: stop.barcode, qty: stop.qty}).expect(200);
      expect(again.body).toEqual(item.body);
    }
    const after = (await lead.get('/v1/warehouses/WH-NY-1/workload').expect(200)).body;
    expect(after).toMatchObject({open: {...none, pack: 1}, units_to_pick: 0, done_last_hour: {...none, pick: 1}});
    const [source] = await loadSources(api.store, api.store.prisma as Tx, ['WATER-5L']);
    expect(source).toMatchObject({warehouse_id: 'WH-NY-1', queue: 1, per_hour: 1});
    const {body: packs} = await api.as('packer').get('/v1/warehouses/WH-NY-1/tasks?kind=pack').expect(200);
    conforms('listTasks', packs);
    const packed = packs[0].parcels.flatMap((p: {items: {sku: string}[]}) => p.items.map((item) => item.sku));
    expect(new Set(packed)).toEqual(new Set(['PHONE-X', 'WATER-5L']));
    const [parcel] = packs[0].parcels;
    await api.as('packer').get(`/v1/parcels/${parcel.parcel_id}/label`).expect(409);
  });

  it('refuses malformed scans only', async () => {
    const picker = api.as('picker');
    for (const body of [
      {},
      {operation_id: 'x', kind: 'teleport', code: 'x'},
      {operation_id: 'x', kind: 'item', code: 'x'},
      {operation_id: 'x', task_id: 'x', kind: 'pack', code: 'x'},
      {operation_id: 'x', task_id: 'x', kind: 'item', code: 'x', qty: 0},
      {operation_id: 'x'.repeat(201), task_id: 'x', kind: 'item', code: 'x'},
    ]) {
      await picker.post('/v1/scans', body).expect(422);
    }
    const unknown = await picker
      .post('/v1/scans', {operation_id: 'u', task_id: 'none', kind: 'item', code: 'x'})
      .expect(200);
    expect(unknown.body.accepted).toBe(false);
  });
});

describe('cancelling', () => {
  const cancel = (body: object, key = freshKey()) => api.as('checkout').post(`/v1/orders/${orderId}/cancel`, body, key);

  it('tells line by line what happened, and repeats its answer', async () => {
    api.runs.cancel = (_id, request) =>
      Promise.resolve({
        cancelled: [{line_id: request.lines?.[0]?.line_id ?? '', qty: 1}],
        refused: [{line_id: 'b', qty: 1, code: 'picked'}],
      });
    const key = freshKey();
    const body = {
      lines: [
        {line_id: 'a', qty: 1},
        {line_id: 'b', qty: 1},
      ],
      reason: 'changed my mind',
    };
    const first = await cancel(body, key).expect(200);
    conforms('cancelOrder', first.body);
    expect(first.body).toEqual({
      cancelled: [{line_id: 'a', qty: 1}],
      refused: [{line_id: 'b', qty: 1, code: 'picked', possible: expect.any(String)}],
    });
    const asked = api.runs.asked.length;
    const again = await cancel(body, key).expect(200).expect('Idempotent-Replayed', 'true');
    expect(again.text).toBe(first.text);
    expect(api.runs.asked).toHaveLength(asked);
    await cancel({reason: 'other'}, key).expect(422);
    await cancel(body, '').expect(400);
  });

  it('answers 409 only when nothing at all could be cancelled', async () => {
    api.runs.cancel = () => Promise.resolve({cancelled: [], refused: [{line_id: 'b', qty: 1, code: 'shipped'}]});
    const {body} = await cancel({lines: [{line_id: 'b', qty: 1}], reason: 'too late'}).expect(409);
    expect(body).toMatchObject({
      code: 'nothing_cancelled',
      errors: [{pointer: '/lines/0', code: 'shipped'}],
      cancelled: [],
    });
  });

  it('keeps no key of a request that was refused', async () => {
    const before = await api.store.prisma.idempotency_keys.count();
    await api.as('support').post('/v1/orders/none/cancel', {reason: 'x'}).expect(404);
    expect(await api.store.prisma.idempotency_keys.count()).toBe(before);
  });
});

describe('reviews', () => {
  beforeAll(async () => {
    const at = new Date();
    const review = {state: 'open', score: 0.61, reasons: ['velocity'], opened_at: at};
    for (const [id, hours] of [
      ['rev_2', 2],
      ['rev_1', 1],
      ['rev_3', 3],
    ] as const) {
      const {body} = await api.as('checkout').post('/v1/orders', sampleOrder()).expect(201);
      await api.store.prisma.reviews.create({
        data: {...review, id, order_id: body.order_id, deadline: new Date(at.getTime() + hours * 3_600_000)},
      });
    }
  });

  it('are listed by deadline and decided once', async () => {
    const support = api.as('support');
    const {body} = await support.get('/v1/reviews?state=open').expect(200);
    conforms('listReviews', body);
    expect(body.map((review: {review_id: string}) => review.review_id)).toEqual(['rev_1', 'rev_2', 'rev_3']);
    const {customer} = sampleOrder();
    expect(body[0]).toMatchObject({name: customer.name, total: {amount: expect.any(Number), currency: 'USD'}});
    const key = freshKey();
    const decision = {decision: 'approve', note: 'known customer'};
    const decided = await support.post('/v1/reviews/rev_1', decision, key).expect(200);
    conforms('decideReview', decided.body);
    // the answer is kept for who asks again, and keeps nobody's name
    expect(JSON.stringify(decided.body)).not.toContain(customer.name);
    expect(decided.body).toMatchObject({state: 'approved', decided_by: 'dev-support', note: 'known customer'});
    await support.post('/v1/reviews/rev_1', decision, key).expect(200).expect('Idempotent-Replayed', 'true');
    await api.as('ops').post('/v1/reviews/rev_1', {decision: 'reject', note: 'no'}).expect(409);
    await support.post('/v1/reviews/none', decision).expect(404);
    await support.post('/v1/reviews/rev_2', decision, '').expect(400);
    const signals = await api.store.prisma.workflow_signals.findMany({where: {name: 'reviewDecided'}});
    expect(signals).toHaveLength(1);
  });
});

describe('the customer', () => {
  it('sees each shipment with its money behind the link, and no internal ids', async () => {
    const {body} = await api.anonymous.get(`/v1/track/${token}`).expect(200);
    conforms('trackOrder', body);
    expect(body.payment).toMatchObject({held: {amount: 6_500}, charged: {amount: 0}});
    expect(body.shipments).toHaveLength(2);
    expect(body.shipments[0].money).toEqual({
      held: {amount: 5_000, currency: 'USD'},
      charged: {amount: 0, currency: 'USD'},
      to_be_charged: {amount: 5_000, currency: 'USD'},
    });
    // lines are named by the customer when they cancel them or send them back; nothing else of the inside shows
    expect(JSON.stringify(body)).not.toMatch(/ord_|sub_(?!order)|prc_|pay_|WH-NY-1/);
    expect(JSON.stringify({...body, lines: []})).not.toContain('lin_');
  });

  it('has a page, also for a wrong link', async () => {
    const page = await api.anonymous
      .get(`/track/${token}`)
      .expect(200)
      .expect('Content-Type', /text\/html/);
    expect(page.text).toContain('Shipment 1 of 2');
    expect(page.text).toContain('Waiting for stock');
    expect(page.text).toContain('<noscript><meta http-equiv="refresh" content="30"></noscript>');
    expect(page.text).not.toMatch(/ style=| on\w+=/);
    // its own script, and what it goes on with: data, which is not run
    expect(page.text.match(/<script [^>]*>/g)).toEqual([
      expect.stringMatching(/^<script type="module" src="\/assets\/[\w.-]+"><?/),
      '<script type="application/json" id="opened">',
    ]);
    const policy = "default-src 'none'; script-src 'self'; style-src 'self'";
    expect(page.headers).toMatchObject({
      'content-security-policy': expect.stringContaining(policy),
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    });
    const missing = await api.anonymous
      .get(`/track/${token}x`)
      .expect(404)
      .expect('Content-Type', /text\/html/);
    expect(missing.text).toContain('We cannot find this page');
    await api.anonymous
      .get('/static/app.css')
      .expect(200)
      .expect('Content-Type', /text\/css/);
    await api.anonymous
      .get('/')
      .expect(200)
      .expect(/openapi\.json/);
  });
});
