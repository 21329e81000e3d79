import type {OrderView, ParcelView} from '../../../../simulation/api-types.ts';
import {until} from '../../../support/until.ts';
import type {Net} from '../net-world.ts';
import {buyNew, expect, type Story, wishFor} from '../story.ts';

let numbers = 0;
const freshPhone = () => `+1 212 555 ${3000 + (numbers += 1)}`;

async function onTheRoad(net: Net, phone: string): Promise<{order: OrderView; parcel: ParcelView}> {
  const {floor} = net;
  const order = await buyNew(net, 1, {at: {EAST: 1}}, {person: {phone}});
  const east = floor.partFrom(order, 'EAST');
  await floor.pick(east);
  const [parcel] = await floor.pack(order.order_id, east);
  expect('something is packed', parcel !== undefined);
  await floor.dispatch(order.order_id, east);
  return {order, parcel};
}

const textsEnd = ({world}: Net, orderId: string, least: number) =>
  until('the texts to come to an end', async () => {
    const rows = await world.api.store.prisma.messages.findMany({where: {order_id: orderId, channel: 'sms'}});
    return rows.length >= least && rows.every(({state}) => state === 'sent' || state === 'dropped');
  });

const fault = ({floor, world}: Net, operation: string, more: object) =>
  floor.control(world.smsUrl, 'faults', {operation, ...more});

export const TEXTS: readonly Story[] = [
  {
    name: 'texts whose answers are lost, whose parcel arrives before they go, and to whom nobody wants any more',
    play: async (net) => {
      const {floor, world} = net;
      // callbacks would settle what was lost
      await fault(net, 'webhook', {mode: 'drop', count: 2});
      await fault(net, 'messages.create', {mode: 'error_after', count: 2});
      const phone = freshPhone();
      const first = await onTheRoad(net, phone);
      await floor.say(first.parcel, 'out_for_delivery');
      await textsEnd(net, first.order.order_id, 1);
      // no text goes out for a while: what it was to say is over when it could
      await fault(net, 'messages.create', {mode: 'status', status: 429, retry_after: 1, count: 12});
      const second = await onTheRoad(net, freshPhone());
      await floor.say(second.parcel, 'out_for_delivery');
      await floor.reaches(second.order.order_id, floor.partFrom(second.order, 'EAST').sub_order_id, 'OUT_FOR_DELIVERY');
      await floor.say(second.parcel, 'delivered');
      await floor.ends(second.order.order_id, 'delivered');
      await textsEnd(net, second.order.order_id, 2);
      await floor.say(first.parcel, 'delivered');
      await floor.ends(first.order.order_id, 'delivered');
      await textsEnd(net, first.order.order_id, 2);
      await floor.control(world.smsUrl, 'inbound', {from: phone.replaceAll(' ', ''), body: 'STOP'});
      await until('STOP to count', () =>
        world.api.store.prisma.message_choices.count({where: {wanted: false}}).then((n) => n > 0),
      );
      const third = await floor.buy(await wishFor(net, 1, {at: {EAST: 1}}, {person: {phone}}));
      await floor.deliver(third.order_id, floor.partFrom(third, 'EAST'));
      await floor.ends(third.order_id, 'delivered');
      await textsEnd(net, third.order_id, 2);
      const {texts} = (await floor.control(world.smsUrl, 'ledger')) as {texts: {body: string}[]};
      expect('nobody who said STOP is told', !texts.some(({body}) => body.includes(third.number)));
    },
  },
];
