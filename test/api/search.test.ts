import {indexOldOrders} from '../../store/search-forms.ts';
import {startTestApi, type TestApi} from '../support/api.ts';
import {BOSTON, offer, openShop} from '../support/shop.ts';
import {storeOrder} from '../support/stored-order.ts';

const LONG_NAME = `${'محمد عبدالرحمن '.repeat(19)}🧡`;

describe('finding an order by what a caller says', () => {
  let api: TestApi;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    api = await startTestApi();
    await openShop(api);
    const sku = await offer(api, {at: {EAST: 50}});
    const lines = [{sku, qty: 1}];
    const place = (name: string, more: object = {}) =>
      storeOrder(api.store, {lines, person: {name, ...more}, ship_to: {...BOSTON, name}});
    ids['garcia'] = await place('José García', {email: 'jose.garcia@example.org', phone: '+1 (617) 555-0199'});
    ids['meyer'] = await place('Katharina Meyer');
    ids['smith'] = await storeOrder(api.store, {
      lines,
      person: {name: 'Smith'},
      ship_to: {...BOSTON, name: 'Smith', line1: '12 Downing Street', postal_code: 'SW1A 1AA'},
    });
    ids['rtl'] = await place(LONG_NAME);
  });
  afterAll(() => api.close());

  interface Result {
    results: {order_id: string; name: string; found_by: {kind: string; likeness: string}[]}[];
  }
  const ask = async (q: string): Promise<Result> =>
    (
      await api
        .as('support')
        .get(`/v1/search?q=${encodeURIComponent(q)}`)
        .expect(200)
    ).body as Result;
  const first = async (q: string) => {
    const [found] = (await ask(q)).results;
    return [found?.order_id, found?.found_by.map(({kind, likeness}) => `${kind} ${likeness}`)];
  };

  it.each([
    ['Garcia', 'garcia', 'name same'],
    ['jose gracia', 'garcia', 'name similar'],
    ['Josee Garzia', 'garcia', 'name similar'],
    ['Katarina Maier', 'meyer', 'name sounds'],
    ['عبدالرحمان محمد', 'rtl', 'name similar'],
    ['jose.garcia@example.org', 'garcia', 'email same'],
    ['jose.garcia@gmial.com', 'garcia', 'mailbox part'],
    ['0617/5550199', 'garcia', 'phone same'],
    ['five five five oh one double nine', 'garcia', 'phone same'],
    ['12 sw1a1aa', 'smith', 'door same'],
    ['smith SW1A 1AA', 'smith', 'name same'],
  ])('%s', async (said, who, how) => {
    const [id, by] = await first(said);
    expect(id).toBe(ids[who]);
    expect(by).toContain(how);
  });

  it('by its number, whole, without dashes, from its end', async () => {
    const {number} = await api.store.prisma.orders.findUniqueOrThrow({where: {id: ids['garcia'] ?? ''}});
    const digits = number.replace(/\D/g, '');
    for (const said of [
      number,
      number.toLowerCase(),
      digits,
      digits.slice(-5),
      `order ${digits.slice(4, 8)} ${digits.slice(8)}`,
    ])
      expect((await first(said))[0]).toBe(ids['garcia']);
  });

  it('tells no more of people than their name and city', async () => {
    const text = JSON.stringify(await ask('garcia'));
    for (const secret of ['example.org', '555', 'Example Street', '02108']) expect(text).not.toContain(secret);
  });

  it('finds nothing by what fits nobody', async () => {
    for (const said of ['Okonkwo', '99999999', 'nobody@nowhere.example', '!!', '🧡'])
      expect((await ask(said)).results).toEqual([]);
  });

  it('is written down: who, when, which orders, and never the words', async () => {
    await ask('jose gracia');
    const rows = await api.store.prisma.desk_reads.findMany({orderBy: {id: 'desc'}, take: 1});
    expect(rows[0]).toMatchObject({
      actor: 'dev-support',
      role: 'support',
      what: 'search',
      kinds: ['name'],
      order_ids: [ids['garcia']],
    });
    expect(rows[0]?.asked_hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is for those who speak with customers', async () => {
    for (const role of ['checkout', 'picker', 'analyst', 'supplier'] as const)
      await api.as(role).get('/v1/search?q=garcia').expect(403);
  });

  it('finds orders from before there were forms once the job has come to them, wherever it was stopped', async () => {
    await api.store.prisma.search_forms.deleteMany({});
    expect((await ask('gracia')).results).toEqual([]);
    expect(await indexOldOrders(api.store, 3)).toBe(3);
    expect(await indexOldOrders(api.store, 3)).toBe(1);
    expect(await indexOldOrders(api.store, 3)).toBe(0);
    expect((await first('gracia'))[0]).toBe(ids['garcia']);
  });

  it('finds an erased customer by nothing', async () => {
    const {customer_id} = await api.store.prisma.orders.findUniqueOrThrow({where: {id: ids['smith'] ?? ''}});
    await api.store.prisma.customer_keys.delete({where: {customer_id}});
    expect((await ask('smith')).results).toEqual([]);
  });
});
