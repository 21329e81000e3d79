import type {BulkView} from '../../../../store/views/ops/bulk-view.ts';
import type {OrderView} from '../../../../simulation/api-types.ts';
import {freshKey} from '../../../support/api.ts';
import {bulkDesk} from '../../../support/bulk.ts';
import type {Net} from '../net-world.ts';
import {buyNew, expect, type Story} from '../story.ts';

/** Orders of one unit each that the floor has its tasks of: nothing goes on with them by itself. */
async function atRest(net: Net, count: number, spare = 0): Promise<OrderView[]> {
  const orders: OrderView[] = [];
  for (let i = 0; i < count; i += 1) {
    const order = await buyNew(net, 1, {at: {EAST: 1, ...(spare ? {WEST: spare} : {})}});
    await net.floor.openTask(net.floor.partFrom(order, 'EAST'), 'pick');
    await net.floor.waitsOn(order.order_id, 'pick');
    orders.push(order);
  }
  return orders;
}

const idsOf = (orders: readonly OrderView[]) => orders.map(({order_id}) => order_id);

/** What was prepared by one is confirmed by another; true to what was shown. */
async function confirmed(net: Net, {bulk_id, possible}: BulkView): Promise<void> {
  await net.world.api.as('admin').post(`/v1/ops/bulk/${bulk_id}/confirm`, {orders: possible}, freshKey()).expect(200);
}

const heldOnes = async ({world}: Net, ids: string[]) => {
  const rows = await world.api.store.prisma.orders.findMany({where: {id: {in: ids}, held_since: {not: null}}});
  return rows.map(({id}) => id).sort();
};

const hold = ({floor}: Net, id: string) => floor.change(id, {kind: 'hold'});

/** What was held is released and brought to the door, so that nothing is left behind. */
async function toTheDoor({floor}: Net, orders: readonly OrderView[], held: readonly string[] = []): Promise<void> {
  for (const id of held) expect('it is released', (await floor.change(id, {kind: 'release'})).status === 200);
  for (const {order_id} of orders) {
    const [part] = (await floor.order(order_id)).sub_orders.filter(({stage}) => stage !== 'CANCELLED');
    expect('something of it is to be sent', part !== undefined);
    await floor.deliver(order_id, part);
    await floor.ends(order_id, 'delivered');
  }
}

export const BULK: readonly Story[] = [
  {
    name: 'many orders are held back, and exactly those released again',
    play: async (net) => {
      const desk = bulkDesk(net.world);
      const orders = await atRest(net, 3);
      const [theirs = '', anew = '', ours = ''] = idsOf(orders);
      await hold(net, theirs);
      const shown = await desk.show({kind: 'hold', orders: idsOf(orders)});
      expect('two can be held back', shown.possible === 2, shown);
      await confirmed(net, shown);
      await desk.becomes(shown.bulk_id, 'done');
      expect('it is released by hand', (await net.floor.change(anew, {kind: 'release'})).status === 200);
      await hold(net, anew);
      const {body} = await desk.undo(shown.bulk_id);
      await desk.becomes((body as BulkView).bulk_id, 'done');
      const left = await heldOnes(net, idsOf(orders));
      expect('others keep their holds', left.join() === [theirs, anew].sort().join() && !left.includes(ours), left);
      await toTheDoor(net, orders, left);
    },
  },
  {
    name: 'many orders are cancelled, but for one that changed after it was shown',
    play: async (net) => {
      const desk = bulkDesk(net.world);
      const orders = await atRest(net, 3);
      const [changed = '', ...same] = idsOf(orders);
      const shown = await desk.show({kind: 'cancel', orders: idsOf(orders)});
      expect('all three can be cancelled', shown.possible === 3 && shown.effect?.units === 3, shown);
      await hold(net, changed);
      await confirmed(net, shown);
      const {counts, refusals} = await desk.becomes(shown.bulk_id, 'done');
      expect('two were cancelled, and one refused', counts.done === 2 && counts.refused === 1, {counts, refusals});
      for (const id of same) await net.floor.ends(id, 'cancelled');
      await toTheDoor(net, orders.slice(0, 1), [changed]);
    },
  },
  {
    name: 'many orders are sent from elsewhere, but for one that changed after it was shown',
    play: async (net) => {
      const desk = bulkDesk(net.world);
      const orders = await atRest(net, 2, 1);
      const [changed = '', moves = ''] = idsOf(orders);
      const shown = await desk.show({kind: 'reallocate', away_from: 'EAST', orders: idsOf(orders)});
      expect('both can be sent from elsewhere', shown.possible === 2, shown);
      await hold(net, changed);
      await confirmed(net, shown);
      const {counts} = await desk.becomes(shown.bulk_id, 'done');
      expect('one was moved, and one refused', counts.done === 1 && counts.refused === 1, counts);
      const sites = async (id: string) =>
        (await net.floor.order(id)).sub_orders.filter(({stage}) => stage !== 'CANCELLED').map(({source}) => source.id);
      expect('only that one leaves from elsewhere', `${await sites(changed)},${await sites(moves)}` === 'EAST,WEST');
      await toTheDoor(net, orders, [changed]);
    },
  },
  {
    name: 'an act on many orders is stopped before it began, or dropped',
    play: async (net) => {
      const desk = bulkDesk(net.world);
      const orders = await atRest(net, 2);
      const dropped = await desk.show({kind: 'cancel', orders: idsOf(orders)});
      await desk.stop(dropped.bulk_id).expect(200);
      await desk.becomes(dropped.bulk_id, 'dropped');
      const {status} = await desk.confirm(dropped.bulk_id, 2);
      expect('what was dropped cannot be confirmed', status === 409, status);
      await toTheDoor(net, orders);
    },
  },
];
