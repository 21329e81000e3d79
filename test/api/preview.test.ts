import {startTestApi, type TestApi} from '../support/api.ts';
import {confirmOrder} from '../support/placed-order.ts';
import {BOSTON, offer, openShop} from '../support/shop.ts';
import {storeOrder} from '../support/stored-order.ts';

interface Preview {
  version: number;
  possible: boolean;
  refused: {code: string}[];
  consequences: Record<string, unknown>[];
  undo: string | null;
}

describe('what would come of an act', () => {
  let api: TestApi;
  let sku = '';
  beforeAll(async () => {
    api = await startTestApi();
    await openShop(api);
    sku = await offer(api, {at: {EAST: 500}});
  });
  afterAll(() => api.close());

  const placed = async () => {
    const id = await storeOrder(api.store, {lines: [{sku, qty: 3}], ship_to: BOSTON});
    await confirmOrder(api.store, id);
    const line = await api.store.prisma.order_lines.findFirstOrThrow({where: {order_id: id}});
    return {id, line_id: line.id};
  };
  const preview = async (id: string, act: object, role: 'support' | 'finance' = 'support') =>
    (await api.as(role).post(`/v1/orders/${id}/preview`, act).expect(200)).body as Preview;
  /** every table that a verb could write, as it is now */
  const everything = async (id: string) => {
    const {prisma} = api.store;
    const where = {where: {order_id: id}};
    return JSON.stringify(
      await Promise.all([
        prisma.orders.findUnique({where: {id}}),
        prisma.order_lines.findMany({...where, orderBy: {id: 'asc'}}),
        prisma.sub_orders.findMany({...where, orderBy: {id: 'asc'}}),
        prisma.events.count(where),
        prisma.order_audit.count(where),
        prisma.order_changes.count(where),
        prisma.refunds.count(where),
        prisma.tasks.findMany({...where, orderBy: {id: 'asc'}}),
        prisma.decisions.count(where),
        prisma.personal_data.count(),
        prisma.workflow_signals.count(),
        prisma.stock.findMany({orderBy: [{warehouse_id: 'asc'}, {sku: 'asc'}]}),
        prisma.stock_moves.count(),
      ]),
      (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    );
  };

  it('is told in facts, and leaves nothing behind', async () => {
    const {id, line_id} = await placed();
    const before = await everything(id);
    const one = await preview(id, {cancel: {lines: [{line_id, qty: 1}], reason: 'too many'}});
    expect(one).toMatchObject({possible: true, refused: [], undo: null});
    expect(one.consequences).toContainEqual({kind: 'units_cancelled', sku, qty: 1});
    expect(one.consequences).toContainEqual(expect.objectContaining({kind: 'task_shrinks', task: 'pick', units: 1}));
    expect(one.consequences).toContainEqual(expect.objectContaining({kind: 'not_charged'}));
    expect(one.consequences).toContainEqual({kind: 'message', template: 'lines_cancelled'});
    const all = await preview(id, {cancel: {reason: 'no longer wanted'}});
    expect(all.consequences).toContainEqual(expect.objectContaining({kind: 'hold_let_go'}));
    expect(all.consequences).toContainEqual({kind: 'status', from: 'awaiting_fulfillment', to: 'cancelled'});
    expect(all.consequences).toContainEqual(expect.objectContaining({kind: 'task_ends'}));
    expect(all.consequences.filter(({kind}) => kind === 'message')).toEqual([{kind: 'message', template: 'cancelled'}]);
    expect(await everything(id)).toBe(before);
  });

  it('holds back and says how that is undone', async () => {
    const {id} = await placed();
    const before = await everything(id);
    const held = await preview(id, {change: {kind: 'hold', reason: 'asked to wait'}});
    expect(held).toMatchObject({possible: true, undo: 'release'});
    expect(held.consequences).toContainEqual({kind: 'waiting', from: 'pick', to: 'ops'});
    const released = await preview(id, {change: {kind: 'release', reason: 'go on'}});
    expect(released).toMatchObject({possible: false, refused: [{code: 'not_on_hold'}], consequences: [], undo: null});
    expect(await everything(id)).toBe(before);
  });

  it('says what more costs, before the bank is asked', async () => {
    const {id, line_id} = await placed();
    const before = await everything(id);
    const more = await preview(id, {change: {kind: 'quantity', lines: [{line_id, qty: 5}], reason: 'wants more'}});
    expect(more.consequences).toContainEqual({kind: 'hold_more', amount: 2 * 1_999});
    expect(more.consequences).toContainEqual({kind: 'units_added', sku, qty: 2});
    const none = await preview(id, {change: {kind: 'quantity', lines: [{line_id, qty: 3}], reason: 'the same'}});
    expect(none).toMatchObject({possible: false, refused: [{code: 'nothing_to_change'}]});
    const moved = await preview(id, {
      change: {kind: 'address', ship_to: {...BOSTON, line1: '1 Other Street'}, reason: 'moved'},
    });
    expect(moved.consequences).toContainEqual({kind: 'message', template: 'address_changed'});
    expect(await everything(id)).toBe(before);
  });

  it('refuses what is not possible with what is', async () => {
    const {id} = await placed();
    const refund = await preview(id, {
      refund: {kind: 'goodwill', amount: {amount: 100, currency: 'USD'}, reason: 'late'},
    });
    expect(refund).toMatchObject({possible: false, refused: [{code: 'nothing_captured'}]});
    expect(await preview(id, {review: {decision: 'approve', note: 'x'}})).toMatchObject({possible: false});
    await api
      .as('support')
      .post(`/v1/orders/${id}/preview`, {resume: {note: 'x'}})
      .expect(403);
    await api
      .as('finance')
      .post(`/v1/orders/${id}/preview`, {cancel: {reason: 'x'}})
      .expect(403);
    await api.as('support').post(`/v1/orders/${id}/preview`, {}).expect(422);
    await api
      .as('support')
      .post(`/v1/orders/${id}/preview`, {cancel: {reason: 'x'}, resume: {note: 'x'}})
      .expect(422);
  });

  it('tells the second of two people what the first one changed', async () => {
    const {id} = await placed();
    const {version} = await preview(id, {change: {kind: 'hold', reason: 'x'}});
    let done = 0;
    api.runs.cancel = async () => {
      done += 1;
      return {cancelled: [{line_id: 'x', qty: 1}], refused: []};
    };
    const act = (reason: string, seen: number) =>
      api.as('support').post(`/v1/orders/${id}/cancel`, {reason}).set('If-Match', `"${seen}"`);
    const both = await Promise.all([act('first', version), act('second', version)]);
    expect(both.map(({status}) => status).sort()).toEqual([200, 412]);
    expect(both.find(({status}) => status === 412)?.body).toMatchObject({code: 'order_changed', version, changes: []});
    expect(done).toBe(1);
    await act('old', version - 1)
      .expect(412)
      .expect(({body}) => {
        expect((body as {changes: {seq: number}[]}).changes.map(({seq}) => seq)).toEqual([version]);
      });
    await api.as('support').post(`/v1/orders/${id}/cancel`, {reason: 'x'}).set('If-Match', 'twelve').expect(400);
  });

  it('keeps nobody out for long for somebody who was cut off', async () => {
    const {id} = await placed();
    const {version} = await preview(id, {change: {kind: 'hold', reason: 'x'}});
    api.runs.cancel = async () => ({cancelled: [{line_id: 'x', qty: 1}], refused: []});
    const begun = (ago: number) =>
      api.store.prisma.order_edits.upsert({
        where: {order_id_version: {order_id: id, version}},
        create: {order_id: id, version, request_id: 'cut-off', actor: 'dev-ops', role: 'ops', at: minutesAgo(ago)},
        update: {at: minutesAgo(ago)},
      });
    const minutesAgo = (n: number) => new Date(api.store.now().getTime() - n * 60_000);
    const act = () => api.as('support').post(`/v1/orders/${id}/cancel`, {reason: 'x'}).set('If-Match', `"${version}"`);
    await begun(1);
    await act().expect(412);
    await begun(6);
    await act().expect(200);
    const place = await api.store.prisma.order_edits.findFirst({where: {order_id: id}});
    expect(place?.actor).toBe('dev-support');
  });
});
