import type {OrderView} from '../../simulation/api-types.ts';
import {violationsAtRest} from '../support/books.ts';
import {until} from '../support/until.ts';
import {describeInChromium, type Page, sees} from './browser.ts';
import {floorSuite, step} from './floor-suite.ts';
import {DEVICE_KEY, GOODS} from './shop-floor.ts';
import {PATIENCE, SIZES, type Visit, visit} from './visit.ts';

const [WHEY, MUG, LAMP] = GOODS;
const suite = floorSuite();

describeInChromium(SIZES)('the pages of the floor, $size', (given) => {
  const {person} = given;
  let at: Visit;
  let page: Page;
  const orders: OrderView[] = [];
  const look = (name: string) => at.look(name);
  const scan = (code: string) => at.scan(code);
  const press = (words: string | RegExp) => at.press(words);
  const linesOf = async (order: OrderView) =>
    (await suite.shop.floor.order(order.order_id)).lines.map(({sku, picked, cancelled}) => ({sku, picked, cancelled}));
  /** What was scanned while there was network has arrived, so that what waits then was scanned without. */
  const sent = ({order_id}: OrderView, scans: number) =>
    until(
      'the scans to arrive',
      async () => (await suite.shop.world.api.store.prisma.scans.count({where: {order_id}})) === scans,
    );

  beforeAll(async () => {
    await suite.shop.hire(person, 'Ann', ['picker', 'packer', 'receiver']);
    for (const lines of [
      [
        {sku: WHEY.sku, qty: 3},
        {sku: MUG.sku, qty: 1},
      ],
      [{sku: LAMP.sku, qty: 2}],
    ]) {
      const {order, east} = await suite.shop.buy(lines);
      orders.push(order);
      await suite.shop.floor.openTask(east, 'pick');
    }
    at = await visit(suite.browser, given);
    page = at.page;
  }, PATIENCE);

  step('let a person in on a device that was made known', async () => {
    await page.goto(`${suite.shop.url}/floor`);
    await sees(page, 'This device is not known yet');
    await look('01-device');
    await scan('not-a-key-of-any-device');
    await sees(page, 'That is no key of a device.');
    await scan(DEVICE_KEY);
    await sees(page, 'Scan your badge');
    await look('02-badge');
    await scan(`${person}-0000000000000000`);
    await sees(page, 'That did not let you in.');
    await press('Use number and PIN');
    for (const digit of person) await press(digit);
    await press('OK');
    await sees(page, 'Your PIN');
    await look('03-pin');
    for (const digit of '4711') await press(digit);
    await press('OK');
    await sees(page, 'Start the next pick');
    await look('04-tasks');
  });

  step('lead through a pick, and refuse what is wrong at once', async () => {
    await press('Start the next pick');
    await sees(page, 'Scan the bin');
    await look('05-stop');
    await scan('99-X-9');
    await sees(page, /Wrong bin. Go to /);
    await look('06-wrong-bin');
    await scan(MUG.barcode);
    await sees(page, /Scan the bin .* first/);
    await scan('3-A-1');
    await sees(page, 'Scan the item');
    await look('07-bin');
    await scan(WHEY.barcode);
    await sees(page, 'Wrong item.');
    await look('08-wrong-item');
    await scan(MUG.barcode);
    await sees(page, 'Right. All from here.');
    await scan('12-C-4');
    await sees(page, 'Right bin.');
    await scan(WHEY.barcode);
    await sees(page, 'Right. 2 to go here.');
  });

  step('go on without network, through a reload, and send everything once when it is back', async () => {
    await sent(orders[0] as OrderView, 7);
    await page.context().setOffline(true);
    await scan(WHEY.barcode);
    await sees(page, 'No network · 1 scan waits');
    await scan(MUG.barcode);
    await sees(page, 'Too many. Put this one back.');
    await look('09-offline');
    await press('Undo last scan');
    await sees(page, 'Taken back.');
    await page.reload();
    await sees(page, 'No network · 1 scan waits');
    await press('Not there');
    await look('10-short');
    await press('Cancel');
    await scan(WHEY.barcode);
    await sees(page, 'All picked');
    await look('11-picked');
    await page.context().setOffline(false);
    await press('Next task');
    const [first] = orders as [OrderView];
    await until('the scans to arrive', async () => (await linesOf(first)).every(({picked}) => picked > 0));
    await page.getByText(/scans? waits?/).waitFor({state: 'hidden'});
    expect(await linesOf(first)).toEqual([
      {sku: WHEY.sku, picked: 3, cancelled: 0},
      {sku: MUG.sku, picked: 1, cancelled: 0},
    ]);
    const scans = await suite.shop.world.api.store.prisma.scans.findMany({where: {order_id: first.order_id}});
    expect(new Set(scans.map(({actor}) => actor))).toEqual(new Set([`staff:${person}`]));
    // two wrong bins, a wrong item, two bins, four units; the one that was taken back never came
    expect([scans.length, scans.filter(({accepted}) => accepted).length]).toEqual([9, 6]);
  });

  step('tell where the server knew better while nobody could hear it', async () => {
    const second = orders[1] as OrderView;
    await press('Start the next pick');
    await sees(page, LAMP.name);
    await scan('7-B-2');
    await sees(page, 'Right bin.');
    await sent(second, 1);
    await page.context().setOffline(true);
    const line = second.lines[0]?.line_id ?? '';
    await suite.shop.floor.cancel(second.order_id, {lines: [{line_id: line, qty: 1}]});
    await scan(LAMP.barcode);
    await sees(page, 'Right. 1 to go here.');
    await scan(LAMP.barcode);
    await sees(page, 'All picked');
    await page.context().setOffline(false);
    await sees(page, 'Please check');
    await sees(page, 'It is not needed any more. Put this one back.');
    await look('12-conflict');
    await press('Read it');
    await until('the lamp to be picked', async () => (await linesOf(second))[0]?.picked === 1);
    expect(await linesOf(second)).toEqual([{sku: LAMP.sku, picked: 1, cancelled: 1}]);
    if (await page.getByRole('button', {name: 'Next task'}).count()) await press('Next task');
    await sees(page, 'Picking');
  });

  step('say why nothing can be started without network, and start it when it is back', async () => {
    const {order: third, east} = await suite.shop.buy([{sku: MUG.sku, qty: 1}]);
    await suite.shop.floor.openTask(east, 'pick');
    await press('↻');
    await sees(page, third.number);
    await page.context().setOffline(true);
    await press('Start the next pick');
    await sees(page, 'No network: nobody would know that you take this one. Go where there is network');
    await look('13-offline-start');
    await page.reload();
    await sees(page, third.number);
    await page.context().setOffline(false);
    await press('Start the next pick');
    await sees(page, 'Scan the bin');
    // what was taken is kept with all its stops: a reload in a dead spot goes on with it
    await page.context().setOffline(true);
    await page.reload();
    await sees(page, MUG.name);
    await scan('3-A-1');
    await scan(MUG.barcode);
    await sees(page, 'All picked');
    await press('Next task');
    // what was just finished is not offered again
    await sees(page, 'No network · 2 scans wait');
    await sees(page, 'Nothing to pick right now.');
    await look('14-two-wait');
    await page.context().setOffline(false);
    await until('the mug to be picked', async () => (await linesOf(third))[0]?.picked === 1);
    expect(await linesOf(third)).toEqual([{sku: MUG.sku, picked: 1, cancelled: 0}]);
  });

  step('break nowhere, hide no button, and leave nobody out', async () => {
    expect(at.broken).toEqual([]);
    expect(at.serious).toEqual([]);
    expect(at.below).toEqual([]);
    expect(await violationsAtRest(suite.shop.world)).toEqual([]);
  });
});
