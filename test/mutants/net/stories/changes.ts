import type {OrderView, SubOrderView} from '../../../../simulation/api-types.ts';
import {offer} from '../../../support/shop.ts';
import {until} from '../../../support/until.ts';
import {freshKey} from '../../../support/api.ts';
import type {Net} from '../net-world.ts';
import {buyNew, expect, lineOf, type Story} from '../story.ts';

async function buyTwo({world, floor}: Net): Promise<OrderView> {
  const [a, b] = [await offer(world.api, {at: {EAST: 5}}), await offer(world.api, {price: 777, at: {EAST: 5}})];
  return floor.buy({
    lines: [
      {sku: a, qty: 2},
      {sku: b, qty: 3},
    ],
  });
}

const partAt = (net: Net, id: string, warehouse: string | null) =>
  until(`a part from ${warehouse}`, async () =>
    (await net.floor.order(id)).sub_orders.find((s) => s.source.id === warehouse && s.stage !== 'CANCELLED'),
  );

/** To the door, whatever is left of it. */
async function finish({floor}: Net, id: string): Promise<void> {
  const {status, sub_orders} = await floor.order(id);
  if (status === 'cancelled') return floor.ends(id, 'cancelled');
  const parts = sub_orders.filter((s) => s.stage !== 'CANCELLED' && s.source.id !== null);
  await Promise.all(
    parts.map(async (part) => {
      if (['ALLOCATED', 'PICKING'].includes(part.stage)) await floor.pick(part);
      await floor.pack(id, part);
      await floor.carry(id, part);
    }),
  );
  await floor.ends(id, 'delivered');
}

/** Once the missing units are given up, what was picked goes to the door. */
async function restDelivered({floor}: Net, id: string, part: SubOrderView, givenUp: number): Promise<void> {
  const cancelled = async () => (await floor.order(id)).lines[0]?.cancelled;
  await until('the missing units to be cancelled', async () => (await cancelled()) === givenUp, cancelled);
  await floor.pack(id, part);
  await floor.carry(id, part);
  await floor.ends(id, 'delivered');
}

