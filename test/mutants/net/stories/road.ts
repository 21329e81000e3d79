import type {OrderView, ParcelView, SubOrderView} from '../../../../simulation/api-types.ts';
import {until} from '../../../support/until.ts';
import {NET_POLICY, type Net} from '../net-world.ts';
import {buyNew, expect, pause, type Story, wishFor} from '../story.ts';

/** More than one box may weigh. */
const TWO_BOXES = 60;
const LOST_SOON = {shipping: {...NET_POLICY.shipping, poll_after: 600_000, lost_after: 6_000}};

interface Packed {
  id: string;
  east: SubOrderView;
  first: ParcelView;
  parcels: ParcelView[];
}

async function pack({floor}: Net, order: OrderView): Promise<Packed> {
  const east = floor.partFrom(order, 'EAST');
  await floor.pick(east);
  const parcels = await floor.pack(order.order_id, east);
  const [first] = parcels;
  expect('something is packed', first !== undefined);
  return {id: order.order_id, east, first, parcels};
}

/** The carrier's last word is the truth: where a webhook of it is lost, the tracker tells when it is asked. */
async function sayAgain({floor}: Net, parcel: ParcelView): Promise<void> {
  await pause(500);
  await floor.say(parcel, 'delivered');
}

export const ROAD: readonly Story[] = [
  {
    name: 'what the tracker says in any order',
    play: async (net) => {
      const {id, east, first} = await pack(net, await buyNew(net, 2, {at: {EAST: 2}}));
      await net.floor.dispatch(id, east);
      for (const status of ['delivered', 'in_transit', 'out_for_delivery', 'pre_transit'] as const) {
        await net.floor.say(first, status);
      }
      await sayAgain(net, first);
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'delivered before anybody scanned it out of the house',
    play: async (net) => {
      const {id, first} = await pack(net, await buyNew(net, 1, {at: {EAST: 1}}));
      // nobody asks for a parcel that is not known to have left: only what is said again makes up for a lost webhook
      await until('the parcel to be delivered', async () => {
        await net.floor.say(first, 'delivered');
        await pause(1_000);
        return (await net.floor.order(id)).status === 'delivered';
      });
      await net.floor.ends(id, 'delivered');
      const late = await net.floor.scan({kind: 'dispatch', code: first.tracking_number ?? ''}, 'packer');
      expect('the dispatch scan comes too late', !late.accepted, late);
    },
  },
  {
    name: 'scanned out and on the road at the same moment, then failed and delivered',
    play: async (net) => {
      const {id, first} = await pack(net, await buyNew(net, 1, {at: {EAST: 1}}));
      const code = first.tracking_number ?? '';
      await Promise.all([
        net.floor.scan({kind: 'dispatch', code}, 'packer'),
        net.floor.scan({kind: 'dispatch', code}, 'packer'),
        net.floor.say(first, 'in_transit'),
      ]);
      await net.floor.say(first, 'out_for_delivery', 'failure', 'out_for_delivery', 'delivered', 'in_transit');
      await sayAgain(net, first);
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'two parcels, one after the other',
    play: async (net) => {
      const {floor} = net;
      const {id, east, parcels} = await pack(net, await buyNew(net, TWO_BOXES, {price: 101, at: {EAST: TWO_BOXES}}));
      expect('there are two parcels', parcels.length === 2, parcels);
      await floor.dispatch(id, east);
      const [first, second] = parcels;
      if (first) await floor.say(first, 'delivered');
      await until('the first to arrive', async () => (await floor.order(id)).lines.some((l) => l.delivered > 0));
      if (second) await floor.say(second, 'in_transit', 'delivered');
      await floor.ends(id, 'delivered');
    },
  },
  {
    name: 'two parcels, and the first has its label before the second is packed',
    play: async (net) => {
      const {floor} = net;
      const order = await buyNew(net, TWO_BOXES, {price: 101, at: {EAST: TWO_BOXES}});
      const id = order.order_id;
      const east = floor.partFrom(order, 'EAST');
      await floor.pick(east);
      const {task_id, parcels} = await floor.openTask(east, 'pack');
      for (const [i, {expected_g: weight_g, suggested_box: box}] of parcels.entries()) {
        await floor.scan({task_id, kind: 'pack', code: task_id, weight_g, ...(box ? {box} : {})}, 'packer');
        await until('its label', async () => floor.partFrom(await floor.order(id), 'EAST').parcels[i]?.tracking_number);
        const {stage} = floor.partFrom(await floor.order(id), 'EAST');
        expect('it is packed with the last one', (stage === 'PACKED') === (i === parcels.length - 1), stage);
      }
      await floor.carry(id, east);
      await floor.ends(id, 'delivered');
    },
  },
  {
    name: 'a parcel that is never heard of again',
    under: {policy: LOST_SOON, wish: (net) => wishFor(net, 2, {at: {EAST: 2}})},
    play: async (net, order) => {
      const {id, east} = await pack(net, order);
      await net.floor.dispatch(id, east);
      await net.floor.ends(id, 'refunded');
    },
  },
  {
    name: 'one of two parcels lost, and the other part delivered',
    under: {policy: LOST_SOON, wish: (net) => wishFor(net, TWO_BOXES, {price: 101, at: {EAST: TWO_BOXES}})},
    play: async (net, order) => {
      const {id, east, first} = await pack(net, order);
      await net.floor.dispatch(id, east);
      await until('the first to arrive', async () => {
        await sayAgain(net, first);
        return (await net.floor.order(id)).lines.some(({delivered}) => delivered > 0);
      });
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'one part of a split order lost',
    under: {policy: LOST_SOON, wish: (net) => wishFor(net, 2, {price: 1_001, at: {EAST: 1, WEST: 1}})},
    play: async (net, order) => {
      const {floor} = net;
      const west = floor.partFrom(order, 'WEST');
      await floor.pick(west);
      const [parcel] = await floor.pack(order.order_id, west);
      await floor.dispatch(order.order_id, west);
      // in one breath: a busy machine must not take pauses for silence
      if (parcel) await floor.say(parcel, 'in_transit', 'out_for_delivery', 'delivered');
      await until('the part to arrive', async () => {
        if (parcel) await sayAgain(net, parcel);
        return (await floor.order(order.order_id)).sub_orders.some(({stage}) => stage === 'DELIVERED');
      });
      const {id, east} = await pack(net, order);
      await floor.dispatch(id, east);
      await floor.ends(id, 'delivered');
    },
  },
];
