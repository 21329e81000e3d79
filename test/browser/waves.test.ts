import type {OrderView} from '../../simulation/api-types.ts';
import type {TourView, WaveView} from '../../store/views/waves-view.ts';
import {violationsAtRest} from '../support/books.ts';
import {until} from '../support/until.ts';
import {describeInChromium} from './browser.ts';
import {floorSuite, step} from './floor-suite.ts';
import {GOODS} from './shop-floor.ts';
import {enter, PATIENCE, SIZES, type Visit, visit} from './visit.ts';

const [WHEY, MUG, LAMP] = GOODS;
const DESK_KEY = 'wb_test_device_of_the_lead_01';

const suite = floorSuite({devices: {'desk-1': DESK_KEY}});

describeInChromium(SIZES)('a whole wave by the pages alone, $size', (size) => {
  const person = `3${size.person}`;
  let lead: Visit;
  let picker: Visit;
  let tour: TourView;
  const orders: OrderView[] = [];

  const wavesNow = async (): Promise<WaveView[]> =>
    (await suite.shop.world.api.as('warehouse_lead').get('/v1/warehouses/EAST/waves').expect(200)).body;
  const unsent = () => picker.page.getByText(/scans? waits?/).waitFor({state: 'hidden'});
  /** What the page leads to: the bin, if it is another one, then each unit. */
  const pick = async (stop: TourView['stops'][number], at: string | null, units = stop.qty) => {
    if (stop.bin !== at) await picker.scan(stop.bin);
    for (let i = 0; i < units; i += 1) {
      await picker.sees('Scan the item');
      await picker.scan(stop.barcode);
    }
  };

  beforeAll(async () => {
    const wishes = [
      [WHEY, 1, MUG, 1],
      [WHEY, 2, LAMP, 1],
    ] as const;
    for (const [one, qty, other, more] of wishes) {
      const lines = [
        {sku: one.sku, qty},
        {sku: other.sku, qty: more},
      ];
      const {order_id} = (await suite.shop.floor.place({lines})).body;
      await suite.shop.floor.openTask(await suite.shop.floor.appears(order_id, 'EAST'), 'pick');
      orders.push(await suite.shop.floor.order(order_id));
    }
    lead = await visit(suite.browser, size);
    picker = await visit(suite.browser, size);
    await enter(
      lead,
      suite.shop,
      await suite.shop.hire(`9${person}`, 'Lea', ['warehouse_lead']),
      '/floor/waves',
      DESK_KEY,
    );
    await enter(picker, suite.shop, await suite.shop.hire(person, 'Kim', ['picker', 'packer']));
  }, PATIENCE);

  step('the lead sees what a wave would save, releases it, takes it back and releases it again', async () => {
    await lead.sees('2 orders wait → 1 tour');
    await lead.sees(/% less to walk/);
    await lead.look('wave-01-plan');
    await lead.press('Single');
    await lead.sees('2 orders wait → 2 tours');
    await lead.press('Batch');
    await lead.press('Release 1 tour');
    await lead.sees('Released: 2 orders.');
    await lead.sees('Nothing waits to be released.');
    await lead.look('wave-02-released');
    await lead.press('Take back');
    await lead.look('wave-03-take-back');
    await lead.press('Take back');
    await lead.sees('2 orders wait again.');
    await lead.press('Release 1 tour');
    await lead.sees('Released: 2 orders.');
  });

  step('gives its tour to a picker, and pauses it', async () => {
    await lead.press('Give to …');
    await lead.sees(`Kim · ${person}`);
    await lead.look('wave-04-people');
    await lead.press(`Kim · ${person}`);
    await lead.sees('Given to Kim.');
    await lead.press('Pause');
    await lead.sees('Paused. Nobody picks of it.');
    await lead.look('wave-05-paused');
    await picker.press('↻');
    await picker.sees('paused');
    await picker.look('wave-06-paused');
    await lead.press('Go on');
    await lead.sees('It goes on.');
    const open = (await wavesNow()).find(({tours}) => tours.some(({state}) => state === 'open'));
    tour = open?.tours[0] as TourView;
    expect([tour.holder, tour.orders, new Set(tour.stops.map(({tote}) => tote)).size]).toEqual(['Kim', 2, 2]);
  });

  step('the picker is led past the stops of both orders, and hears at once what is wrong', async () => {
    await picker.press('↻');
    await picker.press('Start the next tour');
    const [first] = tour.stops as [TourView['stops'][number]];
    await picker.sees('Scan the bin');
    await picker.sees(`Bin ${first.bin}`);
    await picker.look('wave-07-stop');
    await picker.scan('99-X-9');
    await picker.sees(/Wrong bin. Go to /);
    await picker.scan(first.bin);
    await picker.sees('Scan the item');
    const wrong = GOODS.find(({sku}) => sku !== first.sku);
    await picker.scan(wrong?.barcode ?? '');
    await picker.sees('Wrong item.');
    await picker.look('wave-08-wrong-item');
    await pick(first, first.bin, 1);
    await unsent();
  });

  step('goes on without network and through a reload, and everything arrives once', async () => {
    await picker.page.context().setOffline(true);
    let [at, done] = [tour.stops[0]?.bin ?? null, 1];
    for (const [i, stop] of tour.stops.entries()) {
      await pick(stop, at, stop.qty - done);
      [at, done] = [stop.bin, 0];
      if (i !== 1) continue;
      await picker.look('wave-09-offline');
      await picker.page.reload();
      await picker.sees(/No network · \d+ scans? waits?/);
    }
    await picker.sees('Take the totes to packing.');
    await picker.look('wave-10-picked');
    await picker.page.context().setOffline(false);
    await picker.press('Next task');
    await unsent();
    const tasks = [...new Set(tour.stops.map(({task_id}) => task_id))];
    const {prisma} = suite.shop.world.api.store;
    await until('both orders to be picked', async () => {
      return (await prisma.tasks.count({where: {id: {in: tasks}, state: 'done'}})) === 2;
    });
    const scans = await prisma.scans.findMany({where: {task_id: {in: tasks}, kind: 'item', accepted: true}});
    expect([scans.length, new Set(scans.map(({actor}) => actor))]).toEqual([5, new Set([`staff:${person}`])]);
    expect(await prisma.scans.count({where: {task_id: {in: tasks}, accepted: false}})).toBe(2);
    await lead.press('↻');
    await lead.sees('No wave is under way.');
    await lead.look('wave-11-over');
  });

  step('and both orders are packed at the station', async () => {
    for (const order of orders) {
      const task = await suite.shop.floor.openTask(suite.shop.floor.partFrom(order, 'EAST'), 'pack');
      await picker.page.goto(`${suite.shop.url}/floor/pack`);
      await picker.sees(order.number);
      await picker.scan(task.sub_order_id);
      for (const [i, parcel] of task.parcels.entries()) {
        if (i > 0) await picker.press('Next parcel');
        await picker.sees(/Item 1 of /);
        const next = picker.page.getByRole('button', {name: 'It is in: next'});
        while ((await next.count()) > 0) await next.click();
        await picker.press('All in: weigh it');
        await picker.scan(`${parcel.expected_g} g`);
        await picker.sees('Stick the label on this parcel');
      }
      await suite.shop.floor.reaches(order.order_id, task.sub_order_id, 'PACKED');
    }
  });

  step('break nowhere, and hide nothing from those who see or hear less', async () => {
    expect([...lead.broken, ...picker.broken]).toEqual([]);
    expect([...lead.serious, ...picker.serious]).toEqual([]);
    // the lead's page is as long as there are waves
    expect(picker.below).toEqual([]);
    expect(await violationsAtRest(suite.shop.world)).toEqual([]);
  });
});
