import {momentAt, stepsOf, TOLD} from '../../domain/order/past.ts';
import {cancelLines} from '../../store/cancel-lines.ts';
import {readPast} from '../../store/views/past-view.ts';
import {startTestApi, type TestApi} from '../support/api.ts';
import {confirmOrder} from '../support/placed-order.ts';
import {offer, openShop} from '../support/shop.ts';
import {storeOrder} from '../support/stored-order.ts';

describe('one order on one screen', () => {
  let api: TestApi;
  let id = '';
  let lines: {id: string}[] = [];
  beforeAll(async () => {
    api = await startTestApi();
    await openShop(api);
    const [east, west] = [await offer(api, {at: {EAST: 5}}), await offer(api, {at: {WEST: 5}})];
    id = await storeOrder(api.store, {
      lines: [
        {sku: east, qty: 3},
        {sku: west, qty: 2},
      ],
    });
    await confirmOrder(api.store, id);
    lines = await api.store.prisma.order_lines.findMany({where: {order_id: id}, orderBy: {position: 'asc'}});
    await cancelLines(api.store, {
      order_id: id,
      lines: [{line_id: lines[0]?.id ?? '', qty: 1}],
      reason: 'asked for by telephone',
      actor: 'dev-support',
      role: 'support',
      request_id: 'cancel-1',
    });
  });
  afterAll(() => api.close());

  const get = async (path: string, status = 200) =>
    (await api.as('support').get(`/v1/orders/${id}${path}`).expect(status)).body as Record<string, unknown>;

  it('tells what it waits for, whose it is, money and stock', async () => {
    const dossier = await get('/dossier');
    const {last_seq} = await api.store.prisma.orders.findUniqueOrThrow({where: {id}});
    expect(dossier).toMatchObject({
      order_id: id,
      version: last_seq,
      waiting: {name: 'pick', after: null},
      hold: null,
      customer: {name: 'Ann Example'},
      ship_to: {city: 'New York'},
      review: null,
      stuck: [],
      run_url: `http://127.0.0.1:8233/namespaces/default/workflows/${encodeURIComponent(`order:${id}`)}`,
    });
    expect((dossier['stock'] as {qty: number}[]).map(({qty}) => qty).sort()).toEqual([2, 2]);
    const {sub_orders, to_be_charged} = dossier['money'] as {
      sub_orders: {to_be_charged: {amount: number}}[];
      to_be_charged: {amount: number};
    };
    expect(sub_orders.reduce((sum, part) => sum + part.to_be_charged.amount, 0)).toBe(to_be_charged.amount);
    expect(to_be_charged).toEqual(dossier['total']);
  });

  it('is looked at on record, once a sitting', async () => {
    await get('/dossier');
    await get('/dossier');
    const looks = await api.store.prisma.desk_reads.findMany({where: {what: 'dossier', order_ids: {has: id}}});
    expect(looks).toMatchObject([{actor: 'dev-support', role: 'support', order_ids: [id]}]);
  });

  it('is as it was at any moment, and at the last one as it is', async () => {
    const row = await api.store.prisma.orders.findUniqueOrThrow({where: {id}});
    const past = await readPast(api.store, id);
    const last = momentAt(past, () => true);
    const plain = JSON.parse(
      JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
    ) as Record<string, unknown>;
    for (const column of TOLD) expect([column, last?.order[column] ?? null]).toEqual([column, plain[column]]);
    const subs = await api.store.prisma.sub_orders.findMany({where: {order_id: id}});
    expect(last?.stages).toEqual(Object.fromEntries(subs.map((sub) => [sub.id, sub.stage])));
    expect(last?.lines[lines[0]?.id ?? '']).toMatchObject({qty: 3, cancelled: 1});
    expect(stepsOf(past).map(({seq}) => seq)).toEqual(past.events.map((_, i) => i + 1));
  });

  it('says of every step who made it, why, and what was different', async () => {
    const {steps, version} = (await get('/timeline')) as unknown as {
      steps: {type: string; actor: string; note: string; seq: number; changed: object[]}[];
      version: number;
    };
    expect(steps.at(-1)?.seq).toBe(version);
    const cancelled = steps.find(({type}) => type === 'order.lines_cancelled');
    expect(cancelled).toMatchObject({actor: 'dev-support', note: 'asked for by telephone'});
    expect(cancelled?.changed).toContainEqual(expect.objectContaining({what: 'total_amount'}));
    expect(await get(`/timeline?after=${version}`)).toMatchObject({steps: []});
  });

  it('answers for a number and for a time', async () => {
    expect(await get('/at?seq=1')).toMatchObject({
      seq: 1,
      order: {status: 'pending'},
      sub_orders: [],
      money: {held: {amount: 0}},
    });
    const now = await get(`/at?at=${encodeURIComponent(new Date(Date.now() + 1_000).toISOString())}`);
    expect(now['seq']).toBe(now['last_seq']);
    await get('/at?at=2001-01-01T00:00:00Z', 404);
    await get('/at', 400);
    await get('/at?seq=1&at=2001-01-01T00:00:00Z', 400);
  });
});
