import {DEVICE_TRIES} from '../../domain/floor/sign-in.ts';
import {startTestApi, type TestApi} from '../support/api.ts';
import {stockCatalogue, WAREHOUSE} from '../support/catalogue.ts';
import {ANN, OWN_PAGE, staffOf} from '../support/staff.ts';

let api: TestApi;
const {hire, me, sessionOf, signIn} = staffOf(() => api);
/** moves the service's clock on, in milliseconds */
let ahead = 0;

beforeAll(async () => {
  api = await startTestApi();
  const {now} = api.store;
  api.store.now = () => new Date(now().getTime() + ahead);
  await stockCatalogue(api);
  await api
    .as('ops')
    .put('/v1/warehouses/WH-2', {...WAREHOUSE, name: 'Second'})
    .expect(200);
});
afterAll(() => api.close());

describe('a person who is let go', () => {
  const session = (id: string) =>
    api.store.prisma.sessions.findMany({where: {staff_id: id, ended_at: null}, select: {device: true}});

  it('is signed out for good, as who is moved is, and nobody slips in meanwhile', async () => {
    const badge = await hire('4002');
    const Cookie = await sessionOf({badge});
    const ops = api.as('ops');
    await ops.put('/v1/staff/4002', {...ANN, active: false}).expect(200);
    await me(Cookie).expect(401);
    expect(await session('4002')).toEqual([]);
    await ops.put('/v1/staff/4002', ANN).expect(200);
    // the old session does not come back to life with the person
    await me(Cookie).expect(401);
    const again = await sessionOf({badge});
    await ops.put('/v1/staff/4002', {...ANN, warehouse: 'WH-2'}).expect(200);
    await me(again).expect(401);
    await ops.put('/v1/staff/4002', ANN).expect(200);
    for (let i = 0; i < 8; i += 1) {
      await Promise.all([signIn({badge}), ops.put('/v1/staff/4002', {...ANN, active: i % 2 === 1})]);
      if (i % 2 === 0) expect(await session('4002')).toEqual([]);
      // who came too late was wrong at the device: it has waited that off before the next turn
      ahead += 15 * 60_000;
    }
  });
});

describe('a second person', () => {
  it('shows badge or PIN on the device of the first: tries count, and nobody is signed out', async () => {
    const Cookie = await sessionOf({badge: await hire('5001')});
    const second = await hire('5002');
    const approve = (approver: object) =>
      api.anonymous
        .post('/v1/parcels/none/weight-approvals')
        .set({Cookie, ...OWN_PAGE})
        .send({weight_g: 1, reason: 'x', approver});
    await approve({badge: second}).expect(404);
    await approve({staff_id: '5002', pin: '4711'}).expect(404);
    await approve({}).expect(422);
    const picker = await hire('5003', {...ANN, roles: ['picker']});
    expect((await approve({badge: picker}).expect(403)).body.detail).toBe('this person may not do that');
    for (let i = 0; i < DEVICE_TRIES; i += 1) {
      const {body} = await approve({badge: '5002-0000000000000000'}).expect(403);
      expect(body.code).toBe('sign_in_refused');
    }
    expect((await approve({badge: second}).expect(429)).body.code).toBe('sign_in_locked');
    await me(Cookie).expect(200);
    ahead += 30_000;
    await approve({badge: second}).expect(404);
    await me(Cookie).expect(200);
  });
});

describe('a lead', () => {
  it('leaves a trace of what they change, without names, PINs or badges', async () => {
    await hire('3009', {...ANN, name: 'Unmistakable'}, '60718293');
    const kept = await api.store.prisma.decisions.findMany({where: {kind: {in: ['put_staff', 'give_credentials']}}});
    const told = kept.filter(({inputs}) => (inputs as {staff_id: string}).staff_id === '3009');
    expect(told.map(({kind, inputs, output}) => [kind, inputs, output])).toEqual([
      ['put_staff', {staff_id: '3009', by: 'dev-ops'}, {warehouse_id: 'WH-NY-1', roles: ANN.roles, active: true}],
      ['give_credentials', {staff_id: '3009', by: 'dev-ops'}, {badge: true, pin: true, password: false}],
    ]);
  });

  it('manages the people of their warehouse, and no lead but themselves', async () => {
    const lead = {name: 'Lea', warehouse: 'WH-NY-1', roles: ['warehouse_lead']};
    const Cookie = await sessionOf({badge: await hire('3001', lead)});
    const as = (path: string, method: 'put' | 'post', body: object) =>
      api.anonymous[method](path)
        .set({Cookie, ...OWN_PAGE})
        .send(body);
    await as('/v1/staff/3002', 'put', ANN).expect(200);
    await as('/v1/staff/3002/credentials', 'post', {badge: true}).expect(200);
    await as('/v1/staff/3002', 'put', {...ANN, warehouse: 'WH-2'}).expect(403);
    await as('/v1/staff/3002', 'put', {...ANN, roles: ['warehouse_lead']}).expect(403);
    await hire('3003', lead);
    await as('/v1/staff/3003/credentials', 'post', {pin: '1234'}).expect(403);
    await as('/v1/staff/3001/credentials', 'post', {pin: '123456'}).expect(200);
    const {body} = await api.as('warehouse_lead').get('/v1/warehouses/WH-NY-1/staff').expect(200);
    expect(body).toContainEqual(expect.objectContaining({staff_id: '3002', has_badge: true, has_pin: false}));
    await api.as('warehouse_lead').get('/v1/warehouses/WH-NONE/staff').expect(404);
    await api
      .as('ops')
      .put('/v1/staff/3004', {...ANN, warehouse: 'NONE'})
      .expect(422);
    await api.as('ops').post('/v1/staff/3999/credentials', {badge: true}).expect(404);
  });
});
