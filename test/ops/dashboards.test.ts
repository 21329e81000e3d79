import {CARRIERS} from '../../domain/shipping/carrier-health.ts';
import {carrierAdmission, hearOfPurchase} from '../../store/carrier-health.ts';
import {countStageTimes} from '../../store/ops/stage-times.ts';
import {reportStuck} from '../../store/stuck-steps.ts';
import {startTestApi, type TestApi} from '../support/api.ts';
import {advanceSubOrder, confirmOrder} from '../support/placed-order.ts';
import {offer, openShop} from '../support/shop.ts';
import {storeOrder} from '../support/stored-order.ts';
import {lockOrder, SYSTEM} from '../../store/record-change.ts';
import {transact} from '../../store/transact.ts';

let api: TestApi;
let sku: string;
/** parts at EAST, in the order they were placed */
const parts: string[] = [];
const orders: string[] = [];

beforeAll(async () => {
  api = await startTestApi();
  await openShop(api);
  sku = await offer(api, {at: {EAST: 100}});
  for (let i = 0; i < 3; i += 1) {
    const id = await storeOrder(api.store, {lines: [{sku, qty: 2}]});
    orders.push(id);
    parts.push(...(await confirmOrder(api.store, id)));
  }
});
afterAll(() => api.close());

const get = async (path: string) => (await api.as('analyst').get(path).expect(200)).body;
const move = (part: string, to: 'PICKING' | 'PICKED') =>
  transact(api.store, async (tx) => {
    const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: part}});
    await advanceSubOrder(api.store, tx, await lockOrder(tx, sub.order_id), sub, {to, by: SYSTEM});
  });
const stage = async (name: string) =>
  (await get('/v1/ops/flow')).stages.find((row: {stage: string}) => row.stage === name);

describe('the flow of today', () => {
  it('has what stands in each stage, and what came and went in the last hour', async () => {
    expect(await stage('ALLOCATED')).toMatchObject({of: 'parts', now: 3, orders: 3, arrived_hour: 3, left_hour: 0});
    await storeOrder(api.store, {lines: [{sku, qty: 1}]});
    expect(await stage('payment')).toMatchObject({of: 'orders', now: 1, arrived_hour: 4, left_hour: 3});
    await move(parts[0] as string, 'PICKING');
    expect(await stage('ALLOCATED')).toMatchObject({now: 2, arrived_hour: 3, left_hour: 1});
    expect(await stage('PICKING')).toMatchObject({now: 1, arrived_hour: 1, left_hour: 0, usual_s: null, over: 0});
    const {hours} = await get('/v1/ops/flow');
    expect(hours).toHaveLength(25);
    expect(hours.reduce((sum: number, hour: {placed: number}) => sum + hour.placed, 0)).toBe(4);
  });

  it('tells what is there for longer than usual, once enough passes were seen', async () => {
    const hourAgo = new Date(Date.now() - 3_600_000);
    for (let i = 0; i < 20; i += 1) {
      const subject = `seen-${i}`;
      await api.store.prisma
        .$executeRaw`INSERT INTO order_audit (order_id, seq, subject, from_state, to_state, actor, role, at)
        VALUES ('seen', 1, ${subject}, 'ALLOCATED', 'PICKING', 'w', 'system', ${hourAgo}),
          ('seen', 2, ${subject}, 'PICKING', 'PICKED', 'w', 'system', ${new Date(hourAgo.getTime() + (i + 1) * 1_000)})`;
    }
    await countStageTimes(api.store);
    await api.store.prisma.sub_orders.updateMany({where: {stage: 'PICKING'}, data: {updated_at: hourAgo}});
    expect(await stage('PICKING')).toMatchObject({usual_s: 10, usual_p90_s: 18, over: 1});
  });

  it('leads to what stands in a stage, whatever is there longest first', async () => {
    const picking = await get('/v1/ops/flow/PICKING/orders');
    expect(picking).toMatchObject({
      items: [{order_id: orders[0], sub_order_id: parts[0], over: true, warehouse: 'EAST'}],
      ...{total: 1, next: null},
    });
    expect((await get('/v1/ops/flow/payment/orders')).items).toMatchObject([{sub_order_id: null, over: false}]);
    const first = await get('/v1/ops/flow/ALLOCATED/orders?limit=1');
    expect([first.total, first.next]).toEqual([2, 1]);
    const second = await get('/v1/ops/flow/ALLOCATED/orders?limit=1&from=1');
    expect([...first.items, ...second.items].map((item) => item.sub_order_id)).toEqual(parts.slice(1));
    expect([second.total, second.next]).toEqual([2, null]);
    expect(await get('/v1/ops/flow/PACKED/orders')).toEqual({items: [], total: 0, next: null});
    await api.as('ops').get('/v1/ops/flow/shelf/orders').expect(400);
  });
});

