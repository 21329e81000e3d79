import {RETURNS as RULES} from '../../../../domain/returns/policy.ts';
import type {OrderView} from '../../../../simulation/api-types.ts';
import {openReturns} from '../../../support/returns.ts';
import {until} from '../../../support/until.ts';
import type {Net} from '../net-world.ts';
import {buyNew, expect, lineOf, pause, type Story, wishFor} from '../story.ts';

/** So long after its delivery a unit may be sent back here; more passes before it is delivered. */
const WINDOW_MS = 20_000;
const SHORT = {...RULES, days: WINDOW_MS / 86_400_000};

async function arrived(net: Net, order: OrderView): Promise<void> {
  await net.floor.deliver(order.order_id, net.floor.partFrom(order, 'EAST'));
  await net.floor.ends(order.order_id, 'delivered');
}

/** What arrived comes back. */
export const RETURNS: readonly Story[] = [
  {
    name: 'sent back on the last day, counted from the delivery',
    under: {policy: {returns: SHORT}, wish: (net) => wishFor(net, 1, {at: {EAST: 1}})},
    play: async (net, order) => {
      await pause(WINDOW_MS);
      await arrived(net, order);
      const desk = openReturns(net.world);
      const {status, body} = await desk.ask(order.order_id, [{line_id: lineOf(order), qty: 1}]);
      expect('what has just arrived may be sent back', status === 201, status);
      await desk.becomes((body as {return_id: string}).return_id, 'label_ready');
    },
  },
  {
    name: 'paid back on the scan, then inspected',
    under: {policy: {returns: {...RULES, refund_on: 'scan'}}, wish: (net) => wishFor(net, 2, {at: {EAST: 2}})},
    play: async (net, order) => {
      const desk = openReturns(net.world);
      await arrived(net, order);
      const {return_id} = await desk.announce(order.order_id, [{line_id: lineOf(order), qty: 1}]);
      await desk.send(return_id);
      await until('the money to be asked for', async () => (await desk.look(return_id)).refund);
      await desk.inspect(return_id, [{line_id: lineOf(order), qty: 1, grade: 'as_new'}]);
      const {refund} = await desk.ends(return_id, 'closed');
      await desk.refunded(order.order_id, refund?.amount ?? 0);
    },
  },
  {
    name: 'sent back by two people at once, and scanned in twice',
    play: async (net) => {
      const desk = openReturns(net.world);
      const order = await buyNew(net, 1, {at: {EAST: 1}});
      await arrived(net, order);
      const lines = [{line_id: lineOf(order), qty: 1}];
      const asked = await Promise.all([desk.ask(order.order_id, lines), desk.ask(order.order_id, lines)]);
      const taken = asked.filter(({status}) => status === 201);
      expect('one of two requests for one unit is taken', taken.length === 1, taken.length);
      const {return_id: id = ''} = (taken[0]?.body ?? {}) as {return_id?: string};
      const code = await desk.send(id);
      expect('a parcel is taken in once', !(await desk.scan(code)).accepted);
      await desk.inspect(id, [{...lines[0], line_id: lineOf(order), qty: 1, grade: 'as_new'}]);
      await desk.ends(id, 'closed');
      await net.floor.becomes(order.order_id, 'refunded');
    },
  },
  {
    name: 'exchanged for the same again',
    play: async (net) => {
      const desk = openReturns(net.world);
      const order = await buyNew(net, 1, {at: {EAST: 2}});
      const id = order.order_id;
      await arrived(net, order);
      const asked = await desk.announce(id, [{line_id: lineOf(order), qty: 1}], {resolution: 'exchange'});
      await desk.send(asked.return_id);
      await desk.inspect(asked.return_id, [{line_id: lineOf(order), qty: 1, grade: 'as_new'}]);
      const part = await until('the same to be sent again', async () => (await net.floor.order(id)).sub_orders[1]);
      await net.floor.deliver(id, part);
      await desk.ends(asked.return_id, 'closed');
    },
  },
  {
    name: 'brought back by the carrier',
    play: async (net) => {
      const desk = openReturns(net.world);
      const order = await buyNew(net, 2, {at: {EAST: 2}});
      const id = order.order_id;
      const east = net.floor.partFrom(order, 'EAST');
      await net.floor.pick(east);
      await net.floor.pack(id, east);
      await net.floor.dispatch(id, east);
      for (const parcel of (await net.floor.order(id)).sub_orders[0]?.parcels ?? []) {
        await net.floor.say(parcel, 'in_transit', 'return_to_sender');
        const {accepted} = await desk.scan(parcel.tracking_number ?? '');
        expect('a parcel that came back is taken in', accepted);
      }
      await net.floor.ends(id, 'refunded');
    },
  },
];
