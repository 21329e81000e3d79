import {endSwitches, policyInForce} from '../../store/ops/switches.ts';
import {policyOf} from '../../store/policies.ts';
import {endSwitchesInTime} from '../../workers/relay/end-switches.ts';
import {carrierAdmission} from '../../store/carrier-health.ts';
import {countRows, freshKey, startTestApi, type TestApi} from '../support/api.ts';
import {offer, openShop, orderOf} from '../support/shop.ts';

let api: TestApi;
let sku: string;
beforeAll(async () => {
  api = await startTestApi();
  await openShop(api);
  sku = await offer(api, {at: {EAST: 100}});
  await carrierAdmission(api.store, {carriers: ['SwiftPost']});
});
afterAll(() => api.close());

const flip = (body: object) => api.as('ops').post('/v1/ops/switches', {reason: 'drill', ...body});
const INTAKE = {kind: 'intake', subject: 'all'};
const order = (key?: string) => api.as('checkout').post('/v1/orders', orderOf({lines: [{sku, qty: 1}]}), key);
const inMinutes = (n: number) => new Date(Date.now() + n * 60_000).toISOString();

describe('switches', () => {
  it('are shown in one shape', async () => {
    const {switches} = (await api.as('support').get('/v1/ops/switches').expect(200)).body;
    const names = switches.map(({kind, subject}: {kind: string; subject: string}) => `${kind} ${subject}`);
    expect(names).toEqual([
      'intake all',
      'messages all',
      'policy auto_approval',
      'policy auto_refunds',
      'policy splits',
      'site EAST',
      'site LAKE',
      'site WEST',
      'carrier SwiftPost',
    ]);
    expect(switches.every(({active}: {active: boolean}) => active)).toBe(true);
  });

  it('stop intake before anything is written, and say when to come back', async () => {
    const key = freshKey();
    const body = orderOf({lines: [{sku, qty: 1}]});
    const place = () => api.as('checkout').post('/v1/orders', body, key);
    const {order_id} = (await place().expect(201)).body;
    await flip({...INTAKE, active: false, until: inMinutes(10)}).expect(200);
    const before = await countRows(api.store);
    const refused = await order().expect(503);
    expect(refused.body).toMatchObject({code: 'intake_off'});
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(590);
    expect(await countRows(api.store)).toEqual(before);
    // what was answered before is answered again
    expect((await place().expect(201)).body.order_id).toBe(order_id);
    await flip({...INTAKE, active: true}).expect(200);
    await order().expect(201);
  });

  it('end by themselves, on record', async () => {
    await flip({...INTAKE, active: false, until: inMinutes(10)}).expect(200);
    await flip({kind: 'carrier', subject: 'SwiftPost', active: false, until: inMinutes(10)}).expect(200);
    const later = {...api.store, now: () => new Date(Date.now() + 11 * 60_000)};
    expect(await endSwitchesInTime(later)).toBe(2);
    expect(await endSwitches(later)).toBe(0);
    const {switches, changes} = (await api.as('ops').get('/v1/ops/switches').expect(200)).body;
    expect(switches.filter(({active}: {active: boolean}) => !active)).toEqual([]);
    expect(changes.slice(0, 2)).toMatchObject([
      {kind: 'carrier', subject: 'SwiftPost', active: true, actor: 'waybill'},
      {kind: 'intake', active: true, actor: 'waybill'},
    ]);
    expect(changes).toContainEqual(expect.objectContaining({kind: 'intake', active: false, actor: 'dev-ops'}));
  });

  it('count as on when their time is over, whoever says so', async () => {
    await flip({...INTAKE, active: false, until: inMinutes(10)}).expect(200);
    await api.store.prisma.switches.updateMany({data: {until: new Date(Date.now() - 1_000)}});
    await order().expect(201);
  });

  it('take automations out of the policy of new orders, under a version of its own', async () => {
    const base = await api.deps.policy();
    await flip({kind: 'policy', subject: 'splits', active: false}).expect(200);
    await flip({kind: 'policy', subject: 'auto_approval', active: false}).expect(200);
    const {order_id} = (await order().expect(201)).body;
    const placed = await api.store.prisma.orders.findUniqueOrThrow({where: {id: order_id}});
    const policy = await policyOf(api.store.prisma, placed);
    expect(policy).toMatchObject({
      name: 'open without auto_approval, splits',
      routing: {max_shipments: 1},
      fraud: {review_above: -1},
    });
    expect((await policyInForce(api.store, base)).version).toBe(placed.policy_version);
    for (const subject of ['splits', 'auto_approval']) await flip({kind: 'policy', subject, active: true}).expect(200);
    expect(await policyInForce(api.store, base)).toEqual(base);
  });

  it('are for ops, with a reason, and for what there is', async () => {
    await api
      .as('support')
      .post('/v1/ops/switches', {...INTAKE, active: false, reason: 'x'})
      .expect(403);
    await flip({...INTAKE, active: false, reason: ''}).expect(422);
    await flip({...INTAKE, active: false, until: inMinutes(-1)}).expect(422);
    await flip({kind: 'site', subject: 'NOWHERE', active: false}).expect(404);
    await flip({kind: 'policy', subject: 'gravity', active: false}).expect(404);
    await flip({kind: 'site', subject: 'EAST', active: false}).expect(200);
    await flip({kind: 'site', subject: 'EAST', active: true}).expect(200);
  });
});
