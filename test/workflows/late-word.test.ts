import {queueSignal} from '../../store/queue-signal.ts';
import {transact} from '../../store/transact.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

let world: World;
let floor: Floor;

beforeAll(async () => {
  world = await startWorld();
  floor = openFloor(world);
  await openShop(world.api);
});
afterAll(() => world.close());

it('a word to a run that has come to its end is dropped at once', async () => {
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
