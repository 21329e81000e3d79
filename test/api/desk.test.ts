import {DEVICE_TRIES, deskTries, IDLE_MS} from '../../domain/floor/sign-in.ts';
import {startTestApi, type TestApi} from '../support/api.ts';
import {stockCatalogue} from '../support/catalogue.ts';

let api: TestApi;
/** moves the service's clock on, in milliseconds */
let ahead = 0;

beforeAll(async () => {
  api = await startTestApi();
  const {now} = api.store;
  api.store.now = () => new Date(now().getTime() + ahead);
  await stockCatalogue(api);
});
afterAll(() => api.close());

const PAGE = {'X-Waybill-Page': 'used'};
const PASSWORD = 'four words make one';

async function seat(login: string, roles: string[], password = PASSWORD, warehouse: string | null = null) {
  await api.as('admin').put(`/v1/staff/${login}`, {name: login, warehouse, roles}).expect(200);
  await api.as('admin').post(`/v1/staff/${login}/credentials`, {password}).expect(200);
}

const signIn = (login: string, password = PASSWORD) =>
  api.anonymous.post('/v1/desk/sign-in').set(PAGE).send({login, password});

async function sessionOf(login: string, password = PASSWORD): Promise<string> {
  const {headers} = await signIn(login, password).expect(200);
  return String(headers['set-cookie']?.[0]?.split(';')[0]);
}

const me = (Cookie: string, page = 'used') => api.anonymous.get('/v1/desk/me').set({Cookie, 'X-Waybill-Page': page});

