import {DEVICE_TRIES, PIN_TRIES} from '../../domain/floor/sign-in.ts';
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

describe('a person on a shared device', () => {
  it('signs in by badge or by number and PIN, and works under their own name', async () => {
    const badge = await hire('1001');
    const {body, headers} = await signIn({badge}).expect(200);
    expect(body).toEqual({client: 'staff:1001', staff_id: '1001', ...ANN});
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(/^waybill_session=[\w-]{20,}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    const session = await sessionOf({staff_id: '1001', pin: '4711'});
    expect((await me(session).expect(200)).body).toEqual(body);
    await api.anonymous.get('/v1/warehouses/WH-NY-1/tasks').set({Cookie: session}).expect(200);
    const scan = {operation_id: 'op-1', kind: 'dispatch', code: 'NOTHING'};
    await api.anonymous
      .post('/v1/scans')
      .set({Cookie: session, ...OWN_PAGE})
      .send(scan)
      .expect(200);
    expect((await api.store.prisma.scans.findUniqueOrThrow({where: {operation_id: 'op-1'}})).actor).toBe('staff:1001');
  });

  it('may do what its roles may, in its own warehouse', async () => {
    const session = await sessionOf({badge: await hire('1002')});
    const asked = (path: string) => api.anonymous.get(path).set({Cookie: session});
    await asked('/v1/warehouses/WH-NY-1/counts').expect(403);
    await asked('/v1/warehouses/WH-2/tasks').expect(403);
    await asked('/v1/orders').expect(403);
  });

  it('keeps nothing that reads like a PIN, a badge or a session', async () => {
    const badge = await hire('1003', ANN, '90817263');
    const session = await sessionOf({badge});
    const tables = await Promise.all(
      ['staff', 'sessions', 'sign_in_tries'].map((name) => api.store.pool.query(`SELECT * FROM ${name}`)),
    );
    const kept = JSON.stringify(tables.map(({rows}) => rows));
    for (const secret of [badge.slice(5), '90817263', session.split('=')[1]]) expect(kept).not.toContain(secret);
    const hashes = await api.store.prisma.staff.findMany({select: {pin_hash: true}, where: {pin_hash: {not: null}}});
    expect(new Set(hashes.map(({pin_hash}) => pin_hash)).size).toBe(hashes.length);
  });

  it('is signed out by the next one, by hand, by new credentials, by leaving, and when the device is disabled', async () => {
    const badge = await hire('1004');
    const first = await sessionOf({badge});
    const second = await sessionOf({badge});
    await me(first).expect(401);
    await me(second).expect(200);
    await api.anonymous
      .post('/v1/floor/sign-out')
      .set({Cookie: second, ...OWN_PAGE})
      .expect(200);
    await me(second).expect(401);
    const third = await sessionOf({badge});
    const renewed = await hire('1004');
    await me(third).expect(401);
    await signIn({badge}).expect(403);
    const fourth = await sessionOf({badge: renewed});
    await api
      .as('ops')
      .put('/v1/staff/1004', {...ANN, active: false})
      .expect(200);
    await me(fourth).expect(401);
    await signIn({badge: renewed}).expect(403);
    await api.as('ops').put('/v1/staff/1004', ANN).expect(200);
    const fifth = await sessionOf({badge: renewed});
    const device = {client_id: 'dev-device'};
    await api.store.prisma.api_keys.updateMany({where: device, data: {disabled_at: new Date()}});
    await me(fifth).expect(401);
    await api.store.prisma.api_keys.updateMany({where: device, data: {disabled_at: null}});
  });

  it('is signed out after an hour of nothing, and after a shift', async () => {
    const badge = await hire('1005');
    const session = await sessionOf({badge});
    for (let minutes = 0; minutes < 12 * 60 - 50; minutes += 50) {
      ahead += 50 * 60_000;
      const {status} = await me(session);
      expect(status).toBe(200);
    }
    ahead += 50 * 60_000;
    await me(session).expect(401);
    const idle = await sessionOf({badge});
    ahead += 61 * 60_000;
    await me(idle).expect(401);
  });

  it('changes nothing by a cookie alone: only our own pages send the header', async () => {
    const session = await sessionOf({badge: await hire('1006')});
    const scan = {operation_id: 'op-forged', kind: 'dispatch', code: 'NOTHING'};
    const forged = await api.anonymous.post('/v1/scans').set({Cookie: session}).send(scan);
    expect([forged.status, forged.body.code]).toEqual([403, 'forbidden']);
    expect(await api.store.prisma.scans.count({where: {operation_id: 'op-forged'}})).toBe(0);
  });

  it('scans for nobody else: what was on its way when the next one signed in waits for them', async () => {
    const anns = await hire('1007');
    await hire('1008');
    await sessionOf({badge: anns});
    const Cookie = await sessionOf({staff_id: '1008', pin: '4711'});
    const send = (whose: string) =>
      api.anonymous
        .post('/v1/scans')
        .set({Cookie, 'X-Waybill-Page': whose})
        .send({operation_id: 'op-late', kind: 'dispatch', code: 'NOTHING'});
    const late = await send('staff:1007').expect(401);
    expect(late.body).toMatchObject({code: 'unauthenticated', detail: 'somebody else is signed in on this device now'});
    expect(await api.store.prisma.scans.count({where: {operation_id: 'op-late'}})).toBe(0);
    await send('staff:1008').expect(200);
  });
});

describe('a shared device', () => {
  it('is known by its key, once given, in a cookie no script reads', async () => {
    const {headers} = await api.as('device').post('/v1/floor/device').expect(200);
    const kept = String(headers['set-cookie']?.[0]);
    expect(kept).toMatch(/^waybill_device=.+; HttpOnly; SameSite=Strict; Max-Age=31536000$/);
    const badge = await hire('2001');
    const Cookie = String(kept.split(';')[0]);
    const entered = (headersOf: Record<string, string>) =>
      api.anonymous.post('/v1/floor/sign-in').set(headersOf).send({badge});
    await entered({Cookie}).expect(403);
    await entered({Cookie, ...OWN_PAGE}).expect(200);
    await api.anonymous.get('/v1/warehouses/WH-NY-1/tasks').set({Cookie}).expect(401);
    await api.as('picker').post('/v1/floor/sign-in', {badge}).expect(403);
  });

  it('waits after wrong tries in a row, also when they come at once, and forgets them after a right one', async () => {
    const badge = await hire('2002');
    const wrong = {badge: '2002-0000000000000000'};
    for (let i = 1; i < DEVICE_TRIES; i += 1) await signIn(wrong).expect(403);
    await signIn({badge}).expect(200);
    const tries = await Promise.all(Array.from({length: 12}, () => signIn(wrong)));
    expect(tries.map(({status}) => status).filter((status) => status === 403)).toHaveLength(DEVICE_TRIES);
    const locked = await signIn({badge}).expect(429);
    expect(locked.body.code).toBe('sign_in_locked');
    expect(Number(locked.headers['retry-after'])).toBeLessThanOrEqual(30);
    ahead += 30_000;
    await signIn({badge}).expect(200);
  });

  it("spends a person's PIN after ten wrong ones, wherever they come from; the badge still lets them in", async () => {
    const badge = await hire('2003');
    const right = await hire('2004');
    for (let i = 0; i < PIN_TRIES; i += 1) {
      await signIn({staff_id: '2003', pin: '0000'}).expect(403);
      // somebody who signs in as themselves between the guesses does not get more of them
      if (i % 3 === 2) await signIn({badge: right}).expect(200);
    }
    const spent = await signIn({staff_id: '2003', pin: '4711'}).expect(403);
    expect(spent.body.detail).toContain('use your badge');
    await signIn({badge}).expect(200);
    await hire('2003');
    await signIn({staff_id: '2003', pin: '4711'}).expect(200);
  });

  it('of one warehouse lets nobody of another in', async () => {
    const badge = await hire('2005', {...ANN, warehouse: 'WH-2'});
    await api.store.prisma.api_keys.updateMany({where: {role: 'device'}, data: {warehouse_id: 'WH-NY-1'}});
    const {body} = await signIn({badge}).expect(403);
    expect(body.detail).toContain('another warehouse');
    await api.store.prisma.api_keys.updateMany({where: {role: 'device'}, data: {warehouse_id: null}});
  });

  it('keeps nobody who was moved to another warehouse', async () => {
    const session = await sessionOf({badge: await hire('2006')});
    await api.store.prisma.api_keys.updateMany({where: {role: 'device'}, data: {warehouse_id: 'WH-NY-1'}});
    await me(session).expect(200);
    await api
      .as('ops')
      .put('/v1/staff/2006', {...ANN, warehouse: 'WH-2'})
      .expect(200);
    await me(session).expect(401);
    await api.store.prisma.api_keys.updateMany({where: {role: 'device'}, data: {warehouse_id: null}});
  });

  it('keeps nobody with credentials that are replaced while they sign in', async () => {
    await hire('2007', ANN, '1000');
    for (let i = 0; i < 12; i += 1) {
      const [entered] = await Promise.all([
        signIn({staff_id: '2007', pin: `${1_000 + i}`}),
        api.as('ops').post('/v1/staff/2007/credentials', {pin: `${1_001 + i}`}),
      ]);
      const [cookie = ''] = (entered.headers['set-cookie'] ?? []) as string[];
      await me(String(cookie.split(';')[0])).expect(401);
      await signIn({staff_id: '2007', pin: `${1_001 + i}`}).expect(200);
    }
  });

  it('hears what is missing of a sign-in', async () => {
    for (const body of [{}, {staff_id: '1001'}, {pin: '1234'}, {badge: 'x', pin: '1234'}]) {
      await signIn(body).expect(422);
    }
  });
});
