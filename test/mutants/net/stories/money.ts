import type {OrderView} from '../../../../simulation/api-types.ts';
import {freshKey} from '../../../support/api.ts';
import {eventsOf, holdsOf} from '../../../support/books.ts';
import {until} from '../../../support/until.ts';
import {canceled, letGo, tellStripe} from '../dashboard.ts';
import {NET_POLICY, type Net, OUTAGE} from '../net-world.ts';
import {buyNew, expect, lineOf, type Story, wishFor} from '../story.ts';

const DAY = 86_400_000;
/** Units cancelled one by one until an order's history is long enough to go on in a fresh one. */
const MANY_CHANGES = 8;

const live = async ({world}: Net, id: string) => (await holdsOf(world, id)).filter((h) => h.amount_capturable > 0);

/** One live hold, and nothing of it under way. */
const held = (net: Net, id: string) =>
  until(
    'one live hold that is booked',
    async () => {
      const [hold, ...more] = await live(net, id);
      if (!hold || more.length > 0) return null;
      const row = await net.world.api.store.prisma.payments.findUnique({where: {provider_ref: hold.id}});
      return row?.state === 'authorized' ? hold : null;
    },
    () => holdsOf(net.world, id),
  );

async function onTheRoad(net: Net, order: OrderView) {
  const {floor} = net;
  const east = floor.partFrom(order, 'EAST');
  await floor.pick(east);
  const [parcel] = await floor.pack(order.order_id, east);
  await floor.dispatch(order.order_id, east);
  expect('something is on the road', parcel !== undefined);
  return {id: order.order_id, parcel};
}

export const MONEY: readonly Story[] = [
  {
    name: 'a hold renewed before it runs out, twice',
    under: {
      policy: {payment: {...NET_POLICY.payment, renew_before: 7 * DAY + OUTAGE - 2_500}},
      // the other cards' later holds are shorter than seven days
      wish: (net) => wishFor(net, 1, {at: {EAST: 1}}, {payment_method: 'pm_card_mastercard'}),
    },
    play: async (net, order) => {
      const {id, parcel} = await onTheRoad(net, order);
      const renewals = async () =>
        (await eventsOf(net.world, id)).filter((e) => e.type === 'order.hold_renewed').length;
      await until('a second renewal', async () => (await renewals()) > 1);
      await net.floor.say(parcel, 'delivered');
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'a hold that somebody let go, twice',
    play: async (net) => {
      const {id, parcel} = await onTheRoad(net, await buyNew(net, 1, {at: {EAST: 1}}));
      const first = await held(net, id);
      await letGo(net.world, first.id);
      const gone = (hold: {id: string; amount: number}) => tellStripe(net.world, canceled(`evt_gone_${hold.id}`, hold));
      const answers = [await gone(first), await gone(first)];
      expect('a webhook is taken as often as it comes', answers.join() === '200,200', answers);
      const second = await until('another hold', async () => (await live(net, id)).find((h) => h.id !== first.id));
      await held(net, id);
      await letGo(net.world, second.id);
      await gone(second);
      await until('a third hold', async () => (await live(net, id)).find((h) => h.id !== second.id));
      await held(net, id);
      await net.floor.say(parcel, 'delivered');
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'a hold that is gone at the capture, of a split order',
    play: async (net) => {
      const order = await buyNew(net, 3, {price: 1_001, at: {EAST: 2, WEST: 1}});
      const id = order.order_id;
      const {parcel} = await onTheRoad(net, order);
      await Promise.all([letGo(net.world, (await held(net, id)).id), net.floor.say(parcel, 'delivered')]);
      await net.floor.reaches(id, net.floor.partFrom(order, 'EAST').sub_order_id, 'DELIVERED');
      await net.floor.deliver(id, net.floor.partFrom(order, 'WEST'));
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'a hold that somebody let go after the order went on in a fresh history',
    play: async (net) => {
      const order = await buyNew(net, MANY_CHANGES + 1, {at: {EAST: MANY_CHANGES + 1}});
      const id = order.order_id;
      for (let i = 0; i < MANY_CHANGES; i += 1) {
        await net.floor.cancel(id, {lines: [{line_id: lineOf(order), qty: 1}]}).expect(200);
      }
      const {order_runs} = net.world.api.store.prisma;
      await until('a fresh history', async () => (await order_runs.findUnique({where: {order_id: id}}))?.continued);
      const first = await held(net, id);
      await letGo(net.world, first.id);
      await tellStripe(net.world, canceled(`evt_gone_${first.id}`, first));
      await until('another hold', async () => (await live(net, id)).find((h) => h.id !== first.id));
      await held(net, id);
      await net.floor.deliver(id, net.floor.partFrom(order, 'EAST'));
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'captures refused for good, one part after the other',
    play: async (net) => {
      const order = await buyNew(net, 3, {price: 1_001, at: {EAST: 2, WEST: 1}});
      const id = order.order_id;
      for (const place of ['EAST', 'WEST']) {
        const part = net.floor.partFrom(order, place);
        net.refused.add(part.sub_order_id);
        await net.floor.deliver(id, part);
        await net.floor.waitsOn(id, 'ops');
        const resume = net.world.api.as('ops').post(`/v1/orders/${id}/resume`, {note: 'they know of it'}, freshKey());
        await resume.expect(200);
        net.refused.delete(part.sub_order_id);
      }
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'a card that gives no second hold',
    play: async (net) => {
      const order = await buyNew(net, 2, {at: {EAST: 1, WEST: 1}}, {payment_method: 'pm_card_declineOffSession'});
      const id = order.order_id;
      await net.floor.deliver(id, net.floor.partFrom(order, 'WEST'));
      await net.floor.waitsOn(id, 'payment_renewal');
      await net.floor.cancel(id).expect(200);
      await net.floor.ends(id, 'delivered');
    },
  },
  {
    name: 'a card that gives no second hold, and money that is waited for',
    play: async (net) => {
      const order = await buyNew(net, 2, {at: {EAST: 1, WEST: 1}}, {payment_method: 'pm_card_declineOffSession'});
      await net.floor.deliver(order.order_id, net.floor.partFrom(order, 'WEST'));
      await net.floor.waitsOn(order.order_id, 'payment_renewal');
    },
  },
  {
    name: 'webhooks by strangers and about other amounts',
    play: async (net) => {
      const order = await buyNew(net, 2, {at: {EAST: 2}});
      const id = order.order_id;
      const hold = await held(net, id);
      const forged = await tellStripe(net.world, canceled('evt_forged', hold), 'whsec_of_somebody_else');
      expect('a forged webhook is refused', forged === 400, forged);
      await tellStripe(net.world, canceled('evt_other_amount', {...hold, amount: hold.amount + 1}));
      await tellStripe(net.world, canceled('evt_other_currency', hold, 'eur'));
      await tellStripe(net.world, canceled('evt_not_ours', {id: 'pi_not_ours', amount: 100}));
      await net.floor.cancel(id, {lines: [{line_id: lineOf(order), qty: 1}]}).expect(200);
      await net.floor.deliver(id, net.floor.partFrom(order, 'EAST'));
      await net.floor.ends(id, 'delivered');
    },
  },
];
