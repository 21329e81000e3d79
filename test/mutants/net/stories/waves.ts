import type {OrderView} from '../../../../simulation/api-types.ts';
import type {TourView, WaveView} from '../../../../store/views/waves-view.ts';
import {freshKey} from '../../../support/api.ts';
import {offer, type Place} from '../../../support/shop.ts';
import {until} from '../../../support/until.ts';
import type {Net} from '../net-world.ts';
import {buyNew, expect, pause, type Story} from '../story.ts';

/** What the lead and two pickers of a warehouse do with waves. */
function wavesAt({world, floor}: Net, site: string) {
  const lead = world.api.as('warehouse_lead');
  const here = `/v1/warehouses/${site}`;
  const open = async (): Promise<WaveView[]> => (await lead.get(`${here}/waves?limit=100`).expect(200)).body;
  const taskOf = async (order: OrderView) => (await floor.openTask(floor.partFrom(order, site), 'pick')).task_id;
  const release = async (tasks: string[], kind: string): Promise<WaveView> => {
    const {body} = await lead.post(`${here}/waves`, {tasks, kind, totes: 4}).expect(200);
    const wave = (await open()).find(({wave_id}) => wave_id === body.wave_id);
    expect('the tasks are released', wave !== undefined && body.tasks === tasks.length, body);
    return wave;
  };
  const claim = async (role: 'picker' | 'packer', path: string) =>
    (await world.api.as(role).post(`/v1/${path}/claim`)).status;
  const scan = (role: 'picker' | 'packer', task_id: string, kind: 'bin' | 'item', code: string) =>
    floor.scan({task_id, kind, code, operation_id: freshKey()}, role);
  const walk = async (tour: TourView) => {
    for (const {task_id, bin, barcode, qty} of tour.stops) {
      const codes = [['bin', bin] as const, ...Array.from({length: qty}, () => ['item', barcode] as const)];
      for (const [kind, code] of codes) {
        const answer = await scan('picker', task_id, kind, code);
        expect('what the tour says is taken', answer.accepted, answer);
      }
    }
  };
  const isOver = ({wave_id}: WaveView) =>
    until('the wave to be over', async () => !(await open()).some((wave) => wave.wave_id === wave_id));
  return {lead, here, taskOf, release, claim, scan, walk, isOver, open};
}

async function toTheDoor({floor}: Net, order: OrderView, site: string): Promise<void> {
  const part = floor.partFrom(order, site);
  await floor.pack(order.order_id, part);
  await floor.carry(order.order_id, part);
  await floor.ends(order.order_id, 'delivered');
}

