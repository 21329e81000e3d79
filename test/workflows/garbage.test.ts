import {violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';

const GARBAGE = [
  null,
  undefined,
  42,
  'text',
  [],
  {},
  {operation_id: 7},
  {operation_id: ''},
  {other: 'x'.repeat(100_000)},
];
const OF_ORDER = ['reviewDecided', 'shortPicked', 'partEnded', 'holdChanged', 'resumed', 'unheardOf'];
const OF_PART = ['picked', 'packed', 'dispatched', 'delivered', 'returned', 'cancelled', 'stocked', 'resumed'];

describe('messages that nobody of ours would send', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  const flood = async (workflowId: string, names: readonly string[]) => {
    const run = world.client.workflow.getHandle(workflowId);
    for (const name of names) for (const body of GARBAGE) await run.signal(name, body);
    return run;
  };
  const failedTasks = async (workflowId: string) => {
    const {events} = await world.client.workflow.getHandle(workflowId).fetchHistory();
    const failed = (events ?? []).map((event) => event.workflowTaskFailedEventAttributes);
    return failed.flatMap((one) => one?.failure?.message ?? []);
  };

  it('neither stop a run nor change what it does', async () => {
    const sku = await offer(world.api, {at: {EAST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 1}]});
    const id = order.order_id;
    const east = floor.partFrom(order, 'EAST');
    const [whole, part] = [`order:${id}`, `sub-order:${east.sub_order_id}`];
    const run = await flood(whole, OF_ORDER);
    await flood(part, OF_PART);
    await expect(run.executeUpdate('cancel', {args: [null]})).rejects.toThrow();
    await floor.deliver(id, east);
    await floor.ends(id, 'delivered');
    expect([...(await failedTasks(whole)), ...(await failedTasks(part))]).toEqual([]);
    expect((await floor.order(id)).payment.captured).toEqual(order.total);
  });

  it('decide no review', async () => {
    const sku = await offer(world.api, {price: 400_000, at: {EAST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 1}]});
    const id = order.order_id;
    await flood(`order:${id}`, ['reviewDecided']);
    expect((await floor.order(id)).waiting_on?.name).toBe('fraud_review');
    await floor.cancel(id).expect(200);
    await floor.ends(id, 'cancelled');
    const reasons = await world.api.store.prisma.orders.findUniqueOrThrow({where: {id}});
    expect(reasons.cancel_reason).toBe('changed my mind');
    expect(await failedTasks(`order:${id}`)).toEqual([]);
  });

  it('leave books that agree', async () => {
    expect(await violationsAtRest(world)).toEqual([]);
  });
});
