import type {OrderView, ParcelView} from '../../../../simulation/api-types.ts';
import {until} from '../../../support/until.ts';
import type {Net} from '../net-world.ts';
import {buyNew, expect, pause, type Story, wishFor} from '../story.ts';

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
const noFaults = ({world}: Net) => fetch(`${world.smsUrl}/_control/faults`, {method: 'DELETE'});

/** Longer than may lie between the last look at how things stand and a request. */
const LATER = 2_500;

/** The first text of an order is sent, and every answer about it lost. */
async function answersAreLost(net: Net, phone: string): Promise<void> {
  const {floor} = net;
  // callbacks would settle what was lost
  await fault(net, 'webhook', {mode: 'drop', count: 2});
  await fault(net, 'messages.create', {mode: 'error_after', count: 2});
  const {order, parcel} = await onTheRoad(net, phone);
  await floor.say(parcel, 'out_for_delivery');
  await textsEnd(net, order.order_id, 1);
  await floor.say(parcel, 'delivered');
  await floor.ends(order.order_id, 'delivered');
  await textsEnd(net, order.order_id, 2);
}

/** No text goes out until what it was to say has been over for a while. */
async function isOverByThen(net: Net): Promise<void> {
  const {floor} = net;
  await fault(net, 'messages.create', {mode: 'status', status: 429, retry_after: 1, count: 10_000});
  const {order, parcel} = await onTheRoad(net, freshPhone());
  await floor.say(parcel, 'out_for_delivery');
  await floor.reaches(order.order_id, floor.partFrom(order, 'EAST').sub_order_id, 'OUT_FOR_DELIVERY');
  const refused = async () => (await faultsFired(net)) > 0;
  await until('a text to be put off', refused);
  await floor.say(parcel, 'delivered');
  await floor.ends(order.order_id, 'delivered');
  await pause(LATER);
  await noFaults(net);
  await textsEnd(net, order.order_id, 2);
}

async function faultsFired({floor, world}: Net): Promise<number> {
  const {faults} = (await floor.control(world.smsUrl, 'faults')) as {faults: {mode: string; fired: number}[]};
  return faults.filter(({mode}) => mode === 'status').reduce((sum, {fired}) => sum + fired, 0);
}

/** Somebody tells support, of whom the provider never heard that they want no texts; somebody else says STOP. */
async function wantNone(net: Net, phone: string): Promise<void> {
  const {floor, world} = net;
  const order = await floor.buy(await wishFor(net, 1, {at: {EAST: 1}}, {person: {phone: freshPhone()}}));
  const none = {preferences: [{kind: 'arrival', channel: 'sms', wanted: false}]};
  await world.api.as('support').put(`/v1/orders/${order.order_id}/preferences`, none).expect(200);
  await pause(LATER);
  await floor.deliver(order.order_id, floor.partFrom(order, 'EAST'));
  await floor.ends(order.order_id, 'delivered');
  await textsEnd(net, order.order_id, 2);
  const known = () => world.api.store.prisma.message_choices.count({where: {wanted: false, actor: 'text-provider'}});
  await floor.control(world.smsUrl, 'inbound', {from: phone.replaceAll(' ', ''), body: 'STOP'});
  await until('STOP to count', async () => (await known()) > 0);
}

export const TEXTS: readonly Story[] = [
  {
    name: 'texts whose answers are lost, that are over before they go, and that nobody wants any more',
    play: async (net) => {
      const phone = freshPhone();
      await answersAreLost(net, phone);
      await isOverByThen(net);
      await wantNone(net, phone);
    },
  },
];
