import {ApplicationFailure} from '@temporalio/common';
import type {Activities} from '../../activities/index.ts';
import {OPEN_POLICY} from '../../domain/policy/policy.ts';
import type {OrderView} from '../../simulation/api-types.ts';
import {freshKey} from '../support/api.ts';
import {holdsOf, violationsNow} from '../support/books.ts';
import {bulkDesk} from '../support/bulk.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';

/** What is done to a turn of an act before, and what becomes of its answer. */
const hooks: {before: (() => Promise<void>) | null; after: (() => Promise<void>) | null; budget: number | null} = {
  before: null,
  after: null,
  budget: null,
};

function hooked(real: Activities): Activities {
  const actOnBulk: Activities['actOnBulk'] = async (turn) => {
    await hooks.before?.();
    const progress = await real.actOnBulk({...turn, budget: hooks.budget ?? turn.budget});
    await hooks.after?.();
    return progress;
  };
  return {...real, actOnBulk};
}

let world: World;
let floor: Floor;
let desk: ReturnType<typeof bulkDesk>;
beforeAll(async () => {
  const recovery = {stuck_retry: 6 * 3_600_000, continue_after: 30};
  world = await startWorld({policy: {...OPEN_POLICY, recovery}, activities: hooked});
  // a checkout waits for its verdict, however busy this machine is
  world.api.deps.verdictWait = 60_000;
  floor = openFloor(world);
  desk = bulkDesk(world);
  await openShop(world.api);
});
afterEach(() => Object.assign(hooks, {before: null, after: null, budget: null}));
afterAll(() => world.close());

/** So many orders of one product of their own, a unit each. */
async function buy(count: number, at: Parameters<typeof offer>[1]['at'] = {EAST: count}) {
  const sku = await offer(world.api, {price: 1_000, at});
  const orders: OrderView[] = [];
  for (let i = 0; i < count; i += 5) {
    const some = Array.from({length: Math.min(5, count - i)}, () => floor.buy({lines: [{sku, qty: 1}]}));
    orders.push(...(await Promise.all(some)));
  }
  // at rest: nothing goes on with them before somebody picks them
  for (const order of orders) await floor.openTask(floor.partFrom(order, 'EAST'), 'pick');
  return {sku, orders, ids: orders.map(({order_id}) => order_id)};
}

const statusesOf = async (ids: readonly string[]) => {
  const rows = await world.api.store.prisma.orders.findMany({where: {id: {in: [...ids]}}});
  return ids.map((id) => rows.find((row) => row.id === id));
};
const heldOf = async (ids: readonly string[]) => (await statusesOf(ids)).map((row) => row?.held_since !== null);
const hold = (id: string) =>
  world.api.as('support').post(`/v1/orders/${id}/changes`, {kind: 'hold', reason: 'the customer called'}, freshKey());
const auditOf = (id: string, subject: string) =>
  world.api.store.prisma.order_audit.findMany({where: {order_id: id, subject}});

describe('a hold of many orders', () => {
  it('shows first, does what was shown, names who did it, and is undone exactly', async () => {
    const {ids, sku} = await buy(4);
    const [theirs = '', ...ours] = ids;
    await hold(theirs).expect(200);
    const shown = await desk.show({kind: 'hold', filter: {sku}});
    expect(shown).toMatchObject({orders: 4, shown: 4, possible: 3, effect: {orders: 3, units: 0, money: []}});
    expect(shown.refusals).toEqual([{code: 'already_on_hold', orders: 1}]);
    expect(await heldOf(ids)).toEqual([true, false, false, false]);
    await desk.confirm(shown.bulk_id, 4).expect(409);
    await desk.confirm(shown.bulk_id, 3).expect(200);
    const done = await desk.becomes(shown.bulk_id, 'done');
    expect(done).toMatchObject({counts: {done: 3, refused: 1, waiting: 0, skipped: 0}, can_undo: 3});
    expect(await heldOf(ids)).toEqual([true, true, true, true]);
    const change = await world.api.store.prisma.order_changes.findFirstOrThrow({where: {order_id: ours[0] ?? ''}});
    expect(await auditOf(ours[0] ?? '', `change:${change.id}`)).toMatchObject([
      {actor: 'dev-ops', role: 'ops', note: 'the lorry broke down', to_state: 'hold applied'},
    ]);

    const {body: undoing} = await desk.undo(shown.bulk_id).expect(200);
    expect(await desk.becomes(undoing.bulk_id, 'done')).toMatchObject({
      kind: 'release',
      undoes: shown.bulk_id,
      counts: {done: 3, refused: 0},
    });
    expect(await heldOf(ids)).toEqual([true, false, false, false]);
    expect(await desk.get(shown.bulk_id)).toMatchObject({can_undo: 0, undone_by: [undoing.bulk_id]});
    await desk.undo(shown.bulk_id).expect(409);
  });

  it('leaves alone, when it is undone, what somebody held anew since', async () => {
    const {ids} = await buy(2);
    const [first = ''] = ids;
    const done = await desk.go({kind: 'hold', orders: ids});
    const release = {kind: 'release', reason: 'mended'};
    await world.api.as('support').post(`/v1/orders/${first}/changes`, release, freshKey()).expect(200);
    await hold(first).expect(200);
    const {body: undoing} = await desk.undo(done.bulk_id).expect(200);
    const ended = await desk.becomes(undoing.bulk_id, 'done');
    expect(ended).toMatchObject({counts: {done: 1, refused: 1}, refusals: [{code: 'held_by_another', orders: 1}]});
    expect(await heldOf(ids)).toEqual([true, false]);
  });
});

