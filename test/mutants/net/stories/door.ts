import {offer} from '../../../support/shop.ts';
import {storeOrder} from '../../../support/stored-order.ts';
import {NET_POLICY, PATIENT, SEVERAL_CAPTURES} from '../net-world.ts';
import {buyNew, pause, type Story, wishFor} from '../story.ts';

/** From the click to the door. */
export const DOOR: readonly Story[] = [
  {
    name: 'a hold asked for again after a day',
    under: {policy: PATIENT, wish: (net) => wishFor(net, 1, {at: {EAST: 1}})},
    play: async (net, order) => {
      await net.floor.deliver(order.order_id, net.floor.partFrom(order, 'EAST'));
      await net.floor.ends(order.order_id, 'delivered');
    },
  },
  {
    name: 'one parcel to the door',
    play: async (net) => {
      const order = await buyNew(net, 2, {at: {EAST: 2}});
      await net.floor.deliver(order.order_id, net.floor.partFrom(order, 'EAST'));
      await net.floor.ends(order.order_id, 'delivered');
    },
  },
  {
    name: 'two lines, one of them of three units that leave remainders',
    play: async (net) => {
      const [{lines: a}, {lines: b}] = await Promise.all([
        wishFor(net, 2, {price: 1_999, at: {EAST: 4}}),
        wishFor(net, 3, {price: 333, at: {EAST: 1, LAKE: 2}}),
      ]);
      const order = await net.floor.buy({lines: [...a, ...b]});
      await Promise.all(
        order.sub_orders.map((part) => net.floor.deliver(order.order_id, net.floor.partFrom(order, part.source.id))),
      );
      await net.floor.ends(order.order_id, 'delivered');
    },
  },
  {
    name: 'an order whose API process died before it could start the run',
    play: async ({world, floor}) => {
      const sku = await offer(world.api, {at: {EAST: 1}});
      const id = await storeOrder(world.api.store, {lines: [{sku, qty: 1}]}, NET_POLICY);
      await floor.waitsOn(id, 'pick');
      await floor.deliver(id, floor.partFrom(await floor.order(id), 'EAST'));
      await floor.ends(id, 'delivered');
    },
  },
  {
    name: 'split in three, delivered one after the other',
    play: async (net) => {
      const order = await buyNew(net, 4, {price: 1_001, at: {EAST: 2, WEST: 1, LAKE: 1}});
      for (const place of ['LAKE', 'EAST', 'WEST']) {
        await net.floor.deliver(order.order_id, net.floor.partFrom(order, place));
        await pause(100);
      }
      await net.floor.ends(order.order_id, 'delivered');
    },
  },
  {
    name: 'split in three under one hold that is captured part by part',
    under: {policy: SEVERAL_CAPTURES, wish: (net) => wishFor(net, 4, {price: 1_001, at: {EAST: 2, WEST: 1, LAKE: 1}})},
    play: async (net, order) => {
      const [east, west, lake] = (['EAST', 'WEST', 'LAKE'] as const).map((place) => net.floor.partFrom(order, place));
      if (east) await net.floor.deliver(order.order_id, east);
      await Promise.all([west, lake].map(async (part) => part && net.floor.deliver(order.order_id, part)));
      await net.floor.ends(order.order_id, 'delivered');
    },
  },
  {
    name: 'split in two under one hold, and the second part cancelled',
    under: {policy: SEVERAL_CAPTURES, wish: (net) => wishFor(net, 3, {price: 1_001, at: {EAST: 2, WEST: 1}})},
    play: async (net, order) => {
      await net.floor.deliver(order.order_id, net.floor.partFrom(order, 'WEST'));
      await net.floor.cancel(order.order_id).expect(200);
      await net.floor.ends(order.order_id, 'delivered');
    },
  },
  {
    name: 'split in two that arrive at once',
    play: async (net) => {
      const order = await buyNew(net, 3, {price: 1_001, at: {EAST: 2, WEST: 1}});
      const parts = ['EAST', 'WEST'].map((place) => net.floor.partFrom(order, place));
      await Promise.all(parts.map((part) => net.floor.deliver(order.order_id, part)));
      await net.floor.ends(order.order_id, 'delivered');
    },
  },
];
