import {sayIn} from '../../web/words/catalogue.ts';
import {deskWords} from '../../web/words/desk/index.ts';
import {opsWords} from '../../web/words/ops/index.ts';
import {uiWords} from '../../web/words/ui/index.ts';
import {orderOf} from '../support/shop.ts';
import {freshKey} from '../support/api.ts';
import {until} from '../support/until.ts';
import {describeInChromium} from './browser.ts';
import {deskSuite, step} from './desk-suite.ts';
import {breaksNothing, type DeskVisit, SIDES} from './desk-visit.ts';
import {openOpsShop} from './ops-shop.ts';
import {PATIENCE} from './visit.ts';

const suite = deskSuite(openOpsShop);

describeInChromium([SIDES[0]])('a carrier that goes down, $side', (given) => {
  const say = sayIn(opsWords, given.language);
  let at: DeskVisit;
  let carrier: string;
  /** of the carrier, on the page of all of them */
  const card = () => at.page.getByRole('region', {name: carrier});
  const seesThere = (words: string) => card().getByText(words).first().waitFor();

  beforeAll(async () => {
    at = await suite.enter(given, 'ops-carriers', ['ops']);
    await at.go('/desk/ops/carriers');
    carrier = (await suite.shop.pack()).carrier;
  }, PATIENCE);

  step('is seen by whoever looks, without asking again', async () => {
    await seesThere(say('state_closed'));
    await suite.shop.breakCarrier(carrier);
    const other = await until(`${carrier} to be routed around`, async () => {
      const sold = (await suite.shop.pack()).carrier;
      return sold === carrier ? null : sold;
    });
    await suite.shop.pack();
    await seesThere(say('state_open'));
    await card()
      .getByText(new RegExp(`\\d+ to ${other}`))
      .waitFor();
    await at.look('ops-carrier-down', {whole: true});
  });

  step('is told on the wall', async () => {
    await at.go('/desk/ops/wall');
    await at.sees(say('wall_down', {carrier}));
    await at.look('ops-wall-down');
  });

  step('comes back with the parcel that tries it out', async () => {
    await at.go('/desk/ops/carriers');
    await seesThere(say('state_open'));
    await suite.shop.mendCarriers();
    await suite.shop.untilProbe(carrier);
    await until(`${carrier} to sell again`, async () => (await suite.shop.pack()).carrier === carrier);
    await seesThere(say('state_closed'));
    await seesThere(say('turn_closed'));
    await at.look('ops-carrier-back', {whole: true});
  });

  step('breaks nowhere', async () => {
    breaksNothing(at);
  });
});

