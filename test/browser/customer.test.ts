import type {OrderView} from '../../simulation/api-types.ts';
import {offer} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {describeInChromium} from './browser.ts';
import {deskSuite, openOffice} from './desk-suite.ts';
import {breaksNothing, type DeskVisit, type Side} from './desk-visit.ts';
import {PATIENCE} from './visit.ts';

const PHONE = {width: 390, height: 844};
const DESKTOP = {width: 1_440, height: 900};
const SIDES: readonly [Side, ...Side[]] = [
  {side: 'phone-light', viewport: PHONE, theme: 'light', language: 'en'},
  {side: 'desktop-light', viewport: DESKTOP, theme: 'light', language: 'en'},
];
const OTHERS: readonly Side[] = [
  {side: 'phone-dark', viewport: PHONE, theme: 'dark', language: 'de'},
  {side: 'desktop-dark', viewport: DESKTOP, theme: 'dark', language: 'en'},
  {side: 'phone-arabic', viewport: PHONE, theme: 'light', language: 'ar'},
  {side: 'desktop-french', viewport: DESKTOP, theme: 'light', language: 'fr'},
];
/** 300 characters from right to left, with signs of several code units. */
const LONG_NAME = 'كوب خزفي أزرق اللون 🫖👩‍👩‍👧 '.repeat(12).slice(0, 296);

const suite = deskSuite(openOffice);

/** An order that was taken, however slow the machine is. */
async function buy(lines: {sku: string; qty: number}[]): Promise<{order: OrderView; path: string}> {
  const {order_id} = (await suite.shop.floor.place({lines})).body as {order_id: string};
  const placed = async () => {
    const found = await suite.shop.floor.order(order_id);
    return found.sub_orders.length > 0 ? found : undefined;
  };
  const status = async () => (await suite.shop.floor.order(order_id)).status;
  const order = await until(`order ${order_id} to have its parts`, placed, status, PATIENCE / 2);
  return {order, path: new URL(order.tracking_url).pathname};
}

const goods = (name: string, at: object, more: object = {}) =>
  offer(suite.shop.api, {price: 2_400, at, backorderable: true, more: {name, ...more}});

describeInChromium(SIDES)('a customer, $side', (given) => {
  let at: DeskVisit;
  let bought: Awaited<ReturnType<typeof buy>>;
  beforeAll(async () => {
    const lamp = await goods('Desk lamp, oak', {EAST: 5});
    const mug = await goods('Stoneware mug, blue', {WEST: 5});
    const vase = await goods('Vase, hand-blown', {LAKE: 1});
    bought = await buy([
      {sku: lamp, qty: 1},
      {sku: mug, qty: 2},
      {sku: vase, qty: 2},
    ]);
    at = await suite.visit(given);
    await at.go(bought.path);
  }, PATIENCE);

  const part = async (warehouse: string) =>
    suite.shop.floor.partFrom(await suite.shop.floor.order(bought.order.order_id), warehouse);
  const dialog = () => at.page.getByRole('dialog');

  it(
    'sees the whole order, and cancels a piece of it once, however often it is clicked',
    async () => {
      await at.sees('We are preparing your order');
      await at.sees('Shipment 1 of');
      await at.look('placed', {whole: true});
      await at.press('Cancel items');
      await dialog().getByRole('button', {name: 'More of Stoneware mug, blue'}).click();
      await dialog().getByText('less will be charged').waitFor();
      await at.look('cancel');
      await dialog().getByRole('button', {name: 'Cancel items'}).dblclick();
      await at.sees('1 piece is cancelled.');
      await dialog().getByRole('button', {name: 'Close'}).click();
      const line = (await suite.shop.floor.order(bought.order.order_id)).lines.find(
        ({qty, cancelled}) => qty === 2 && cancelled > 0,
      );
      expect(line?.cancelled).toBe(1);
    },
    PATIENCE,
  );

  it(
    'stops waiting for what has no stock',
    async () => {
      await at.press('Go on waiting');
      await at.sees('You can still change your mind');
      await at.press('Stop waiting');
      await at.look('stop-waiting');
      await dialog().getByRole('button', {name: 'Stop waiting'}).click();
      await dialog().waitFor({state: 'hidden'});
      await at.page.getByText('waits for stock').first().waitFor({state: 'hidden'});
    },
    PATIENCE,
  );

  it(
    'changes the address with the e-mail address they ordered with, and not with another',
    async () => {
      await at.press('Change the address');
      const fill = (label: string | RegExp, text: string) => dialog().getByLabel(label).fill(text);
      await fill('Name', 'Ann Example');
      await fill('Street and number', '77 Another Street');
      await fill('State or region', 'NY');
      await fill('Postal code', '10011');
      await fill(/E-mail address/, 'somebody@else.example');
      await dialog().getByRole('button', {name: 'Change the address'}).click();
      await at.sees('That is not the e-mail address you ordered with.');
      await at.look('address', {whole: true});
      await fill(/E-mail address/, await emailOf(bought.order.order_id));
      await dialog().getByRole('button', {name: 'Change the address'}).click();
      await at.sees('Your order goes to the new address.');
      await dialog().getByRole('button', {name: 'Close'}).click();
    },
    PATIENCE,
  );

  it(
    'follows the parcels to the door without loading anew',
    async () => {
      const {order_id} = bought.order;
      for (const warehouse of ['EAST', 'WEST', 'LAKE']) {
        await suite.shop.floor.pick(await part(warehouse));
        await suite.shop.floor.pack(order_id, await part(warehouse));
        await suite.shop.floor.dispatch(order_id, await part(warehouse));
      }
      const {parcels} = await part('WEST');
      for (const parcel of parcels) {
        const events = [{status: 'in_transit', location: {city: 'Chicago', state: 'IL', country: 'US'}}];
        await suite.shop.floor.control(suite.shop.world.carrierUrl, 'trackers', {
          tracking_code: parcel.tracking_number,
          events,
        });
      }
      await at.sees(/was last seen in Chicago/);
      await at.page.getByText('What happened to it').first().click();
      await at.look('on-the-way', {whole: true});
      if (given === SIDES[0]) for (const side of OTHERS) await lookAs(side);
      for (const warehouse of ['EAST', 'WEST', 'LAKE']) {
        const {sub_order_id, parcels: all} = await part(warehouse);
        for (const status of ['in_transit', 'out_for_delivery', 'delivered'] as const) {
          for (const parcel of all) await suite.shop.floor.say(parcel, status);
          await suite.shop.floor.reaches(order_id, sub_order_id, status.toUpperCase());
          if (status === 'out_for_delivery' && warehouse === 'EAST') await at.sees('It is in the van.');
        }
        if (warehouse !== 'EAST') continue;
        await at.sees('Part of your order has arrived');
        await at.look('part-arrived', {whole: true});
      }
      await at.sees('Everything has arrived. Thank you for your order.');
      await at.page
        .getByRole('link', {name: /^Receipt RC-/})
        .first()
        .waitFor();
      await at.look('delivered', {whole: true});
    },
    PATIENCE,
  );

  /** The same moment in other colours, sizes and languages. */
  async function lookAs(side: Side): Promise<void> {
    const other = await suite.visit(side);
    await other.go(bought.path);
    await other.page.getByRole('heading', {level: 1}).waitFor();
    await other.look('on-the-way', {whole: true});
    breaksNothing(other);
    await other.page.close();
  }

  it(
    'sends something back, with a label to print',
    async () => {
      await at.press('Send something back');
      await dialog().getByRole('button', {name: 'More of Desk lamp, oak'}).click();
      await dialog().getByLabel('Why?').selectOption('wrong_size');
      await at.look('return');
      await dialog().getByRole('button', {name: 'Next'}).click();
      await dialog().getByText('You get back').waitFor();
      await at.look('return-preview');
      await dialog().getByRole('button', {name: 'Get the label'}).dblclick();
      const link = at.page.getByRole('link', {name: 'Print the label (PDF)'});
      await link.waitFor();
      expect(await at.page.getByRole('link', {name: 'Print the label (PDF)'}).count()).toBe(1);
      const answer = await at.page.request.get(suite.url + (await link.getAttribute('href')));
      expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf']);
      await at.look('label', {whole: true});
    },
    PATIENCE,
  );

  it('met nothing broken, nothing too wide and nothing that cannot be read or heard', () => {
    breaksNothing(at);
  });
});