describe('a cancellation of many orders', () => {
  it('says what money and how many units it is about, and refuses what is too late', async () => {
    const {ids, orders} = await buy(3);
    const [late] = orders;
    if (!late) throw new Error('no order');
    const part = floor.partFrom(late, 'EAST');
    await floor.pick(part);
    await floor.pack(late.order_id, part);
    await floor.dispatch(late.order_id, part);
    const shown = await desk.show({kind: 'cancel', orders: ids});
    const money = orders.slice(1).reduce((sum, order) => sum + order.total.amount, 0);
    expect(shown.effect).toMatchObject({
      ...{orders: 2, units: 2, parts_end: 2, tasks_end: 2, mails: {cancelled: 2}},
      money: [{currency: 'USD', let_go: money, back: 0}],
    });
    expect(shown.refusals).toEqual([{code: 'already_shipped', orders: 1}]);
    await desk.confirm(shown.bulk_id, 2).expect(200);
    await desk.becomes(shown.bulk_id, 'done');
    await Promise.all(ids.slice(1).map((id) => floor.ends(id, 'cancelled')));
    for (const id of ids.slice(1)) expect((await holdsOf(world, id)).map(({status}) => status)).toEqual(['canceled']);
    expect(await desk.orders(shown.bulk_id, '&state=refused')).toMatchObject([{order_id: ids[0]}]);
  });

  it('refuses an order that changed after it was shown', async () => {
    const {ids} = await buy(2);
    const [changed = '', same = ''] = ids;
    const shown = await desk.show({kind: 'cancel', orders: ids});
    await hold(changed).expect(200);
    await desk.confirm(shown.bulk_id, 2).expect(200);
    const done = await desk.becomes(shown.bulk_id, 'done');
    expect(done).toMatchObject({counts: {done: 1, refused: 1}, refusals: [{code: 'order_changed', orders: 1}]});
    expect((await statusesOf([changed, same])).map((row) => row?.status)).toEqual([
      'awaiting_fulfillment',
      'cancelled',
    ]);
  });

  it('and another over the same orders touch each order once', async () => {
    const {ids} = await buy(8);
    const [cancel, held] = await Promise.all([
      desk.show({kind: 'cancel', orders: ids}),
      desk.show({kind: 'hold', orders: [...ids].reverse()}),
    ]);
    await Promise.all([cancel, held].map(({bulk_id}) => desk.confirm(bulk_id, 8).expect(200)));
    const [one, two] = await Promise.all([cancel, held].map(({bulk_id}) => desk.becomes(bulk_id, 'done')));
    expect((one?.counts.done ?? 0) + (two?.counts.done ?? 0)).toBe(8);
    for (const bulk of [one, two]) for (const {code} of bulk?.refusals ?? []) expect(code).toBe('order_changed');
    const rows = await statusesOf(ids);
    expect(rows.filter((row) => row?.status === 'cancelled')).toHaveLength(one?.counts.done ?? -1);
    expect(rows.filter((row) => row?.held_since)).toHaveLength(two?.counts.done ?? -1);
  });
});

