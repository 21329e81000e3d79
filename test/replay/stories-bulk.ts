import {bulkDesk} from '../support/bulk.ts';
import {RECOVERY} from '../../domain/policy/policy.ts';
import {buy, type Story, story} from './story.ts';

/** Acts on many orders of which the order is the only one: their runs are kept beside its own. */
export const BULK: readonly Story[] = [
  story('cancelled-among-many', async (floor, world) => {
    const {order_id: id} = await buy(floor, world, {EAST: 2}, 2);
    await bulkDesk(world).go({kind: 'cancel', orders: [id]});
    await floor.ends(id, 'cancelled');
    return id;
  }),
  story(
    'delivered-after-a-hold-of-many-was-undone',
    async (floor, world) => {
      const desk = bulkDesk(world);
      const order = await buy(floor, world, {EAST: 1}, 1);
      const id = order.order_id;
      const dropped = await desk.show({kind: 'cancel', orders: [id]});
      await desk.stop(dropped.bulk_id).expect(200);
      const held = await desk.go({kind: 'hold', orders: [id]});
      const {body} = await desk.undo(held.bulk_id).expect(200);
      await desk.becomes(body.bulk_id, 'done');
      await floor.deliver(id, floor.partFrom(order, 'EAST'));
      await floor.ends(id, 'delivered');
      return id;
    },
    // so short that the runs of acts go on in fresh histories as well
    {recovery: {...RECOVERY, continue_after: 12}},
  ),
];