describe('a person of the office', () => {
  it('signs in by login and password and works under their own name, by their roles', async () => {
    await seat('sam', ['support']);
    const {body, headers} = await signIn('sam').expect(200);
    expect(body).toMatchObject({
      client: 'staff:sam',
      staff_id: 'sam',
      name: 'sam',
      warehouse: null,
      roles: ['support'],
    });
    expect(body.may).toEqual(expect.arrayContaining(['listOrders', 'cancelOrder', 'trackOrder']));
    expect(body.may).not.toContain('approveRefund');
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(/^waybill_session=[\w-]{20,}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    const Cookie = await sessionOf('sam');
    await api.anonymous.get('/v1/orders').set({Cookie}).expect(200);
    await api.anonymous.get('/v1/staff').set({Cookie}).expect(403);
  });

  it('is told the same, whether the login or the password is wrong, the person let go, or of the floor only', async () => {
    await seat('gone', ['support']);
    await api
      .as('admin')
      .put('/v1/staff/gone', {name: 'gone', roles: ['support'], active: false})
      .expect(200);
    await seat('pick', ['picker'], PASSWORD, 'WH-NY-1');
    const answers = [];
    for (const [login, password] of [
      ['sam', 'wrong'],
      ['nobody', PASSWORD],
      ['gone', PASSWORD],
      ['pick', PASSWORD],
    ] as const) {
      const {status, body} = await signIn(login, password);
      answers.push([status, body.code, body.detail]);
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual([403, 'sign_in_refused', 'this login and password let nobody in']);
  });

  it('waits after wrong tries in a row, as long for a login that nobody has, and others do not', async () => {
    await seat('fay', ['finance']);
    const courses = [];
    for (const login of ['fay', 'no-such-login']) {
      const tries = await Promise.all(Array.from({length: 9}, () => signIn(login, 'wrong')));
      courses.push(tries.map(({status}) => status).sort());
      const locked = await signIn(login).expect(429);
      expect(locked.body.code).toBe('sign_in_locked');
      expect(Date.parse(locked.body.until)).toBeGreaterThan(api.store.now().getTime());
    }
    expect(courses[0]).toEqual(courses[1]);
    expect(courses[0]?.filter((status) => status === 403)).toHaveLength(DEVICE_TRIES);
    await signIn('sam').expect(200);
    ahead += 30_000;
    await signIn('fay').expect(200);
    ahead += 25 * 60 * 60_000;
    await signIn('sam').expect(200);
    const kept = await api.store.prisma.sign_in_tries.findMany({where: {subject: {startsWith: deskTries('')}}});
    expect(kept.map(({subject}) => subject)).toEqual([deskTries('sam')]);
  });

  it('may sit at two desks; signing out ends the one', async () => {
    const [first, second] = [await sessionOf('sam'), await sessionOf('sam')];
    await api.anonymous
      .post('/v1/desk/sign-out')
      .set({Cookie: first, ...PAGE})
      .expect(200);
    await me(first).expect(401);
    await me(second).expect(200);
  });

  it('is signed out after an hour of nothing, however often the page looks again by itself', async () => {
    const Cookie = await sessionOf('sam');
    for (let minutes = 0; minutes < 100; minutes += 50) {
      ahead += 50 * 60_000;
      await me(Cookie).expect(200);
    }
    for (let quiet = 10 * 60_000; quiet < IDLE_MS; quiet += 10 * 60_000) {
      ahead += 10 * 60_000;
      await me(Cookie, 'idle').expect(200);
    }
    ahead += 10 * 60_000;
    await me(Cookie, 'idle').expect(401);
  });

  it('changes their own password if they know the one before, and is signed out elsewhere', async () => {
    await seat('pia', ['analyst']);
    const [here, there] = [await sessionOf('pia'), await sessionOf('pia')];
    const change = (current: string, password: string) =>
      api.anonymous
        .put('/v1/desk/password')
        .set({Cookie: here, ...PAGE})
        .send({current, password});
    const short = await change(PASSWORD, 'short').expect(422);
    expect(short.body.errors[0].pointer).toBe('/password');
    await change('wrong', 'a new one, long enough').expect(403);
    const {headers} = await change(PASSWORD, 'a new one, long enough').expect(200);
    await me(String(headers['set-cookie']?.[0]?.split(';')[0])).expect(200);
    await me(here).expect(401);
    await me(there).expect(401);
    await signIn('pia').expect(403);
    await signIn('pia', 'a new one, long enough').expect(200);
  });

  it('reads the pages as they chose, wherever they sign in', async () => {
    const Cookie = await sessionOf('sam');
    expect((await me(Cookie)).body.look).toBe(null);
    const look = {language: 'ar', theme: 'dark'};
    await api.anonymous
      .put('/v1/desk/look')
      .set({Cookie, ...PAGE})
      .send(look)
      .expect(200);
    expect((await signIn('sam').expect(200)).body.look).toEqual(look);
    await api.anonymous
      .put('/v1/desk/look')
      .set({Cookie, ...PAGE})
      .send({language: 'xx', theme: 'dark'})
      .expect(422);
  });

  it('changes nothing by a cookie alone, and is not signed in by another site', async () => {
    const Cookie = await sessionOf('sam');
    await api.anonymous.put('/v1/desk/look').set({Cookie}).send({language: 'en', theme: 'dark'}).expect(403);
    await api.anonymous.post('/v1/desk/sign-in').send({login: 'sam', password: PASSWORD}).expect(403);
  });

  it('leaves nothing in the database that reads like a password or a session', async () => {
    const Cookie = await sessionOf('sam');
    const tables = ['staff', 'sessions', 'sign_in_tries', 'decisions'].map((name) =>
      api.store.pool.query(`SELECT * FROM ${name}`),
    );
    const kept = JSON.stringify((await Promise.all(tables)).map(({rows}) => rows));
    for (const secret of [PASSWORD, String(Cookie.split('=')[1])]) expect(kept).not.toContain(secret);
  });
});

describe('roles', () => {
  it('are given by those above: ops makes no ops, finance or admin, nor sets their passwords', async () => {
    const ops = api.as('ops');
    await seat('omar', ['ops']);
    for (const role of ['ops', 'finance', 'admin'])
      await ops.put('/v1/staff/climber', {name: 'C', roles: ['support', role]}).expect(403);
    await ops.post('/v1/staff/omar/credentials', {password: 'a password of mine'}).expect(403);
    await ops.put('/v1/staff/omar', {name: 'Omar', roles: ['support']}).expect(403);
    await ops.put('/v1/staff/sue', {name: 'Sue', roles: ['support']}).expect(200);
    await api
      .as('warehouse_lead')
      .put('/v1/staff/sue', {name: 'Sue', warehouse: 'WH-NY-1', roles: ['picker']})
      .expect(403);
    await signIn('omar').expect(200);
  });

  it('of the floor need a place', async () => {
    const {body} = await api
      .as('admin')
      .put('/v1/staff/lost', {name: 'Lost', roles: ['picker', 'support']})
      .expect(422);
    expect(body.errors).toEqual([expect.objectContaining({pointer: '/warehouse', code: 'missing'})]);
  });

  it('of the office are not to be had by a badge or PIN on a shared device', async () => {
    await seat('lea', ['warehouse_lead', 'admin'], PASSWORD, 'WH-NY-1');
    await api.as('admin').post('/v1/staff/lea/credentials', {pin: '4711', password: PASSWORD}).expect(200);
    const {headers} = await api.as('device').post('/v1/floor/sign-in', {staff_id: 'lea', pin: '4711'}).expect(200);
    const onFloor = String(headers['set-cookie']?.[0]?.split(';')[0]);
    await api.anonymous.get('/v1/warehouses/WH-NY-1/tasks').set({Cookie: onFloor}).expect(200);
    await api.anonymous.get('/v1/staff').set({Cookie: onFloor}).expect(403);
    await api.anonymous
      .get('/v1/staff')
      .set({Cookie: await sessionOf('lea')})
      .expect(200);
  });

  it('that were taken away are gone at once', async () => {
    await seat('ada', ['admin']);
    const Cookie = await sessionOf('ada');
    await api.anonymous.get('/v1/staff').set({Cookie}).expect(200);
    await api
      .as('admin')
      .put('/v1/staff/ada', {name: 'Ada', roles: ['support']})
      .expect(200);
    await api.anonymous.get('/v1/staff').set({Cookie}).expect(403);
  });
});
