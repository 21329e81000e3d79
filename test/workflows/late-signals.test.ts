import {queueSignal} from '../../store/queue-signal.ts';
import {transact} from '../../store/transact.ts';
import {violationsAtRest} from '../support/books.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

describe('signals that arrive late', () => {
  let world: World;
  let floor: Floor;
  beforeAll(async () => {
    world = await startWorld();
    floor = openFloor(world);
    await openShop(world.api);
    // the order hears of missing units long after its sub-order has ended
    await world.api.store.pool.query(`CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.retry_at := now() + interval '4 seconds'; RETURN NEW; END $$`);
    await world.api.store.pool.query(`CREATE TRIGGER late BEFORE INSERT ON workflow_signals
      FOR EACH ROW WHEN (NEW.name = 'shortPicked') EXECUTE FUNCTION late()`);
  });
  afterAll(() => world.close());

  it('do not close an order whose units still need a place', async () => {
    const sku = await offer(world.api, {at: {EAST: 1, LAKE: 1}});
    const order = await floor.buy({lines: [{sku, qty: 1}]});
    const id = order.order_id;
    await floor.pick(floor.partFrom(order, 'EAST'), {missing: 1});
    const lake = await until('a part from LAKE', async () =>
      (await floor.order(id)).sub_orders.find((s) => s.source.id === 'LAKE'),
    );
    await floor.deliver(id, lake);
    await floor.ends(id, 'delivered');
    expect(await violationsAtRest(world)).toEqual([]);
  });

  it('do not close an order when the rest of it has already arrived', async () => {
    const sku = await offer(world.api, {at: {EAST: 2, LAKE: 2}});
    const order = await floor.buy({lines: [{sku, qty: 2}]});
    const id = order.order_id;
    const east = floor.partFrom(order, 'EAST');
    await floor.pick(east, {missing: 1});
    const [parcel] = await floor.pack(id, east);
    if (!parcel) throw new Error('nothing was packed');
    await floor.say(parcel, 'delivered');
    const lake = await until('a part from LAKE', async () =>
      (await floor.order(id)).sub_orders.find((s) => s.source.id === 'LAKE'),
    );
    await floor.deliver(id, lake);
    await floor.ends(id, 'delivered');
    expect((await floor.order(id)).payment.captured).toEqual(order.total);
    expect(await violationsAtRest(world)).toEqual([]);
  });

  it('are dropped at once when their run has come to its end', async () => {
    const {store} = world.api;
    const sku = await offer(world.api, {at: {EAST: 1}});
    const order = await floor.buy({lines: [{sku, qty: 1}]});
    await floor.cancel(order.order_id).expect(200);
    await floor.ends(order.order_id, 'cancelled');
    const workflow_id = `order:${order.order_id}`;
    const run = world.client.workflow.getHandle(workflow_id);
    await until('the run to close', async () => (await run.describe()).status.name === 'COMPLETED');
    const payload = {payment_id: 'pay_none'};
    await transact(store, (tx) => queueSignal(store, tx, {workflow_id, name: 'holdChanged', id: 'late', payload}));
    const words = () => store.prisma.workflow_signals.findMany({where: {workflow_id, name: 'holdChanged'}});
    await until('the word to be dropped', async () => (await words()).every((word) => word.sent_at !== null));
    expect((await words()).map(({attempts, outcome}) => ({attempts, outcome}))).toEqual([
      {attempts: 1, outcome: 'run_closed'},
    ]);
  });
});