export const CHANGES: readonly Story[] = [
  {
    name: 'cancelled when the stock was set aside, three times at once',
    play: async (net) => {
      const {order_id} = await buyTwo(net);
      const key = freshKey();
      const answers = await Promise.all([1, 2, 3].map(() => net.floor.cancel(order_id, {}, key)));
      expect(
        'it is cancelled',
        answers.some((a) => a.status === 200),
        answers.map((a) => a.status),
      );
      await net.floor.ends(order_id, 'cancelled');
      expect('a second time it is too late', (await net.floor.cancel(order_id)).status === 409);
    },
  },
  {
    name: 'some units of a line cancelled, the rest delivered',
    play: async (net) => {
      const order = await buyTwo(net);
      const id = order.order_id;
      await net.floor.cancel(id, {lines: [{line_id: lineOf(order, 1), qty: 2}]}).expect(200);
      await net.floor.deliver(id, net.floor.partFrom(order, 'EAST'));
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'one line cancelled while the other is picked',
    play: async (net) => {
      const order = await buyTwo(net);
      const id = order.order_id;
      const {task_id, stops} = await net.floor.openTask(net.floor.partFrom(order, 'EAST'), 'pick');
      const stop = stops.find((s) => s.qty === 2);
      await net.floor.scan({task_id, kind: 'bin', code: stop?.bin ?? ''});
      await net.floor.scan({task_id, kind: 'item', code: stop?.barcode ?? '', qty: 2});
      await net.floor.cancel(id).expect(200);
      await finish(net, id);
    },
  },
  {
    name: 'cancellations racing with picks',
    play: async (net) => {
      const play = async () => {
        const order = await buyNew(net, 2, {at: {EAST: 2}});
        const east = net.floor.partFrom(order, 'EAST');
        const {task_id, stops} = await net.floor.openTask(east, 'pick');
        const [stop] = stops;
        await net.floor.scan({task_id, kind: 'bin', code: stop?.bin ?? ''});
        const take = () => net.floor.scan({task_id, kind: 'item', code: stop?.barcode ?? '', qty: 1});
        await Promise.all([take(), net.floor.cancel(order.order_id), take()]);
        const now = net.floor.order(order.order_id);
        if ((await now).sub_orders[0]?.stage === 'PICKING') await take();
        await finish(net, order.order_id);
      };
      await Promise.all([play(), play()]);
    },
  },
  {
    name: 'a short pick, the rest from another place',
    play: async (net) => {
      const order = await buyNew(net, 3, {price: 1_001, at: {EAST: 3, LAKE: 3}});
      const id = order.order_id;
      const east = net.floor.partFrom(order, 'EAST');
      await net.floor.pick(east, {missing: 1});
      const lake = await partAt(net, id, 'LAKE');
      await net.floor.pack(id, east);
      await Promise.all([net.floor.carry(id, east), net.floor.deliver(id, lake)]);
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'nothing on the shelf, all of it from another place',
    play: async (net) => {
      const order = await buyNew(net, 2, {at: {EAST: 2, LAKE: 2}});
      await net.floor.pick(net.floor.partFrom(order, 'EAST'), {missing: 2});
      await net.floor.deliver(order.order_id, await partAt(net, order.order_id, 'LAKE'));
      await net.floor.ends(order.order_id, 'delivered');
    },
  },
  {
    name: 'a short pick and nowhere else',
    play: async (net) => {
      const order = await buyNew(net, 3, {price: 1_001, at: {EAST: 3}});
      const id = order.order_id;
      const east = net.floor.partFrom(order, 'EAST');
      await net.floor.pick(east, {missing: 1});
      await restDelivered(net, id, east, 1);
    },
  },
  {
    name: 'one unit cancelled, another missing and found nowhere, the rest delivered',
    play: async (net) => {
      const order = await buyNew(net, 5, {price: 1_001, at: {EAST: 5}});
      const id = order.order_id;
      await net.floor.cancel(id, {lines: [{line_id: lineOf(order), qty: 2}]}).expect(200);
      // who takes up what is free again
      const next = await net.floor.buy({lines: [{sku: order.lines[0]?.sku ?? '', qty: 2}]});
      // before something is missing there: nobody is promised anything from such a bin any more
      const theirs = net.floor.partFrom(next, 'EAST');
      await net.floor.pick(theirs);
      const east = net.floor.partFrom(order, 'EAST');
      await net.floor.pick(east, {missing: 1});
      await restDelivered(net, id, east, 3);
      await net.floor.pack(next.order_id, theirs);
      await net.floor.carry(next.order_id, theirs);
      await net.floor.ends(next.order_id, 'delivered');
    },
  },
  {
    name: 'a short pick that becomes a backorder, cancelled later',
    play: async (net) => {
      const order = await buyNew(net, 2, {at: {EAST: 2}, backorderable: true});
      const id = order.order_id;
      const east = net.floor.partFrom(order, 'EAST');
      await net.floor.pick(east, {missing: 1});
      await partAt(net, id, null);
      await net.floor.pack(id, east);
      await net.floor.carry(id, east);
      await net.floor.waitsOn(id, 'stock');
      await net.floor.cancel(id).expect(200);
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'a part backordered, cancelled while the rest is on the road',
    play: async (net) => {
      const {world, floor} = net;
      const here = await offer(world.api, {at: {EAST: 3}});
      const awaited = await offer(world.api, {price: 501, backorderable: true});
      const order = await floor.buy({
        lines: [
          {sku: here, qty: 1},
          {sku: awaited, qty: 2},
        ],
      });
      const id = order.order_id;
      const east = floor.partFrom(order, 'EAST');
      await floor.pick(east);
      await floor.pack(id, east);
      await floor.dispatch(id, east);
      await floor.cancel(id, {lines: [{line_id: lineOf(order, 1), qty: 2}]}).expect(200);
      for (const parcel of floor.partFrom(await floor.order(id), 'EAST').parcels) await floor.say(parcel, 'delivered');
      await floor.ends(id, 'delivered');
    },
  },
  {
    name: 'a backorder that waits',
    play: async (net) => {
      const order = await buyNew(net, 3, {at: {EAST: 1}, backorderable: true});
      await net.floor.deliver(order.order_id, net.floor.partFrom(order, 'EAST'));
      await net.floor.waitsOn(order.order_id, 'stock');
      // nothing is held for units that only wait
      await until(
        'the part to be paid',
        async () => (await net.floor.order(order.order_id)).payment.captured.amount > 0,
        async () => (await net.floor.order(order.order_id)).payment,
      );
    },
  },
];
