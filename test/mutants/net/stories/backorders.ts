import type {OrderView} from '../../../../simulation/api-types.ts';
import {freshKey} from '../../../support/api.ts';
import {offer} from '../../../support/shop.ts';
import {until} from '../../../support/until.ts';
import type {Net} from '../net-world.ts';
import {buyNew, expect, type Story} from '../story.ts';

const waitingOf = async ({floor}: Net, order: OrderView) => (await floor.order(order.order_id)).lines[0]?.backordered;

async function deliverAll(net: Net, order: OrderView): Promise<void> {
  const {floor} = net;
  const id = order.order_id;
  const parts = (await floor.order(id)).sub_orders.filter((s) => s.source.id !== null && s.stage !== 'CANCELLED');
  for (const part of parts) await floor.deliver(id, part);
  await floor.ends(id, 'delivered');
}

/** Stock that comes late, is not there, or is somewhere else. */
export const BACKORDERS: readonly Story[] = [
  {
    name: 'two wait, some comes, the rest comes: the first is served first',
    play: async (net) => {
      const {world, floor} = net;
      const sku = await offer(world.api, {price: 1_003, backorderable: true});
      const first = await floor.buy({lines: [{sku, qty: 3}]});
      const second = await floor.buy({lines: [{sku, qty: 1}]});
      await floor.receive({warehouse: 'EAST', sku, qty: 2, bin: 'A-1'});
      await until('two units to be given away', async () => (await waitingOf(net, first)) === 1);
      expect('the second waits', (await waitingOf(net, second)) === 1);
      await floor.receive({warehouse: 'EAST', sku, qty: 2, bin: 'A-1'});
      await until('all of them to be given away', async () => (await waitingOf(net, second)) === 0);
      await deliverAll(net, first);
      await deliverAll(net, second);
    },
  },
  {
    name: 'a count that breaks a promise, and a later one that finds the goods',
    play: async (net) => {
      const {world, floor} = net;
      const order = await buyNew(net, 2, {at: {EAST: 2}, backorderable: true});
      const sku = order.lines[0]?.sku ?? '';
      const count = (counted: number) => {
        const body = {warehouse: 'EAST', sku, bin: 'A-1', counted, reference: freshKey()};
        return world.api.as('warehouse_lead').post('/v1/inventory/counts', body).expect(200);
      };
      await floor.openTask(floor.partFrom(order, 'EAST'), 'pick');
      await count(1);
      await until('one unit to wait', async () => (await waitingOf(net, order)) === 1);
      await count(2);
      await until('none to wait', async () => (await waitingOf(net, order)) === 0);
      await deliverAll(net, order);
    },
  },
  {
    name: 'a transfer between two sites',
    play: async (net) => {
      const {world, floor} = net;
      const sku = await offer(world.api, {at: {EAST: 2}, backorderable: true});
      const lead = world.api.as('warehouse_lead');
      const way = {from: {warehouse: 'EAST', bin: 'A-1'}, to: {warehouse: 'WEST', bin: 'A-1'}};
      const {body} = await lead
        .post('/v1/inventory/transfers', {sku, qty: 2, ...way, reference: freshKey()})
        .expect(200);
      const order = await floor.buy({lines: [{sku, qty: 1}]});
      expect('what is on its way is nowhere', (await waitingOf(net, order)) === 1);
      await lead.post(`/v1/inventory/transfers/${body.transfer_id}/arrival`, {qty: 2}).expect(200);
      await floor.deliver(order.order_id, await floor.appears(order.order_id, 'WEST'));
      await floor.ends(order.order_id, 'delivered');
    },
  },
  {
    name: 'a bin that must be counted is left alone',
    play: async (net) => {
      const {floor} = net;
      const order = await buyNew(net, 1, {at: {EAST: 5}});
      const sku = order.lines[0]?.sku ?? '';
      await floor.receive({warehouse: 'EAST', sku, qty: 2, bin: 'A-2'});
      await floor.pick(floor.partFrom(order, 'EAST'), {missing: 1});
      const again = await until('another place for it', async () =>
        (await floor.order(order.order_id)).sub_orders.find((s) => s.stage !== 'CANCELLED'),
      );
      const task = await floor.openTask(again, 'pick');
      expect('it is picked from the other bin', task.stops[0]?.bin === 'A-2', task.stops);
      await floor.deliver(order.order_id, again);
      await floor.ends(order.order_id, 'delivered');
    },
  },
  {
    name: 'a site that is off promises nothing',
    play: async (net) => {
      const {world, floor} = net;
      const address = {line1: '1 Pier', city: 'Boston', region: 'MA', postal_code: '02210', country: 'US'};
      const pier = {
        name: 'Pier',
        address,
        lat: 42.35,
        lng: -71.04,
        timezone: 'America/New_York',
        cut_off: '16:00',
        priority: 1,
      };
      await world.api.as('admin').put('/v1/warehouses/PIER', pier).expect(200);
      const flip = (active: boolean) =>
        world.api.as('ops').post('/v1/warehouses/PIER/switch', {active, reason: 'closed'}).expect(200);
      const sku = await offer(world.api, {at: {WEST: 1}, backorderable: true});
      await floor.receive({warehouse: 'PIER', sku, qty: 2, bin: 'A-1'});
      await flip(false);
      const late = await floor.buy({lines: [{sku, qty: 2}]});
      expect('only the other site sends', (await waitingOf(net, late)) === 1);
      await flip(true);
      await until('the rest to be promised', async () => (await waitingOf(net, late)) === 0);
      await deliverAll(net, late);
    },
  },
];
