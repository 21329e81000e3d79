import type {Browser} from 'playwright-core';
import {DEFAULT_POLICY} from '../../domain/policy/policy.ts';
import {type Floor, openFloor} from '../support/floor.ts';
import {BOSTON, offer, openShop} from '../support/shop.ts';
import {until} from '../support/until.ts';
import {startWorld, type World} from '../support/world.ts';
import {describeInChromium, hasChromium, launch} from './browser.ts';
import {type DeskVisit, deskVisit, SIDES, type Side} from './desk-visit.ts';
import {PATIENCE} from './visit.ts';

/** Three hundred characters from the right, with what takes two of them. */
const LONG_NAME = `${'عبدالرحمن محمد '.repeat(19)}${'ا'.repeat(9)}🧡👩‍👩‍👧`;

let world: World;
let floor: Floor;
let browser: Browser;
const ids: Record<string, string> = {};

beforeAll(async () => {
  if (!hasChromium) return;
  const fraud = {...DEFAULT_POLICY.fraud, velocity_per_hour: 10_000, review_window: 7_200_000};
  world = await startWorld({policy: {fraud}});
  floor = openFloor(world);
  await openShop(world.api);
  const sku = await offer(world.api, {price: 2_400, at: {EAST: 400}});
  const dear = await offer(world.api, {price: 400_000, at: {EAST: 10}});
  const person = (name: string, email: string) => ({person: {name, email}, ship_to: {...BOSTON, name}});
  const garcia = await floor.buy({lines: [{sku, qty: 2}], ...person('José García', 'jose@example.org')});
  await floor.deliver(garcia.order_id, floor.partFrom(garcia, 'EAST'));
  await floor.ends(garcia.order_id, 'delivered');
  ids['garcia'] = garcia.order_id;
  ids['meyer'] = (await floor.buy({lines: [{sku, qty: 3}], ...person('Katharina Meyer', 'k@example.org')})).order_id;
  ids['long'] = (await floor.buy({lines: [{sku, qty: 1}], ...person(LONG_NAME, 'a@example.org')})).order_id;
  const many = Array.from({length: 200}, () => ({sku, qty: 1}));
  ids['many'] = (await floor.buy({lines: many, ...person('Mona Many', 'm@example.org')})).order_id;
  for (const name of ['Nova Sample', 'Otto Example']) {
    const {body} = await floor.place({lines: [{sku: dear, qty: 1}], ...person(name, 'n@example.org')});
    ids[name] = (body as {order_id: string}).order_id;
  }
  browser = await launch();
}, PATIENCE);
afterAll(async () => {
  await browser?.close();
  await world?.close();
}, PATIENCE);

async function enter(given: Side, role: 'support' | 'ops' = 'support'): Promise<DeskVisit> {
  const at = await deskVisit(browser, `http://127.0.0.1:${world.api.port}`, given);
  await at.page.setExtraHTTPHeaders({Authorization: `Bearer ${world.api.keys[role]}`});
  return at;
}

const clean = ({broken, serious, wide}: DeskVisit) => expect([broken, serious, wide]).toEqual([[], [], []]);

describeInChromium(SIDES)('the support console, $side', (given) => {
  it(
    'can be read in every colour, size and direction',
    async () => {
      const at = await enter(given);
      await at.go('/desk/support');
      await at.page.locator('[data-row]').first().waitFor();
      await at.look('support-home');
      await at.go('/desk/support?q=gracia');
      await at.sees('José García');
      await at.look('support-found');
      await at.go('/desk/support?q=qqqqqq');
      await at.page.locator('.ui-empty').waitFor();
      await at.look('support-nothing');
      for (const name of ['garcia', 'long', 'many']) {
        await at.go(`/desk/support/${ids[name]}`);
        await at.page.locator('.support-steps li').first().waitFor();
        await at.look(`support-${name}`, {whole: name !== 'many'});
      }
      await at.page.keyboard.press('[');
      await at.page.locator('.support-past').waitFor();
      await at.look('support-past');
      await at.go('/desk/support/ord_nowhere');
      await at.page.locator('.ui-failure').waitFor();
      await at.look('support-refused');
      await at.go('/desk/reviews');
      await at.page.locator('.reviews-queue [data-row]').first().waitFor();
      await at.look('reviews');
      await at.go('/desk/reviews?of=returns');
      await at.page.locator('.ui-empty').waitFor();
      await at.look('reviews-none');
      clean(at);
    },
    PATIENCE,
  );
});