describeInChromium(SIDES)('the operations room, $side', (given) => {
  const say = sayIn(opsWords, given.language);
  const frame = sayIn(deskWords, given.language);
  const ui = sayIn(uiWords, given.language);
  let at: DeskVisit;
  beforeAll(async () => {
    at = await suite.enter(given, `ops-${given.side}`, ['ops']);
  }, PATIENCE);

  step('shows where the work stands, and what is in its way', async () => {
    await at.go('/desk/ops');
    await at.sees(say('flow_how'));
    await at.sees(say('kind_step'));
    await at.look('ops-today', {whole: true});
  });

  step('leads from a pile to the orders in it', async () => {
    await at.follow(new RegExp(say('place_ALLOCATED')));
    await at.sees(say('here_long'));
    await at.look('ops-stage');
    const [, number = ''] =
      /(ORD-\S+)/.exec((await at.page.getByRole('link', {name: /ORD-/}).first().textContent()) ?? '') ?? [];
    await at.follow(number);
    await at.page.getByRole('heading', {name: number}).waitFor();
  });

  step('names the promises in danger and what waits for a person, with what to do', async () => {
    await at.go('/desk/ops/risk');
    await at.sees(say('why_window_over'));
    await at.look('ops-risk', {whole: true});
    await at.go('/desk/ops/exceptions');
    await at.sees(say('do_step'));
    await at.press(say('take'));
    await at.sees(say('owner_me'));
    await at.look('ops-exceptions', {whole: true});
    await at.press(say('act_retry'));
    await at.page.getByRole('dialog').waitFor();
    await at.look('ops-retry');
    await at.page.keyboard.press('Escape');
    await at.press(say('give_back'));
    await at.page.getByText(say('owner_me')).waitFor({state: 'detached'});
  });

  step('has figures, and the orders behind each', async () => {
    await at.go('/desk/ops/figures?days=7');
    await at.sees(say('about_click_to_ship'));
    await at.look('ops-figures', {whole: true});
    await at.follow(say('kpi_click_to_ship'));
    await at.page.getByRole('row').getByText(/ORD-/).first().waitFor();
    await at.look('ops-figure', {whole: true});
  });

  step('switches something off with a reason, and takes it back', async () => {
    await at.go('/desk/ops/switches');
    await at.press(say('name_off', {name: say('switch_intake')}));
    const dialog = at.page.getByRole('dialog');
    const deed = dialog.getByRole('button', {name: say('switch_off')});
    expect(await deed.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByLabel(say('reason_field')).fill('the tax service is down');
    await at.look('ops-switch-off');
    await deed.click();
    await at.sees(frame('off_now'));
    await at.sees('the tax service is down');
    await at.look('ops-switched-off', {whole: true});
    expect((await order()).status).toBe(503);
    await at.page
      .locator('.ui-toast')
      .getByRole('button', {name: ui('undo')})
      .click();
    await at.page.getByText(frame('off_now')).waitFor({state: 'detached'});
    await at.sees(say('undone'));
    expect((await order()).status).not.toBe(503);
  });

  step('tells on every page what is off, and what brought it on again', async () => {
    const flip = {kind: 'messages', subject: 'all', active: false, reason: 'wrong words in a mail'};
    await suite.shop.api.as('ops').post('/v1/ops/switches', flip).expect(200);
    await at.go('/desk/reviews');
    await at.page.getByRole('heading', {level: 1}).waitFor();
    await at.sees(frame('off_messages'));
    await at.look('ops-banner');
    await at.follow(frame('off_where'));
    await at.press(say('name_on', {name: say('switch_messages')}));
    const dialog = at.page.getByRole('dialog');
    await dialog.getByLabel(say('reason_field')).fill('the words are mended');
    await dialog.getByRole('button', {name: say('switch_on')}).click();
    await at.page.getByText(frame('off_now')).waitFor({state: 'detached'});
  });

  step('is read from a wall', async () => {
    await at.go('/desk/ops/wall');
    await at.sees(say('wall_well'));
    await at.look('ops-wall');
    await at.page.getByRole('link', {name: say('wall_leave')}).focus();
    await at.page.keyboard.press('Enter');
    await at.sees(say('flow_how'));
  });

  step('breaks nowhere, and hides nothing from those who see or hear less', async () => {
    breaksNothing(at);
  });
});

/** A shopper tries to order, whatever becomes of it. */
const order = () =>
  suite.shop.api.as('checkout').post('/v1/orders', orderOf({lines: [{sku: suite.shop.sku, qty: 1}]}), freshKey());

describeInChromium([SIDES[0]])('who may only look, $side', (given) => {
  const say = sayIn(opsWords, given.language);

  step('finds no switch to flip', async () => {
    const at = await suite.enter(given, 'ana', ['analyst']);
    await at.go('/desk/ops/switches');
    await at.sees(say('only_ops'));
    await at.sees(say('off_intake'));
    expect(await at.page.getByRole('button', {name: say('switch_off')}).count()).toBe(0);
    await at.go('/desk/ops/exceptions');
    await at.sees(say('do_step'));
    expect(await at.page.getByRole('button', {name: say('act_retry')}).count()).toBe(0);
    expect(await at.page.getByRole('button', {name: say('take')}).count()).toBe(0);
    breaksNothing(at);
  });

  step('finds the pages of their role only', async () => {
    const at = await suite.enter(given, 'lea', ['warehouse_lead'], {warehouse: 'EAST'});
    await at.go('/desk/ops');
    await at.sees(say('switches_how'));
    const pages = at.page.getByRole('navigation', {name: say('pages')}).getByRole('link');
    expect(await pages.allTextContents()).toEqual([say('page_switches')]);
    breaksNothing(at);
  });
});
