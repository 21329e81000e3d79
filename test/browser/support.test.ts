import type {OrderView} from '../../simulation/api-types.ts';
import {actWords} from '../../web/words/acts/index.ts';
import {sayIn} from '../../web/words/catalogue.ts';
import {orderWords} from '../../web/words/order/index.ts';
import {stepWords} from '../../web/words/steps/index.ts';
import {supportWords} from '../../web/words/support/index.ts';
import {uiWords} from '../../web/words/ui/index.ts';
import {until} from '../support/until.ts';
import {describeInChromium} from './browser.ts';
import {openConsoleShop} from './console-shop.ts';
import {deskSuite, step} from './desk-suite.ts';
import {breaksNothing, type DeskVisit, SIDES, type Side} from './desk-visit.ts';
import {PATIENCE} from './visit.ts';

const suite = deskSuite(openConsoleShop);

/** Minor units as any language writes them. */
const told = (amount: number) => {
  const [whole, part] = [Math.floor(amount / 100), String(amount % 100).padStart(2, '0')].map(String);
  const arabic = (text = '') => text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
  return new RegExp(`${whole}[.,]${part}|${arabic(whole)}٫${arabic(part)}`);
};

describeInChromium(SIDES)('support on the telephone, $side', (given: Side) => {
  const say = sayIn(supportWords, given.language);
  const act = sayIn(actWords, given.language);
  const order = sayIn(orderWords, given.language);
  const steps = sayIn(stepWords, given.language);
  const ui = sayIn(uiWords, given.language);
  const surname = `Wi${given.side.replaceAll('-', '')}ska`;
  let at: DeskVisit;
  let bought: OrderView;
  beforeAll(async () => {
    bought = await suite.shop.halfDelivered({name: `Katarzyna ${surname}`, email: `kasia.${given.side}@example.com`});
    at = await suite.enter(given, `sam-${given.side}`, ['support']);
  }, PATIENCE);

  const dialog = (from = at) => from.page.getByRole('dialog');
  const path = () => `/desk/support/${bought.order_id}`;
  const rows = () => suite.shop.api.store.prisma;
  const ofOrder = () => ({where: {order_id: bought.order_id}});
  /** chooses an act by the keys alone, as the menu says */
  const choose = async (name: 'refund_shipping' | 'refund_goodwill' | 'hold' | 'quantity', from = at) => {
    await from.page.locator('.support-acts').waitFor();
    await from.page.keyboard.press('a');
    await from.page
      .locator('.support-acts')
      .getByRole('button', {name: act(name), exact: true})
      .click();
    await dialog(from).waitFor();
  };
  const because = (text: string, from = at) => dialog(from).getByLabel(act('reason')).fill(text);
  const deed = (words: string, from = at) => dialog(from).getByRole('button', {name: words, exact: true});

  step('finds an order by a name that is spelt wrongly, by keys alone', async () => {
    await at.go('/desk/support');
    await at.page.getByRole('searchbox').first().waitFor();
    await at.look('support-home');
    await at.page.keyboard.type(`Katarina ${surname.replace('ska', 'skha')}`);
    await at.page.getByText(bought.number).first().waitFor();
    await at.sees(new RegExp(`${say('found_name_similar')}|${say('found_name_sounds')}`));
    await at.look('support-search');
    await at.page.keyboard.press('Enter');
    await at.page.keyboard.press('Enter');
    await at.page.waitForURL(`**${path()}`);
  });

  step('understands what it waits for, and what comes next', async () => {
    const waits = at.page.locator('.support-waits');
    await waits.getByText(order('waiting_pick')).waitFor();
    await at.sees(steps('sub_order_delivered'));
    await at.look('support-order', {whole: true});
  });

  step('gives the shipping back once, knowing what comes of it, however often it is clicked', async () => {
    await choose('refund_shipping');
    expect(await deed(act('refund_deed')).isDisabled()).toBe(true);
    await because('the parcel came late');
    const {body} = await suite.shop.api.as('support').get(`/v1/orders/${bought.order_id}/dossier`).expect(200);
    const {amount} = body.refundable.possible_shipping as {amount: number};
    await dialog().locator('.ui-happens li').getByText(told(amount)).waitFor();
    await at.look('support-refund');
    await deed(act('refund_deed')).dblclick();
    await dialog().waitFor({state: 'hidden'});
    await at.page.locator('.support-steps').getByText(steps('order_refund_requested')).waitFor();
    await at.page.locator('.support-steps').getByText('the parcel came late').first().waitFor();
    const refunds = await rows().refunds.findMany(ofOrder());
    expect(refunds.map(({kind, amount}) => [kind, Number(amount)])).toEqual([['shipping', amount]]);
  });

  step('goes back to an earlier moment, where nothing can be done, and to now', async () => {
    const scrub = at.page.getByRole('slider', {name: say('scrub')});
    await scrub.focus();
    for (let i = 0; i < 6; i += 1) await at.page.keyboard.press(given.language === 'ar' ? 'ArrowRight' : 'ArrowLeft');
    await at.sees(say('past'));
    expect(await at.page.locator('.support-acts').count()).toBe(0);
    await at.look('support-past', {whole: true});
    await at.page
      .getByRole('button', {name: say('now')})
      .first()
      .click();
    await at.page.locator('.support-acts').waitFor();
  });

  step('holds an order until a day, and takes it back', async () => {
    await choose('hold');
    await because('the customer is on holiday');
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await dialog().getByLabel(act('until')).fill(`${day}T09:00`);
    await dialog()
      .getByText(act('undo_hold'))
      .or(dialog().getByText(act('undo_release')))
      .waitFor();
    await at.look('support-hold');
    await deed(act('hold_deed')).click();
    await at.sees(say('on_hold', {reason: 'the customer is on holiday'}));
    await at.page.getByRole('button', {name: ui('undo')}).click();
    await at.page.getByText(say('on_hold', {reason: 'the customer is on holiday'})).waitFor({state: 'hidden'});
    const {held_since} = await rows().orders.findUniqueOrThrow({where: {id: bought.order_id}});
    expect(held_since).toBe(null);
  });

  step('is told who changed what while a form was open, and what would happen now', async () => {
    const other = await suite.enter(given, `rita-${given.side}`, ['support']);
    await other.go(path());
    await choose('quantity', other);
    // what comes of it is told for the order as it is now, and never again before the button is pressed
    const answered = other.page.waitForResponse((answer) => answer.url().endsWith('/preview'));
    await dialog(other)
      .getByLabel(act('how_many', {name: 'Vase, hand-blown'}))
      .fill('1');
    await because('one is enough', other);
    await answered;
    await other.page.route('**/preview', () => undefined);
    await deed(act('quantity_deed'), other).and(other.page.locator(':enabled')).waitFor();
    await choose('hold');
    await because('a question about the address');
    await deed(act('hold_deed')).click();
    await at.sees(say('on_hold', {reason: 'a question about the address'}));
    await at.look('support-held');
    await deed(act('quantity_deed'), other).click();
    await other.sees(act('changed'));
    await other.sees(new RegExp(`sam-${given.side}`));
    await other.look('support-changed');
    await other.page.unroute('**/preview');
    breaksNothing(other);
    await other.page.context().close();
    const [vase] = await rows().order_lines.findMany({where: {...ofOrder().where, name: 'Vase, hand-blown'}});
    expect(vase?.cancelled).toBe(0);
  });

  step('sends a form again when the answer was lost, and it is one act', async () => {
    await choose('refund_goodwill');
    await dialog().getByRole('spinbutton').fill('5');
    await because('sorry');
    const keys: (string | undefined)[] = [];
    await at.page.route('**/refunds', async (sent) => {
      keys.push(sent.request().headers()['idempotency-key']);
      const answer = await sent.fetch();
      await (keys.length === 1 ? sent.abort('internetdisconnected') : sent.fulfill({response: answer}));
    });
    await deed(act('refund_deed')).click();
    await dialog().getByRole('alert').waitFor();
    await at.look('support-lost-answer');
    await deed(act('refund_deed')).and(at.page.locator(':enabled')).click();
    await dialog().waitFor({state: 'hidden'});
    await at.page.unroute('**/refunds');
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    const {where} = ofOrder();
    expect(await rows().refunds.count({where: {...where, kind: 'goodwill'}})).toBe(1);
    await until('the money to be given back', async () => {
      const {refunded} = (await suite.shop.floor.order(bought.order_id)).payment;
      return refunded.amount > 500;
    });
    await at.page.locator('.support-steps').getByText(steps('order_refunded_part')).first().waitFor();
    await at.look('support-after', {whole: true});
  });

  step('meets nothing broken, nothing too wide and nothing that cannot be read or heard', async () => {
    breaksNothing(at);
  });
});