describe('a turn that is cut off', () => {
  it('is taken again, and nothing is done twice', async () => {
    const {ids} = await buy(6);
    let cuts = 0;
    hooks.budget = 1;
    hooks.after = async () => {
      cuts += 1;
      if (cuts < 4) throw ApplicationFailure.retryable('the worker is gone', 'killed');
    };
    const done = await desk.go({kind: 'cancel', orders: ids});
    expect(done.counts).toEqual({done: 6, refused: 0, waiting: 0, skipped: 0});
    expect(cuts).toBeGreaterThan(1);
    for (const id of ids) {
      expect(await auditOf(id, `cancel:bulk:${done.bulk_id}:${id}`)).toHaveLength(1);
      await floor.ends(id, 'cancelled');
      expect((await holdsOf(world, id)).map(({status}) => status)).toEqual(['canceled']);
    }
  });

  it('leaves orders to be seen through whose run has ended by what it did', async () => {
    const {ids} = await buy(1);
    const [id = ''] = ids;
    const shown = await desk.show({kind: 'cancel', orders: ids});
    const {prisma} = world.api.store;
    hooks.after = async () => {
      hooks.after = null;
      await floor.ends(id, 'cancelled');
      // as if nobody had heard the answer
      await prisma.$executeRaw`UPDATE bulk_items SET state = 'waiting', settled_at = NULL WHERE job_id = ${shown.bulk_id}`;
      await prisma.$executeRaw`UPDATE bulk_jobs SET state = 'running', ended_at = NULL WHERE id = ${shown.bulk_id}`;
      throw ApplicationFailure.retryable('the worker is gone', 'killed');
    };
    await desk.confirm(shown.bulk_id, 1).expect(200);
    expect((await desk.becomes(shown.bulk_id, 'done')).counts.done).toBe(1);
  });
});

describe('an act that is under way', () => {
  it('is stopped where it is: what was not begun stays as it was', async () => {
    const {ids} = await buy(12);
    hooks.budget = 1;
    const shown = await desk.show({kind: 'hold', orders: ids});
    let turns = 0;
    hooks.before = async () => {
      turns += 1;
      if (turns === 2) await desk.stop(shown.bulk_id).expect(200);
    };
    await desk.confirm(shown.bulk_id, 12).expect(200);
    const {counts} = await desk.becomes(shown.bulk_id, 'stopped');
    expect(counts.done).toBeGreaterThan(0);
    expect(counts.skipped).toBeGreaterThan(0);
    expect(counts.done + counts.skipped).toBe(12);
    expect((await heldOf(ids)).filter(Boolean)).toHaveLength(counts.done);
    const {body: undoing} = await desk.undo(shown.bulk_id).expect(200);
    expect((await desk.becomes(undoing.bulk_id, 'done')).counts.done).toBe(counts.done);
  });

  it('goes on in fresh histories', async () => {
    const {ids} = await buy(12);
    hooks.budget = 1;
    const {bulk_id} = await desk.go({kind: 'hold', orders: ids});
    const runs: string[] = [];
    for await (const run of world.client.workflow.list({query: `WorkflowId = "bulk:${bulk_id}"`})) {
      runs.push(run.status.name);
    }
    expect(runs).toContain('CONTINUED_AS_NEW');
  });
});

describe('work that is sent elsewhere', () => {
  it('leaves its warehouse for one that has the units, and stays where none has', async () => {
    const moves = await buy(2, {EAST: 2});
    await world.api
      .as('receiver')
      .post('/v1/inventory/receipts', {warehouse: 'WEST', sku: moves.sku, qty: 1, bin: 'A-1', reference: moves.sku})
      .expect(200);
    const shown = await desk.show({kind: 'reallocate', away_from: 'EAST', filter: {sku: moves.sku, warehouse: 'EAST'}});
    expect(shown).toMatchObject({possible: 2, effect: {parts_end: 2, parts_begin: 2, tasks_end: 2}});
    await desk.confirm(shown.bulk_id, 2).expect(200);
    const done = await desk.becomes(shown.bulk_id, 'done');
    expect(done).toMatchObject({counts: {done: 1, refused: 1}, refusals: [{code: 'no_other_place', orders: 1}]});
    const subs = await world.api.store.prisma.sub_orders.findMany({
      where: {order_id: {in: moves.ids}, stage: {not: 'CANCELLED'}},
    });
    expect(subs.map(({source_id}) => source_id).sort()).toEqual(['EAST', 'WEST']);
    const moved = subs.find(({source_id}) => source_id === 'WEST');
    const id = moved?.order_id ?? '';
    expect(await auditOf(id, `bulk:${done.bulk_id}:${id}`)).toMatchObject([
      {actor: 'dev-ops', to_state: 'away from EAST'},
    ]);
    const part = (await floor.order(id)).sub_orders.find(({sub_order_id}) => sub_order_id === moved?.id);
    if (!part) throw new Error('the part is not shown');
    await floor.deliver(id, part);
    await floor.ends(id, 'delivered');
  });
});