const [DESKTOP] = SIDES;

describeInChromium([DESKTOP])('somebody of support, $side', (given) => {
  it(
    'finds an order by a misspelt name, understands why it waits, holds it and takes that back',
    async () => {
      const at = await enter(given);
      await at.go('/desk/support');
      await at.page.locator('[data-row]').first().waitFor();
      await at.page.keyboard.press('/');
      await at.page.keyboard.type('Katarina Maier');
      await at.sees('name that sounds alike');
      await at.page.keyboard.press('Enter');
      await at.page.keyboard.press('Enter');
      await at.sees('Waits for picking');
      await at.page.keyboard.press('a');
      await at.press('Hold');
      await at.page.getByLabel(/Reason/).fill('the caller is moving house');
      await at.sees('It then waits for: operations');
      await at.look('support-hold');
      await at.page.getByRole('dialog').getByRole('button', {name: 'Hold'}).click();
      await at.sees('Held back: the caller is moving house');
      await at.look('support-held');
      await at.press('Undo');
      await at.sees('Waits for picking');
      clean(at);
    },
    PATIENCE,
  );

  it(
    'refunds shipping once, however often the button is pressed',
    async () => {
      const at = await enter(given);
      await at.go(`/desk/support/${ids['garcia']}`);
      await at.page.locator('.support-acts summary').click();
      await at.press('Refund shipping');
      await at.page.getByLabel(/Reason/).fill('it came late');
      await at.sees(/4\.99 go back to the customer/);
      await at.look('support-refund');
      await at.page.getByRole('dialog').getByRole('button', {name: 'Refund'}).dblclick();
      await at.sees('shipping · succeeded');
      await at.look('support-refunded');
      const given_back = await world.api.store.prisma.refunds.findMany({where: {order_id: ids['garcia'] ?? ''}});
      expect(given_back.map(({kind, state}) => [kind, state])).toEqual([['shipping', 'succeeded']]);
      clean(at);
    },
    PATIENCE,
  );

  it(
    'is told what somebody else changed meanwhile, and loses nothing',
    async () => {
      const [one, two] = [await enter(given), await enter(given)];
      for (const at of [one, two]) {
        await at.go(`/desk/support/${ids['long']}`);
        await at.page.locator('.support-acts summary').click();
        await at.press('Hold');
        await at.page.getByLabel(/Reason/).fill(at === one ? 'first' : 'second');
        await at.sees('It then waits for: operations');
      }
      const confirm = (at: DeskVisit) => at.page.getByRole('dialog').getByRole('button', {name: 'Hold'}).click();
      await Promise.all([confirm(one), confirm(two)]);
      const told = await until('one of them to be told', async () => {
        for (const at of [one, two]) if (await at.page.locator('.ui-changed').isVisible()) return at;
        return undefined;
      });
      await told.look('support-changed');
      const changes = await world.api.store.prisma.order_changes.findMany({where: {order_id: ids['long'] ?? ''}});
      expect(changes).toHaveLength(1);
      clean(one);
      clean(two);
    },
    PATIENCE,
  );
});

describeInChromium([DESKTOP])('a reviewer, $side', (given) => {
  it(
    'approves one and rejects the next without a mouse',
    async () => {
      const at = await enter(given);
      await at.go('/desk/reviews');
      await at.page.locator('.reviews-queue [data-row]').first().waitFor();
      await at.page.keyboard.press('j');
      await at.page.keyboard.press('a');
      await at.page.getByLabel(/Note/).fill('called the customer');
      await at.page.locator('.ui-happens li').first().waitFor();
      await at.look('reviews-approve');
      await at.page.getByRole('dialog').getByRole('button', {name: 'Approve'}).click();
      await at.sees(/Done: Approve/);
      await at.page.keyboard.press('r');
      await at.page.getByLabel(/Note/).fill('nobody lives there');
      await at.sees('The order becomes: Cancelled');
      await at.look('reviews-reject');
      await at.page.getByRole('dialog').getByRole('button', {name: 'Reject'}).click();
      await at.sees('Nothing to review');
      const reviews = await world.api.store.prisma.reviews.findMany({orderBy: {state: 'asc'}});
      expect(reviews.map(({state, note}) => [state, note])).toEqual([
        ['approved', 'called the customer'],
        ['rejected', 'nobody lives there'],
      ]);
      clean(at);
    },
    PATIENCE,
  );
});
