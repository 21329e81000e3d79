import {ROLES, type Role} from '../../api/permissions.ts';
import {startTestApi, type TestApi} from '../support/api.ts';
import {openShop} from '../support/shop.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await openShop(api);
});
afterAll(() => api.close());

/** Written down by hand, so that a slip in the table of permissions is seen here. */
const READERS: readonly Role[] = ['support', 'finance', 'ops', 'analyst', 'admin'];
const READS = [
  'flow',
  'flow/PACKED/orders',
  'late-risk',
  'cut-offs',
  'workloads',
  'carriers',
  'exceptions',
  'kpis',
  'kpis/otif/orders?day=2026-05-06',
];
const others = (allowed: readonly Role[]) => ROLES.filter((role) => !allowed.includes(role));

describe('the operations room', () => {
  it.each(READS)('lets the office read %s, and nobody else', async (path) => {
    for (const role of READERS) await api.as(role).get(`/v1/ops/${path}`).expect(200);
    for (const role of others(READERS)) await api.as(role).get(`/v1/ops/${path}`).expect(403);
    await api.anonymous.get(`/v1/ops/${path}`).expect(401);
  });

  it('shows the switches to whoever has a desk, and lets operations alone flip them', async () => {
    const readers: Role[] = [...READERS, 'warehouse_lead'];
    for (const role of readers) await api.as(role).get('/v1/ops/switches').expect(200);
    for (const role of others(readers)) await api.as(role).get('/v1/ops/switches').expect(403);
    const flip = (role: Role, active: boolean) =>
      api.as(role).post('/v1/ops/switches', {kind: 'messages', subject: 'all', active, reason: 'a drill'});
    const flippers: Role[] = ['ops', 'admin'];
    for (const role of others(flippers)) await flip(role, false).expect(403);
    expect(await api.store.prisma.switches.count()).toBe(0);
    for (const role of flippers) {
      await flip(role, false).expect(200);
      await flip(role, true).expect(200);
    }
  });

  it('lets the office take what waits for a person, and analysts only look', async () => {
    const claim = (role: Role) => api.as(role).post('/v1/ops/exceptions/claims', {key: 'stuck:1'});
    const takers: Role[] = ['support', 'finance', 'ops', 'admin'];
    for (const role of takers) await claim(role).expect(200);
    for (const role of others(takers)) await claim(role).expect(403);
  });
});
