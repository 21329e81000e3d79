import {ROUTES} from '../../api/app.ts';
import {hashKey} from '../../api/auth.ts';
import {OPERATIONS} from '../../api/contract/index.ts';
import {mountRoutes} from '../../api/mount.ts';
import {PERMISSIONS, ROLES} from '../../api/permissions.ts';
import {registerApiKeys} from '../../store/register-api-keys.ts';
import {countRows, freshKey, startTestApi, type TestApi} from '../support/api.ts';
import {sampleOrder, stockCatalogue} from '../support/catalogue.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await stockCatalogue(api);
});
afterAll(() => api.close());

const call = (operation: (typeof OPERATIONS)[number], headers: Record<string, string>) =>
  fetch(`http://127.0.0.1:${api.port}${operation.path.replaceAll(/\{\w+\}/g, 'nothing')}`, {
    method: operation.method.toUpperCase(),
    headers: {'Idempotency-Key': freshKey(), 'X-Forwarded-For': '203.0.113.9', ...headers},
  });

describe('permissions', () => {
  it('cover every route, and the contract covers every route', () => {
    const ids = ROUTES.map((route) => route.operation.id).sort();
    expect(Object.keys(PERMISSIONS).sort()).toEqual(ids);
    expect(OPERATIONS.map((operation) => operation.id).sort()).toEqual(ids);
  });

  it('keep a route without an entry from being mounted', () => {
    const [route] = ROUTES;
    const stray = {...route, operation: {...route?.operation, id: 'strayOperation'}} as (typeof ROUTES)[number];
    expect(() => mountRoutes({} as never, api.deps, [stray])).toThrow('strayOperation');
    const inherited = {...route, operation: {...route?.operation, id: 'constructor'}} as (typeof ROUTES)[number];
    expect(() => mountRoutes({} as never, api.deps, [inherited])).toThrow('constructor');
  });

  it.each(OPERATIONS.map((operation) => [operation.id, operation] as const))(
    '%s: every role, and nobody',
    async (id, operation) => {
      const permission = PERMISSIONS[id];
      const before = await countRows(api.store);
      const nobody = await call(operation, {});
      const open = permission === 'public';
      expect([401].includes(nobody.status)).toBe(!open);
      for (const role of ROLES) {
        const {status} = await call(operation, {Authorization: `Bearer ${api.keys[role]}`});
        const allowed = open || permission?.roles.includes(role);
        // beyond the door an empty request fails for another reason, or is answered
        expect([role, status === 403]).toEqual([role, !allowed]);
        expect(status).not.toBe(401);
        expect(status).toBeLessThan(500);
      }
      expect(await countRows(api.store)).toEqual(before);
    },
  );

  it('show metrics without a key only to the same machine', async () => {
    const {text} = await api.anonymous.get('/metrics').expect(200);
    expect(text).toContain('waybill_http_request_seconds');
    await api.anonymous.get('/metrics').set('X-Forwarded-For', '203.0.113.9').expect(401);
  });
});

describe('keys', () => {
  it.each([
    'Bearer',
    'Bearer ',
    'Bearer x',
    `Bearer ${'a'.repeat(40)}`,
    'Basic YWRtaW46YWRtaW4=',
    'Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW4ifQ.',
    `Bearer ${'a'.repeat(9000)}`,
  ])('refuses %s', async (header) => {
    const answer = await api.anonymous.get('/v1/orders').set('Authorization', header);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('refuses one with a changed letter, and one that was disabled', async () => {
    const key = api.keys.finance;
    const changed = `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`;
    await api.anonymous.get('/v1/orders').set('Authorization', `Bearer ${changed}`).expect(401);
    await api.as('finance').get('/v1/orders').expect(200);
    await api.store.prisma.api_keys.updateMany({where: {role: 'finance'}, data: {disabled_at: new Date()}});
    await api.as('finance').get('/v1/orders').expect(401);
  });

  it('replaces the key of a client', async () => {
    const row = (key: string) => ({role: 'analyst', client_id: 'dev-analyst', key_hash: hashKey(key)});
    await registerApiKeys(api.store, [row('another-key-of-analyst')]);
    await api.as('analyst').get('/v1/orders').expect(401);
    await api.anonymous.get('/v1/orders').set('Authorization', 'Bearer another-key-of-analyst').expect(200);
  });
});

describe('rows beyond the role', () => {
  const asKey = (key: string) => ({Authorization: `Bearer ${key}`});

  it("a checkout sees its own orders only; others' do not exist to it", async () => {
    const key = 'the-key-of-another-shop';
    await registerApiKeys(api.store, [{role: 'checkout', client_id: 'other-shop', key_hash: hashKey(key)}]);
    const {body} = await api.as('checkout').post('/v1/orders', sampleOrder()).expect(201);
    await api.as('checkout').get(`/v1/orders/${body.order_id}`).expect(200);
    await api.anonymous.get(`/v1/orders/${body.order_id}`).set(asKey(key)).expect(404);
    const cancel = api.anonymous
      .post(`/v1/orders/${body.order_id}/cancel`)
      .set({...asKey(key), 'Idempotency-Key': freshKey()});
    await cancel.send({reason: 'not mine'}).expect(404);
    expect(api.runs.asked.filter((id) => id.startsWith('cancel'))).toEqual([]);
  });

  it('floor staff see their own warehouse only', async () => {
    const key = 'the-key-of-a-picker-at-wh-2';
    await registerApiKeys(api.store, [
      {role: 'picker', client_id: 'picker-2', key_hash: hashKey(key), warehouse_id: 'WH-2'},
    ]);
    await api.anonymous.get('/v1/warehouses/WH-NY-1/tasks').set(asKey(key)).expect(403);
    await api.as('picker').get('/v1/warehouses/WH-NY-1/tasks').expect(200);
  });
});
