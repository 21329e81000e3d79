import type {Browser} from 'playwright-core';
import type {OrderView} from '../../simulation/api-types.ts';
import {violationsAtRest} from '../support/books.ts';
import {codesIn} from '../support/read-barcodes.ts';
import {until} from '../support/until.ts';
import {seriousFaults} from './axe.ts';
import {describeInChromium, hasChromium, launch, type Page, picture, scanCode, sees} from './browser.ts';
import {DEVICE_KEY, GOODS, openShopFloor, type ShopFloor} from './shop-floor.ts';

const [WHEY, MUG, LAMP] = GOODS;
const SIZES = [
  {size: 'phone', viewport: {width: 390, height: 844}, person: '1001'},
  {size: 'desktop', viewport: {width: 1_280, height: 800}, person: '1002'},
];
/** Much of it waits for a browser on a busy machine. */
const PATIENCE = 240_000;

let shop: ShopFloor;
let browser: Browser;
beforeAll(async () => {
  if (!hasChromium) return;
  shop = await openShopFloor();
  browser = await launch();
}, PATIENCE);
afterAll(async () => {
  await browser?.close();
  await shop?.world.close();
}, PATIENCE);

const step = (name: string, work: () => Promise<void>) => it(name, work, PATIENCE);

describeInChromium(SIZES)('the pages of the floor, $size', ({size, viewport, person}) => {
  let page: Page;
  const orders: OrderView[] = [];
  const broken: string[] = [];
  const serious: string[] = [];

  /** Keeps a picture to look at, and what axe has to say. */
  const look = async (name: string) => {
    await picture(page, `${size}-${name}`);
    serious.push(...(await seriousFaults(page)).map((fault) => `${name}: ${fault}`));
  };
  const scan = (code: string) => scanCode(page, code);
  const press = (words: string | RegExp) => page.getByRole('button', {name: words}).click();
  const linesOf = async (order: OrderView) =>
    (await shop.floor.order(order.order_id)).lines.map(({sku, picked, cancelled}) => ({sku, picked, cancelled}));

  beforeAll(async () => {
    await shop.hire(person, 'Ann', ['picker', 'packer', 'receiver']);
    for (const lines of [
      [
        {sku: WHEY.sku, qty: 3},
        {sku: MUG.sku, qty: 1},
      ],
      [{sku: LAMP.sku, qty: 2}],
    ]) {
      const order = await shop.floor.buy({lines});
      orders.push(order);
      await shop.floor.openTask(shop.floor.partFrom(order, 'EAST'), 'pick');
    }
    page = await (await browser.newContext({viewport, locale: 'en-US'})).newPage();
    page.setDefaultTimeout(25_000);
    page.on('pageerror', (error) => broken.push(String(error)));
    page.on('console', (line) => {
      // what the browser says of answers that are refusals or not there yet, and of the network that is cut on purpose
      if (line.type() === 'error' && !/40[1349]|ERR_INTERNET_DISCONNECTED/.test(line.text())) broken.push(line.text());
    });
  }, PATIENCE);

  step('let a person in on a device that was made known', async () => {
    await page.goto(`${shop.url}/floor`);
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
    const scans = await shop.world.api.store.prisma.scans.findMany({where: {order_id: first.order_id}});
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
    await page.context().setOffline(true);
    const line = second.lines[0]?.line_id ?? '';
    await shop.floor.cancel(second.order_id, {lines: [{line_id: line, qty: 1}]});
    await scan(LAMP.barcode);
    await sees(page, 'Right. 1 to go here.');
    await scan(LAMP.barcode);
    await sees(page, 'All picked');
    await page.context().setOffline(false);
    await sees(page, 'Please check');
    await look('12-conflict');
    await press('Read it');
    await until('the lamp to be picked', async () => (await linesOf(second))[0]?.picked === 1);
    expect(await linesOf(second)).toEqual([{sku: LAMP.sku, picked: 1, cancelled: 1}]);
  });

  step('lead through packing: a wrong weight goes no further, a label is printed, and again is counted', async () => {
    const [first] = orders as [OrderView];
    const task = await shop.floor.openTask(shop.floor.partFrom(first, 'EAST'), 'pack');
    const [parcel] = task.parcels;
    await page.goto(`${shop.url}/floor/pack`);
    await sees(page, first.number);
    await look('13-packing');
    await scan(task.sub_order_id);
    await sees(page, 'Take box');
    await look('14-parcel');
    await scan('9999 g');
    await sees(page, 'It weighs 9999 g and should weigh about');
    await look('15-wrong-weight');
    await scan(`${((parcel?.expected_g ?? 0) / 1_000).toFixed(3)} kg`);
    await sees(page, 'Stick the label on this parcel');
    await look('16-label');
    await press('Print the label');
    const {prisma} = shop.world.api.store;
    const row = () => prisma.parcels.findUniqueOrThrow({where: {id: parcel?.parcel_id ?? ''}});
    await until('the label to be printed', async () => (await row()).printed_at !== null);
    const png = await page.evaluate(async (path) => {
      const answer = await fetch(path);
      return Array.from(new Uint8Array(await answer.arrayBuffer()));
    }, `/v1/parcels/${parcel?.parcel_id}/label/png`);
    const {tracking_number, reprints} = await row();
    expect(await codesIn(Buffer.from(png))).toEqual([['Code128', tracking_number]]);
    expect(reprints).toBe(1);
    await press('Next task');
    await sees(page, 'Packing');
  });

  step('take goods in, by barcode and bin', async () => {
    await page.goto(`${shop.url}/floor/stock`);
    await press('Receive goods');
    for (const code of [`NOTE-${person}`, MUG.barcode]) await scan(code);
    await sees(page, 'How many?');
    await look('17-how-many');
    for (const digit of '12') await press(digit);
    await press('OK');
    await sees(page, 'Scan the bin it goes to');
    await scan('3-A-1');
    await sees(page, 'Booked.');
    await look('18-stock');
    const reference = `NOTE-${person}/3-A-1`;
    const booked = await shop.world.api.store.prisma.stock_moves.findFirst({where: {reference}});
    expect(booked).toMatchObject({sku: MUG.sku, d_on_hand: 12, actor: `staff:${person}`});
  });

  step('break nowhere, and hide nothing from those who see or hear less', async () => {
    expect(broken).toEqual([]);
    expect(serious).toEqual([]);
    expect(await violationsAtRest(shop.world)).toEqual([]);
  });
});
