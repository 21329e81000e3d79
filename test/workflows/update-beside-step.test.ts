import {historyToJSON} from '@temporalio/common/lib/proto-utils.js';
import type {Activities} from '../../activities/index.ts';
import {orderWorkflowId} from '../../domain/order/workflow-ids.ts';
import {replayAll, type StoredHistory} from '../replay/replay.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';

/**
 * A step of the run that takes so long that the engine hands the run a cancellation meanwhile, and ends a moment after
 * the cancellation does, where that may run beside it.
 */
function slowly(real: Activities, begun: () => void): Activities {
  const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  let tell: () => void = () => undefined;
  const cancelled = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return {
    ...real,
    reallocate: async (input) => {
      begun();
      const result = await real.reallocate(input);
      await Promise.race([cancelled, pause(12_000)]);
      await pause(30);
      return result;
    },
    cancelLines: async (input) => {
      const result = await real.cancelLines(input);
      await pause(500);
      tell();
      return result;
    },
  };
}

describe('a cancellation beside a step of the run', () => {
  let world: World;
  let floor: Floor;
  let reallocating = false;
  beforeAll(async () => {
    const begun = () => {
      reallocating = true;
    };
    world = await startWorld({activities: (real) => slowly(real, begun)});
    floor = openFloor(world);
    await openShop(world.api);
  });
  afterAll(() => world.close());

  it('leaves a history that can be replayed', async () => {
    const sku = await offer(world.api, {at: {EAST: 3, LAKE: 3}});
    const order = await floor.buy({lines: [{sku, qty: 3}]});
    const id = order.order_id;
    await floor.pick(floor.partFrom(order, 'EAST'), {missing: 1});
    await until('the missing unit to be looked for', async () => reallocating);
    await world.api.as('support').post(`/v1/orders/${id}/cancel`, {reason: 'changed my mind'}, `cancel-${id}`);
    await until('the other part', async () => (await floor.order(id)).sub_orders.length === 2);
    const workflowId = orderWorkflowId(id);
    const history = await world.client.workflow.getHandle(workflowId).fetchHistory();
    const stored = {
      name: 'both',
      workflow_id: workflowId,
      history: JSON.parse(historyToJSON(history)),
    } as StoredHistory;
    const bundle = {codePath: process.env['TEST_WORKFLOW_BUNDLE'] ?? ''};
    expect(await replayAll(bundle, [stored])).toEqual([{name: 'both'}]);
  });
});