describe('late risk and cut-offs', () => {
  it('rank what is in danger, with the reason', async () => {
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000);
    const promise = (i: number, pickup: number, to: number) =>
      api.store.prisma.promises.update({
        where: {id: parts[i] as string},
        data: {pickup_at: at(pickup), window_to: at(to)},
      });
    await promise(0, -1, 24);
    await promise(1, -30, -1);
    await promise(2, 70, 90);
    const {items, counts, next} = await get('/v1/ops/late-risk');
    expect(items).toMatchObject([
      {sub_order_id: parts[1], chance: 1, level: 'late', reason: 'window_over', warehouse: 'EAST'},
      {sub_order_id: parts[0], chance: 0.9, level: 'high', reason: 'cut_off_missed'},
    ]);
    expect([counts, next]).toEqual([{late: 1, high: 1, medium: 0, low: 1}, null]);
    expect((await get('/v1/ops/late-risk?limit=1')).next).toBe(1);
    expect((await get('/v1/ops/late-risk?limit=1&from=1')).items).toMatchObject([{sub_order_id: parts[0]}]);
    expect((await get('/v1/ops/late-risk?warehouse=WEST')).items).toEqual([]);
  });

  it('have the open work that must make each cut-off', async () => {
    const {sites} = await get('/v1/ops/cut-offs');
    const east = sites.find((site: {warehouse: string}) => site.warehouse === 'EAST');
    expect(east).toMatchObject({missed: 2, active: true});
    expect(east.cut_offs).toHaveLength(3);
    const due = east.cut_offs[0].at;
    await api.store.prisma.promises.update({where: {id: parts[2] as string}, data: {pickup_at: new Date(due)}});
    const again = (await get('/v1/ops/cut-offs')).sites.find((site: {warehouse: string}) => site.warehouse === 'EAST');
    expect(again.cut_offs[0]).toEqual({at: due, open: 1, units: 2, by_stage: {ALLOCATED: 1}});
    expect((await get('/v1/ops/workloads')).warehouses).toMatchObject([
      {warehouse: 'EAST', open: {pick: 3, pack: 0, unpick: 0}, units_to_pick: 6},
      {warehouse: 'LAKE'},
      {warehouse: 'WEST'},
    ]);
  });
});

describe('exceptions', () => {
  it('are one list, taken and given back', async () => {
    const [order_id = ''] = orders;
    await reportStuck(api.store, {order_id, sub_order_id: null, step: 'buyLabels', code: 'no_carrier'});
    const {items, counts} = await get('/v1/ops/exceptions');
    expect(items).toMatchObject([
      {kind: 'step', code: 'no_carrier', order_id, severity: 'medium', owner: null, call: 'resumeOrder'},
    ]);
    expect(counts).toEqual({high: 0, medium: 1, low: 0, mine: 0, nobodys: 1});
    const {key} = items[0];
    await api.as('ops').post('/v1/ops/exceptions/claims', {key}).expect(200, {key, owner: 'dev-ops'});
    const mine = (await api.as('ops').get('/v1/ops/exceptions?owner=dev-ops').expect(200)).body;
    expect([mine.items.length, mine.counts.mine]).toEqual([1, 1]);
    expect((await get('/v1/ops/exceptions?owner=nobody')).items).toEqual([]);
    await api.as('ops').post('/v1/ops/exceptions/claims', {key, owner: null}).expect(200, {key, owner: null});
    expect((await get('/v1/ops/exceptions?kind=dispute')).items).toEqual([]);
    await api.as('analyst').post('/v1/ops/exceptions/claims', {key}).expect(403);
  });
});

describe('the carriers', () => {
  it('show who was routed around, and who took the work', async () => {
    await carrierAdmission(api.store, {carriers: ['SwiftPost', 'NordFreight']});
    for (let i = 0; i < 4; i += 1) {
      const heard = {carrier: 'SwiftPost', parcel: 'p', outcome: 'failed', retry_after: null, terms: CARRIERS} as const;
      await hearOfPurchase(api.store, heard);
    }
    const ranked = [{carrier: 'NordFreight', terms: {price: 1}}];
    const row = {order_id: null, kind: 'carrier', policy_version: 1, output: {ranked}, at: new Date()};
    const inputs = {parcel: 'p', not_asked: ['SwiftPost']};
    await api.store.prisma.decisions.createMany({
      data: [
        {id: 'd1', inputs, ...row},
        {id: 'd2', inputs, ...row},
      ],
    });
    const {carriers} = await get('/v1/ops/carriers');
    expect(carriers).toMatchObject([
      {carrier: 'NordFreight', state: 'closed', routed_around: 0, turns: []},
      {
        carrier: 'SwiftPost',
        state: 'open',
        routed_around: 1,
        went_to: [{carrier: 'NordFreight', parcels: 1}],
        turns: [{state: 'open', failures: 4}],
      },
    ]);
  });
});
