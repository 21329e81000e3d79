import type {OrderView} from '../../simulation/api-types.ts';
import {LINKS} from '../../domain/policy/policy.ts';
import {until} from '../support/until.ts';
import {describeInChromium, hasChromium} from './browser.ts';
import {openConsoleShop} from './console-shop.ts';
import {deskSuite, step} from './desk-suite.ts';
import {breaksNothing, type DeskVisit, SIDES, type Side} from './desk-visit.ts';
import {PATIENCE} from './visit.ts';

/** 300 characters from right to left, with signs of several code units. */
const LONG_NAME = 'السيدة مريم بنت عبد الرحمن الأنصاري 👩‍👩‍👧🫖 '.repeat(12).slice(0, 299).trim();
const LINES = 200;
const DAY = 86_400_000;

const suite = deskSuite(openConsoleShop);
let odd: OrderView;
beforeAll(async () => {
  if (!hasChromium) return;
  const {goods, buy} = suite.shop;
  // together no order that a person would have to look at first
  const thing = (_: unknown, i: number) => goods(`Thing of many ${i + 1}`, 5, {EAST: 400});
  const skus = await Promise.all(Array.from({length: 20}, thing));
  const lines = Array.from({length: LINES}, (_, i) => ({sku: skus[i % 20] ?? '', qty: 1}));
  odd = await buy({lines, person: {name: LONG_NAME}});
}, PATIENCE);

describeInChromium(SIDES)('a name of 300 signs from right to left and 200 lines, $side', (given: Side) => {
  let at: DeskVisit;
  beforeAll(async () => {
    at = await suite.enter(given, `odd-${given.side}`, ['support']);
  }, PATIENCE);
  afterEach(() => breaksNothing(at));

  step('is found, and is one order on one screen', async () => {
    await at.go(`/desk/support?q=${encodeURIComponent('مريم الأنصاري')}`);
    await at.page.getByText(odd.number).first().waitFor();
    await at.look('odd-search');
    await at.follow(odd.number);
    await at.page.locator('.support-columns').waitFor();
    await at.look('odd-order', {whole: true});
    await at.page.getByRole('button', {name: /200/}).click();
    expect(await at.page.getByText('Thing of many').count()).toBeGreaterThanOrEqual(LINES);
  });

  step('is read by its customer', async () => {
    await at.go(new URL(odd.tracking_url).pathname);
    await at.page.getByText('Thing of many 1').first().waitFor();
    await at.look('odd-customer');
  });

  step('is told in a mail that fits', async () => {
    const mail = await until('the mail', async () =>
      suite.shop.world.mails.find(({order_id}) => order_id === odd.order_id),
    );
    await at.page.goto('about:blank');
    await at.page.setContent(mail.html ?? '');
    expect(await at.page.getByText('Thing of many 1').count()).toBeGreaterThan(0);
    await at.look('odd-mail');
  });
});

describeInChromium([SIDES[2] as Side, SIDES[3] as Side])('a link that has ended, $side', (given: Side) => {
  step('is told as one that never was', async () => {
    const over = await suite.shop.buy({lines: [{sku: suite.shop.skus.mug, qty: 1}]});
    await suite.shop.floor.cancel(over.order_id).expect(200);
    await suite.shop.floor.ends(over.order_id, 'cancelled');
    await suite.shop.world.advance(LINKS.open_for + DAY);
    const at = await suite.visit(given);
    const [ended, guessed] = [new URL(over.tracking_url).pathname, '/track/guessed-guessed-guessed-1'];
    const texts: string[] = [];
    for (const path of [ended, guessed]) {
      const answer = await at.go(path);
      expect(answer?.status()).toBe(404);
      await at.page.getByRole('heading', {level: 1}).waitFor();
      texts.push((await at.page.locator('main').textContent()) ?? '');
    }
    expect(texts[0]).toBe(texts[1]);
    await at.look('link-ended');
    breaksNothing(at);
  });
});