export const WAVES: readonly Story[] = [
  {
    name: 'a wave of two orders, walked by one',
    play: async (net) => {
      const {lead, taskOf, release, claim, scan, walk, isOver} = wavesAt(net, 'EAST');
      const orders = [await buyNew(net, 2, {at: {EAST: 2}}), await buyNew(net, 1, {at: {EAST: 1}})];
      const tasks = await Promise.all(orders.map(taskOf));
      const wave = await release(tasks, 'batch');
      const [tour, other] = wave.tours;
      const [stop] = tour?.stops ?? [];
      expect('both orders are on one cart', tour !== undefined && stop !== undefined && other === undefined, wave);
      const alone = await claim('picker', `tasks/${tasks[0]}`);
      expect('what is in a tour is claimed with the tour', alone === 409, alone);
      expect('the tour is free', (await claim('picker', `tours/${tour.tour_id}`)) === 200);
      const second = await claim('packer', `tours/${tour.tour_id}`);
      expect('a claimed tour is its holder’s', second === 409, second);
      const theirs = await scan('packer', stop.task_id, 'bin', stop.bin);
      expect('nobody scans in the tour of somebody else', theirs.code === 'not_yours', theirs);
      const rest = (paused: boolean) => lead.post(`/v1/waves/${wave.wave_id}/pause`, {paused}).expect(200);
      await rest(true);
      const rests = await scan('picker', stop.task_id, 'bin', stop.bin);
      expect('nobody picks of a paused wave', rests.code === 'on_hold', rests);
      await rest(false);
      await walk(tour);
      await isOver(wave);
      for (const order of orders) await toTheDoor(net, order, 'EAST');
    },
  },
  {
    name: 'a wave taken back while somebody walks a part of it',
    play: async (net) => {
      const {lead, taskOf, release, claim, scan, walk, isOver} = wavesAt(net, 'EAST');
      const orders = [await buyNew(net, 2, {at: {EAST: 2}}), await buyNew(net, 1, {at: {EAST: 1}})];
      const [walked = '', waits = ''] = await Promise.all(orders.map(taskOf));
      const wave = await release([walked, waits], 'single');
      const tour = wave.tours.find(({stops}) => stops[0]?.task_id === walked);
      expect('each order has a tour of its own', tour !== undefined && wave.tours.length === 2, wave);
      await scan('picker', walked, 'bin', tour.stops[0]?.bin ?? '');
      const {body} = await lead.post(`/v1/waves/${wave.wave_id}/undo`).expect(200);
      expect('what somebody walks is not taken back', body.tasks === 1, body);
      const free = await claim('picker', `tasks/${waits}`);
      expect('what was taken back is a task like any other', free === 200, free);
      await walk(tour);
      await isOver(wave);
      await net.floor.pick(net.floor.partFrom(orders[1] as OrderView, 'EAST'));
      for (const order of orders) await toTheDoor(net, order, 'EAST');
    },
  },
  {
    name: 'a wave that several people release at once',
    play: async (net) => {
      const {lead, here, taskOf, walk, open} = wavesAt(net, 'LAKE');
      const orders = [await buyNew(net, 1, {at: {LAKE: 1}}), await buyNew(net, 1, {at: {LAKE: 1}})];
      const tasks = await Promise.all(orders.map(taskOf));
      const press = async () => (await lead.post(`${here}/waves`, {tasks, kind: 'single', totes: 1}).expect(200)).body;
      const made = await Promise.all(Array.from({length: 5}, press));
      const released = made.reduce((sum, wave) => sum + wave.tasks, 0);
      expect('each task is released once', released === tasks.length, made);
      const mine = made.map(({wave_id}) => wave_id);
      for (const {tours} of (await open()).filter(({wave_id}) => mine.includes(wave_id)))
        for (const tour of tours) await walk(tour);
      for (const order of orders) await toTheDoor(net, order, 'LAKE');
    },
  },
  {
    name: 'orders that wait until a cart is full',
    play: async (net) => {
      const {world, floor} = net;
      const admin = world.api.as('admin');
      const east = await world.api.store.prisma.warehouses.findUniqueOrThrow({where: {id: 'EAST'}});
      const {address, lat, lng, timezone} = east;
      const site = {address, lat, lng, timezone, name: 'Cart house', cut_off: '16:00', priority: 1};
      await admin.put('/v1/warehouses/CARTS', site).expect(200);
      const {lead, here, release, claim, scan, walk, isOver, open} = wavesAt(net, 'CARTS');
      await lead.put(`${here}/wave-terms`, {rule: 'cart', kind: 'batch', totes: 2}).expect(200);
      const buy = async () => {
        const sku = await offer(world.api, {at: {['CARTS' as Place]: 1}});
        const order = await floor.buy({lines: [{sku, qty: 1}]});
        const {sub_order_id} = floor.partFrom(order, 'CARTS');
        const task = await until('its pick task', () =>
          world.api.store.prisma.tasks
            .findFirst({where: {sub_order_id, kind: 'pick'}})
            .then((found) => found ?? undefined),
        );
        return {order, task: task.id};
      };
      const first = await buy();
      const offered = (await world.api.as('picker').get(`${here}/tasks`).expect(200)).body;
      expect('nobody is shown what waits for its wave', offered.length === 0, offered);
      const early = await claim('picker', `tasks/${first.task}`);
      expect('nobody begins before the wave', early === 409, early);
      const scanned = await scan('picker', first.task, 'bin', 'A-1');
      expect('nobody scans before the wave', scanned.code === 'on_hold', scanned);
      const second = await buy();
      const full = await until('the cart to be full', async () => (await open())[0]);
      expect('both are released together', full.tours.length === 1 && full.tours[0]?.orders === 2, full);
      await lead.post(`/v1/waves/${full.wave_id}/undo`).expect(200);
      // the relay looks every second
      await pause(3_000);
      expect('what was taken back is left to people', (await open()).length === 0);
      const wave = await release([first.task, second.task], 'batch');
      for (const tour of wave.tours) await walk(tour);
      await isOver(wave);
      for (const {order} of [first, second]) await toTheDoor(net, order, 'CARTS');
    },
  },
];
