import {startTestApi, type TestApi} from '../support/api.ts';
import {sampleOrder, stockCatalogue} from '../support/catalogue.ts';
import {confirmOrder} from '../support/placed-order.ts';

const DAY = 86_400_000;
const OWN_PAGE = {'X-Waybill-Page': '1'};

let api: TestApi;
/** moves the service's clock on, in milliseconds */
let ahead = 0;
let badge: string;

beforeAll(async () => {
  api = await startTestApi();
  const {now} = api.store;
  api.store.now = () => new Date(now().getTime() + ahead);
  await stockCatalogue(api);
  const ops = api.as('ops');
  await ops.put('/v1/staff/1001', {name: 'Ann', warehouse: 'WH-NY-1', roles: ['picker', 'packer', 'receiver']});
  badge = (await ops.post('/v1/staff/1001/credentials', {badge: true}).expect(200)).body.badge;
});
afterAll(() => api.close());

async function signIn(): Promise<string> {
  const {headers} = await api.as('device').post('/v1/floor/sign-in', {badge}).expect(200);
  return String(headers['set-cookie']?.[0]?.split(';')[0]);
}

const send = (Cookie: string, path: string, body: object | string) =>
  api.anonymous
    .post(path)
    .set({Cookie, ...OWN_PAGE})
    .type('application/json')
    .send(body);

async function pickTask() {
  const {body: order} = await api
    .as('checkout')
    .post('/v1/orders', {...sampleOrder(), lines: [{sku: 'WATER-5L', qty: 2}]})
    .expect(201);
  await confirmOrder(api.store, order.order_id);
  const {body} = await api.as('picker').get('/v1/warehouses/WH-NY-1/tasks?kind=pick').expect(200);
  return body.find((task: {order_id: string}) => task.order_id === order.order_id);
}

/** What a handheld and its device may send. */
const PATHS = [
  '/v1/floor/sign-in',
  '/v1/scans',
  '/v1/parcels/none/weight-approvals',
  '/v1/inventory/receipts',
  '/v1/inventory/moves',
  '/v1/inventory/counts',
  '/v1/inventory/transfers',
  '/v1/inventory/transfers/none/arrival',
  '/v1/tasks/none/count',
];

describe('the floor is answered with a reason, whatever comes (F31)', () => {
  it.each(PATHS)('%s: nothing, another type, 3 MiB', async (path) => {
    const Cookie = await signIn();
    const caller = path === '/v1/floor/sign-in' ? api.as('device') : null;
    const post = (body: string) => (caller ? caller.post(path, body) : send(Cookie, path, body));
    for (const body of ['null', '[]', '7', '"scan"', '{"operation_id": null, "kind": 7, "badge": {}}']) {
      const answer = await post(body);
      expect([body, [400, 422].includes(answer.status), answer.body.code]).toEqual([body, true, expect.any(String)]);
    }
    const large = await post(JSON.stringify({code: 'x'.repeat(3 * 1_024 * 1_024)}));
    expect([large.status, large.body.code]).toEqual([413, 'body_too_large']);
  });

  it('counts a scan once that an offline queue sends again the next day, in another session', async () => {
    const {task_id, stops} = await pickTask();
    const [stop] = stops;
    const bin = {operation_id: `${task_id}-bin`, task_id, kind: 'bin', code: stop.bin};
    const item = {operation_id: `${task_id}-item`, task_id, kind: 'item', code: stop.barcode};
    const first = await signIn();
    await send(first, '/v1/scans', bin).expect(200);
    const {body: told} = await send(first, '/v1/scans', item).expect(200);
    expect(told.accepted).toBe(true);
    ahead += DAY;
    await send(first, '/v1/scans', item).expect(401);
    const {body: again} = await send(await signIn(), '/v1/scans', item).expect(200);
    expect(again).toEqual(told);
    const row = await api.store.prisma.task_stops.findFirstOrThrow({where: {task_id}});
    expect(row.picked).toBe(1);
  });

  it('answers a thousand scans from twenty-five devices in a rush, and counts what is there', async () => {
    const {task_id, stops} = await pickTask();
    const [stop] = stops;
    const Cookie = await signIn();
    await send(Cookie, '/v1/scans', {operation_id: `${task_id}-open`, task_id, kind: 'bin', code: stop.bin}).expect(
      200,
    );
    const item = {task_id, kind: 'item', code: stop.barcode};
    // each operation four times, as a queue that hears no answer sends it
    const scans = Array.from({length: 1_000}, (_, i) => ({...item, operation_id: `${task_id}-${i % 250}`}));
    const statuses: number[] = [];
    const device = async (n: number) => {
      for (let i = n; i < scans.length; i += 25)
        statuses[i] = (await send(Cookie, '/v1/scans', scans[i] as object)).status;
    };
    await Promise.all(Array.from({length: 25}, (_, n) => device(n)));
    expect([statuses.length, statuses.filter((status) => ![200, 429].includes(status))]).toEqual([1_000, []]);
    const again = scans.filter((_scan, i) => statuses[i] === 429);
    for (const scan of again) await send(Cookie, '/v1/scans', scan).expect(200);
    const row = await api.store.prisma.task_stops.findFirstOrThrow({where: {task_id}});
    expect(row.picked).toBe(stop.qty);
    const kept = await api.store.prisma.scans.findMany({where: {task_id, kind: 'item'}});
    expect([kept.length, kept.filter(({accepted}) => accepted).length]).toEqual([250, stop.qty]);
  }, 240_000);
});
