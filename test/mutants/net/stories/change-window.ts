import type {OrderView, SubOrderView} from '../../../../simulation/api-types.ts';
import {BOSTON} from '../../../support/shop.ts';
import {until} from '../../../support/until.ts';
import type {Net} from '../net-world.ts';
import {buyNew, expect, lineOf, type Story} from '../story.ts';

const PRICE = 1_300;

interface Made {
  total: {amount: number};
  refused: {code: string}[];
}

async function change({floor}: Net, id: string, status: number, body: object): Promise<Made> {
  const answer = await floor.change(id, body);
  expect(`a change is answered ${status}`, answer.status === status, answer.body);
  return answer.body as Made;
}

/** An order of one product in the east that a picker is sent to already. */
async function underWay(net: Net, qty: number, left: number): Promise<{order: OrderView; east: SubOrderView}> {
  const order = await buyNew(net, qty, {price: PRICE, at: {EAST: left}});
  const east = net.floor.partFrom(order, 'EAST');
  await net.floor.openTask(east, 'pick');
  return {order, east};
}

async function packed(net: Net, qty: number, left = qty) {
  const {order, east} = await underWay(net, qty, left);
  const id = order.order_id;
  await net.floor.pick(east);
  const parcels = await net.floor.pack(id, east);
  return {order, id, east, code: parcels[0]?.tracking_number ?? ''};
}

async function mayNotLeave({floor}: Net, code: string, why: string): Promise<void> {
  const scan = await floor.scan({kind: 'dispatch', code}, 'packer');
  expect(`the dock refuses the parcel as ${why}`, !scan.accepted && scan.code === why, scan);
}

/** To the door; the customer pays what they were told. */
async function arrives({floor}: Net, id: string, part: SubOrderView, total: number): Promise<void> {
  await floor.carry(id, part);
  await floor.ends(id, 'delivered');
  const {payment} = await floor.order(id);
  expect(`${total} are taken`, payment.captured.amount === total, payment);
}

/** The carrier has given the money for the order's unused label back, and we know. */
async function labelIsPaidBack({world, floor}: Net, id: string): Promise<void> {
  const given = () => world.api.store.prisma.parcels.findFirst({where: {order_id: id, state: 'cancelled'}});
  await until('the money for the old label to be asked back', async () => (await given())?.void_state === 'submitted');
  const shipment_id = (await given())?.shipment_ref;
  await floor.control(world.carrierUrl, 'refunds', {shipment_id, state: 'refunded'});
  await until('the money for the old label', async () => (await given())?.void_state === 'refunded');
}

export const CHANGE_WINDOW: readonly Story[] = [
  {
    name: 'more units of a line, held for and sent as a part of their own',
    play: async (net) => {
      const {order} = await underWay(net, 1, 9);
      const id = order.order_id;
      const {total} = await change(net, id, 200, {kind: 'quantity', lines: [{line_id: lineOf(order), qty: 3}]});
      const {sub_orders, payment: held} = await net.floor.order(id);
      expect('as much is held as it costs now', held.authorized.amount === total.amount, {held, total});
      expect('they are a part of their own', sub_orders.length === 2);
      for (const part of sub_orders) await net.floor.deliver(id, part);
      await net.floor.ends(id, 'delivered');
      const {payment} = await net.floor.order(id);
      expect('all of it is paid', payment.captured.amount === total.amount, {payment, total});
    },
  },
  {
    name: 'more than there is asked for, refused, and delivered as it was',
    play: async (net) => {
      const {order, east} = await underWay(net, 1, 2);
      const id = order.order_id;
      const {refused} = await change(net, id, 409, {
        kind: 'add_lines',
        add: [{sku: order.lines[0]?.sku, qty: 5}],
      });
      expect('it says why', refused[0]?.code === 'out_of_stock', refused);
      const {payment: held} = await net.floor.order(id);
      expect('as much is held as before', held.authorized.amount === order.total.amount, held);
      await net.floor.pick(east);
      await net.floor.pack(id, east);
      await arrives(net, id, east, order.total.amount);
    },
  },
  {
    name: 'another address once the label is there: the old one is given back, the tax is the new one',
    play: async (net) => {
      const {order, id, east, code} = await packed(net, 2);
      const {total} = await change(net, id, 200, {kind: 'address', ship_to: BOSTON});
      expect('no tax is added there', total.amount < order.total.amount, total);
      await mayNotLeave(net, code, 'cancelled');
      const again = () => net.floor.order(id).then((now) => net.floor.partFrom(now, 'EAST').parcels[0]);
      await until('another label', async () => (await again())?.tracking_number ?? null);
      await arrives(net, id, east, total.amount);
      await labelIsPaidBack(net, id);
    },
  },
  {
    name: 'another address when the parcel has left',
    play: async (net) => {
      const {order, id, east} = await packed(net, 1);
      await net.floor.dispatch(id, east);
      const {refused} = await change(net, id, 409, {kind: 'address', ship_to: BOSTON});
      expect('it says why', refused[0]?.code === 'already_shipped', refused);
      const {parcels} = net.floor.partFrom(await net.floor.order(id), 'EAST');
      for (const parcel of parcels) await net.floor.say(parcel, 'delivered');
      await net.floor.ends(id, 'delivered');
      const {payment} = await net.floor.order(id);
      expect('it is paid as before', payment.captured.amount === order.total.amount, payment);
    },
  },
  {
    name: 'held back at the dock, and released',
    play: async (net) => {
      const {order, id, east, code} = await packed(net, 1);
      await change(net, id, 200, {kind: 'hold'});
      await mayNotLeave(net, code, 'on_hold');
      await change(net, id, 200, {kind: 'release'});
      await arrives(net, id, east, order.total.amount);
    },
  },
  {
    name: 'packed units taken back, put back on their shelf and sold again',
    play: async (net) => {
      const {order, id, east} = await packed(net, 2, 5);
      expect('it is too late for the customer', (await net.floor.cancel(id)).status === 409);
      await net.floor.cancel(id, {unpick: true}).expect(200);
      await net.floor.ends(id, 'cancelled');
      const {task_id, stops} = await net.floor.openTask(east, 'unpick');
      for (const {bin, barcode, qty} of stops) {
        await net.floor.scan({task_id, kind: 'bin', code: bin});
        const back = await net.floor.scan({task_id, kind: 'item', code: barcode, qty});
        expect('they are put back', back.accepted, back);
      }
      const next = await net.floor.buy({lines: [{sku: order.lines[0]?.sku ?? '', qty: 2}]});
      await net.floor.deliver(next.order_id, net.floor.partFrom(next, 'EAST'));
      await net.floor.ends(next.order_id, 'delivered');
      await labelIsPaidBack(net, id);
    },
  },
];
