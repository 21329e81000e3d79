import {until} from '../../../support/until.ts';
import type {Net} from '../net-world.ts';
import {buyNew, expect, type Story} from '../story.ts';

const rowsOf = ({world}: Net, orderId: string) =>
  world.api.store.prisma.messages.findMany({where: {order_id: orderId, template: 'dispatched', channel: 'email'}});

/** Both shipments are packed, and the mail about the first that left waits for the second. */
async function oneOfTwoLeft(net: Net) {
  const {floor} = net;
  const order = await buyNew(net, 2, {at: {EAST: 1, WEST: 1}});
  const [east, west] = [floor.partFrom(order, 'EAST'), floor.partFrom(order, 'WEST')];
  await floor.pick(west);
  await floor.pack(order.order_id, west);
  await floor.pick(east);
  const [parcel] = await floor.pack(order.order_id, east);
  expect('something is packed', parcel !== undefined);
  await floor.dispatch(order.order_id, east);
  await until('a mail to wait for another', async () =>
    (await rowsOf(net, order.order_id)).some(({state}) => state === 'waiting'),
  );
  return {id: order.order_id, west, parcel};
}

const bothTold = (net: Net, id: string) =>
  until('both shipments to be told', async () => {
    const rows = await rowsOf(net, id);
    return rows.length === 2 && rows.every(({due_at, state, told_by}) => state === 'sent' || (due_at && told_by));
  });

const arrive = async ({floor}: Net, id: string, west: Parameters<Net['floor']['carry']>[1]) => {
  const {sub_orders} = await floor.order(id);
  const east = sub_orders.find(({source}) => source.id === 'EAST');
  for (const part of [east, west]) {
    const parcels = sub_orders.find((sub) => sub.sub_order_id === part?.sub_order_id)?.parcels ?? [];
    for (const parcel of parcels) await floor.say(parcel, 'out_for_delivery', 'delivered');
  }
  await floor.ends(id, 'delivered');
};

/** What is told by mail, and with what. */
export const MAILS: readonly Story[] = [
  {
    name: 'two shipments that leave one after the other are told in one mail',
    play: async (net) => {
      const {id, west} = await oneOfTwoLeft(net);
      await net.floor.dispatch(id, west);
      await bothTold(net, id);
      await arrive(net, id, west);
    },
  },
  {
    name: 'a shipment arrives while the mail that it left waits for another',
    play: async (net) => {
      const {id, west, parcel} = await oneOfTwoLeft(net);
      await net.floor.say(parcel, 'out_for_delivery');
      await until('the mail of its arrival', () =>
        net.world.api.store.prisma.messages
          .count({where: {order_id: id, template: 'out_for_delivery', channel: 'email', state: 'sent'}})
          .then((n) => n > 0),
      );
      await net.floor.dispatch(id, west);
      await arrive(net, id, west);
    },
  },
];
