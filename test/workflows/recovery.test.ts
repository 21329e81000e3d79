import {ApplicationFailure} from '@temporalio/common';
import type {Activities} from '../../activities/index.ts';
import {OPEN_POLICY} from '../../domain/policy/policy.ts';
import {capturesOf, eventsOf, holdsOf, labels, violationsAtRest} from '../support/books.ts';
import {freshKey} from '../support/api.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop, orderOf} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

/** Activities that fail for good until they are taken off the list, by name. */
const broken = new Map<string, string>();

function breakable(real: Activities): Activities {
  const wrapped = Object.entries(real).map(([name, run]) => [
    name,
    async (input: never) => {
      const code = broken.get(name);
      if (code) throw ApplicationFailure.nonRetryable(`${name} is refused`, code);
      return (run as (input: never) => Promise<unknown>)(input);
    },
  ]);
  return Object.fromEntries(wrapped) as Activities;
}

let world: World;
let floor: Floor;
beforeAll(async () => {
  const recovery = {stuck_retry: 6 * 3_600_000, continue_after: 45};
  world = await startWorld({policy: {...OPEN_POLICY, recovery}, activities: breakable});
  floor = openFloor(world);
  await openShop(world.api);
});
afterEach(() => broken.clear());
afterAll(() => world.close());

const resume = (id: string, role: 'ops' | 'support' = 'ops') =>
  world.api.as(role).post(`/v1/orders/${id}/resume`, {note: 'mended'}, freshKey());
const typesOf = async (id: string) => (await eventsOf(world, id)).map((e) => e.type);
const runsOf = async (workflowId: string) => {
  const statuses: string[] = [];
  for await (const run of world.client.workflow.list({query: `WorkflowId = "${workflowId}"`})) {
    statuses.push(run.status.name);
  }
  return statuses;
};
const buyOne = async () => {
  const sku = await offer(world.api, {at: {EAST: 1}});
  const order = await floor.buy({lines: [{sku, qty: 1}]});
  return {id: order.order_id, total: order.total.amount, east: floor.partFrom(order, 'EAST')};
};

describe('a step that fails for good', () => {
  it('keeps the order waiting for ops, money and all, until they say go on', async () => {
    const {id, total, east} = await buyOne();
    broken.set('capture', 'not_authorized');
    await floor.deliver(id, east);
    await floor.waitsOn(id, 'ops');
    expect(await capturesOf(world, id)).toEqual([]);
    await resume(id, 'support').expect(403);
    broken.clear();
    const {asked} = (await resume(id).expect(200)).body as {asked: {step: string; code: string}[]};
    expect(asked.map(({step, code}) => [step, code])).toEqual([['capture', 'not_authorized']]);
    await floor.ends(id, 'delivered');
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([total]);
    expect((await floor.order(id)).waiting_on).toBeNull();
    await resume(id).expect(409);
  });

  it('of one part is asked for ops by that part', async () => {
    const {id, east} = await buyOne();
    broken.set('buyLabels', 'address_verify_failure');
    await floor.pick(east);
    const task = await floor.openTask(east, 'pack');
    const [parcel] = task.parcels;
    const box = parcel?.suggested_box ? {box: parcel.suggested_box} : {};
    const weight_g = parcel?.expected_g ?? 0;
    await floor.scan({task_id: task.task_id, kind: 'pack', code: task.task_id, weight_g, ...box}, 'packer');
    await floor.waitsOn(id, 'ops');
    broken.clear();
    const {asked} = (await resume(id).expect(200)).body as {asked: {sub_order_id: string}[]};
    expect(asked.map((a) => a.sub_order_id)).toEqual([east.sub_order_id]);
    await floor.reaches(id, east.sub_order_id, 'PACKED');
    await floor.carry(id, east);
    await floor.ends(id, 'delivered');
    const types = await typesOf(id);
    expect(types.filter((t) => t === 'order.stuck' || t === 'order.unstuck')).toEqual(['order.stuck', 'order.unstuck']);
    expect((await labels(world)).filter((l) => l.voided_at !== null)).toEqual([]);
  });

  it('and is ours to mend does not turn a customer away', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    broken.set('authorize', 'provider_unauthorised');
    const body = orderOf({lines: [{sku, qty: 1}]});
    const placing = world.api
      .as('checkout')
      .post('/v1/orders', body, freshKey())
      .then((answer) => answer);
    const {prisma} = world.api.store;
    const stuck = await until('an order that waits for ops', () =>
      prisma.stuck_steps.findFirst({where: {step: 'authorize', resolved_at: null}}),
    );
    broken.clear();
    await resume(stuck.order_id).expect(200);
    const answer = await placing;
    expect(answer.status).toBe(201);
    await floor.cancel(stuck.order_id).expect(200);
    await floor.ends(stuck.order_id, 'cancelled');
  });
});

describe('a run', () => {
  it('goes on in a fresh history when the one before has grown long, and forgets nothing', async () => {
    const sku = await offer(world.api, {at: {EAST: 1, WEST: 1, LAKE: 1}});
    const order = await floor.buy({lines: [{sku, qty: 3}]});
    const id = order.order_id;
    for (const place of ['EAST', 'WEST', 'LAKE']) await floor.deliver(id, floor.partFrom(order, place));
    await floor.ends(id, 'delivered');
    expect(await runsOf(`order:${id}`)).toContain('CONTINUED_AS_NEW');
    const taken = (await capturesOf(world, id)).reduce((sum, c) => sum + c.amount, 0);
    expect(taken).toBe(order.total.amount);
    const live = (await holdsOf(world, id)).filter((h) => h.status === 'requires_capture');
    expect(live).toEqual([]);
  });

  it('of a part that somebody ended is started again and catches up', async () => {
    const {id, total, east} = await buyOne();
    const name = `sub-order:${east.sub_order_id}`;
    await floor.pick(east);
    await floor.openTask(east, 'pack');
    await world.client.workflow.getHandle(name).terminate('by mistake');
    await floor.waitsOn(id, 'ops');
    await resume(id).expect(200);
    await floor.pack(id, east);
    await floor.carry(id, east);
    await floor.ends(id, 'delivered');
    expect(await runsOf(name)).toEqual(['COMPLETED', 'TERMINATED']);
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([total]);
  });

  it('that is cancelled in Temporal cancels its order', async () => {
    const {id} = await buyOne();
    await world.client.workflow.getHandle(`order:${id}`).cancel();
    await floor.ends(id, 'cancelled');
    expect((await holdsOf(world, id)).map((h) => h.status)).toEqual(['canceled']);
  });

  it('that is cancelled in Temporal too late goes on to the door', async () => {
    const {id, total, east} = await buyOne();
    await floor.pick(east);
    await world.client.workflow.getHandle(`order:${id}`).cancel();
    await world.client.workflow.getHandle(`sub-order:${east.sub_order_id}`).cancel();
    await floor.pack(id, east);
    await floor.carry(id, east);
    await floor.ends(id, 'delivered');
    expect((await capturesOf(world, id)).map((c) => c.amount)).toEqual([total]);
  });
});

it('keeps every invariant', async () => {
  expect(await violationsAtRest(world)).toEqual([]);
});