async function emailOf(orderId: string): Promise<string> {
  const {store} = suite.shop.api;
  const {readProfile} = await import('../../store/personal-data.ts');
  const {customer_id} = await store.prisma.orders.findUniqueOrThrow({where: {id: orderId}});
  return (await readProfile(store, store.prisma as never, customer_id))?.email ?? '';
}

describeInChromium([SIDES[0], OTHERS[3] as Side])('odd orders and links, $side', (given) => {
  let at: DeskVisit;
  beforeAll(async () => {
    at = await suite.visit(given);
  }, PATIENCE);
  afterEach(() => breaksNothing(at));

  it(
    'a guessed or ended link is told from nothing',
    async () => {
      const answer = await at.go('/track/guessed-guessed-guessed-1');
      expect(answer?.status()).toBe(404);
      await at.page.getByRole('heading', {level: 1}).waitFor();
      await at.look('lost', {whole: true});
    },
    PATIENCE,
  );

  it(
    'a product of 300 characters from right to left, with emoji, among 200 lines',
    async () => {
      // together no order that a person would have to look at first
      const cheap = {price: {amount: 5, currency: 'USD'}};
      const odd = await goods(LONG_NAME, {EAST: 3}, cheap);
      const thing = (_: unknown, i: number) => goods(`Thing of many ${i + 1}`, {EAST: 400}, cheap);
      const skus = await Promise.all(Array.from({length: 19}, thing));
      const many = Array.from({length: 199}, (_, i) => ({sku: skus[i % 19] ?? '', qty: 1 + Math.floor(i / 19)}));
      const {path} = await buy([{sku: odd, qty: 1}, ...many]);
      await at.go(path);
      await at.page.getByText(LONG_NAME.slice(0, 40)).first().waitFor();
      await at.look('many-lines');
      expect(await at.page.locator('.items li').count()).toBe(200);
    },
    PATIENCE,
  );

  it(
    'reads without scripts',
    async () => {
      const sku = await goods('Tea set', {EAST: 2});
      const {path} = await buy([{sku, qty: 1}]);
      const context = await suite.browser.newContext({javaScriptEnabled: false, viewport: given.viewport});
      const page = await context.newPage();
      await page.goto(suite.url + path);
      for (const words of ['Tea set', 'Change something'] as const)
        expect(await page.textContent('main')).toContain(words);
      await context.close();
    },
    PATIENCE,
  );
});