describe('what is asked for', () => {
  const post = (body: object, key = freshKey()) =>
    world.api.as('ops').post('/v1/ops/bulk', {kind: 'hold', reason: 'r', ...body}, key);

  it('is one act for one key', async () => {
    const {ids} = await buy(1);
    const key = freshKey();
    const first = await post({orders: ids}, key).expect(200);
    expect((await post({orders: ids}, key).expect(200)).body.bulk_id).toBe(first.body.bulk_id);
    await post({orders: [...ids, ...ids]}, key).expect(422);
    expect(await world.api.store.prisma.bulk_jobs.count({where: {id: first.body.bulk_id}})).toBe(1);
  });

  it('names orders there are, by id or number', async () => {
    const {orders} = await buy(1);
    const {body} = await post({orders: [orders[0]?.number, 'ORD-NO']}).expect(422);
    expect(body.errors).toMatchObject([{pointer: '/orders/1', code: 'unknown_order'}]);
    expect((await post({orders: [orders[0]?.number]}).expect(200)).body.orders).toBe(1);
  });

  it('finds something', async () => {
    const {body} = await post({filter: {sku: 'NO-SUCH'}}).expect(422);
    expect(body.errors).toMatchObject([{pointer: '/filter', code: 'no_orders'}]);
    await post({filter: {}}).expect(422);
    await post({}).expect(422);
    await post({kind: 'reallocate', filter: {warehouse: 'EAST'}}).expect(422);
    await post({kind: 'reallocate', filter: {warehouse: 'EAST'}, away_from: 'NOWHERE'}).expect(422);
    await post({filter: {warehouse: 'EAST'}, until: '2020-01-01T00:00:00Z'}).expect(422);
  });

  it('is for ops alone, and read by the office', async () => {
    const {ids} = await buy(1);
    await world.api.as('support').post('/v1/ops/bulk', {kind: 'hold', reason: 'r', orders: ids}).expect(403);
    const {bulk_id} = await desk.show({kind: 'hold', orders: ids});
    await world.api.as('support').get(`/v1/ops/bulk/${bulk_id}`).expect(200);
    await world.api.as('support').post(`/v1/ops/bulk/${bulk_id}/confirm`, {orders: 1}).expect(403);
    await world.api.as('picker').get(`/v1/ops/bulk/${bulk_id}`).expect(403);
  });

  it('is dropped where nobody wants it, and cannot be confirmed when it is old', async () => {
    const {ids} = await buy(1);
    const dropped = await desk.show({kind: 'hold', orders: ids});
    expect((await desk.stop(dropped.bulk_id).expect(200)).body.state).toBe('dropped');
    await desk.confirm(dropped.bulk_id, 1).expect(409);
    const old = await desk.show({kind: 'hold', orders: ids});
    await world.advance(2 * 3_600_000);
    const {body} = await desk.confirm(old.bulk_id, 1).expect(409);
    expect(body.code).toBe('bulk_not_ready');
    await desk.stop(old.bulk_id).expect(200);
    expect(await heldOf(ids)).toEqual([false]);
  });

  it('is chosen by what is true of orders now', async () => {
    const {sku, ids} = await buy(2);
    await hold(ids[0] ?? '').expect(200);
    const chosen = async (filter: object) =>
      (await post({kind: 'release', filter: {sku, ...filter}}).expect(200)).body.orders;
    expect(await chosen({on_hold: true})).toBe(1);
    expect(await chosen({warehouse: 'EAST', status: ['awaiting_fulfillment'], sla: 'STANDARD', country: 'US'})).toBe(2);
    expect(await chosen({placed_after: '2020-01-01T00:00:00Z'})).toBe(2);
    await post({filter: {sku, placed_before: '2020-01-01T00:00:00Z'}}).expect(422);
    await post({filter: {sku, warehouse: 'WEST'}}).expect(422);
    await post({filter: {sku, risk: ['late']}}).expect(422);
  });
});

it('leaves books in which everything holds', async () => {
  for (const {bulk_id, ended_at} of await desk.list()) if (ended_at === null) await desk.stop(bulk_id).expect(200);
  for (const {bulk_id} of await desk.list()) await desk.closes(bulk_id);
  expect(await violationsNow(world)).toEqual([]);
});
