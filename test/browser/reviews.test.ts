import {actWords} from '../../web/words/acts/index.ts';
import {sayIn} from '../../web/words/catalogue.ts';
import {orderWords} from '../../web/words/order/index.ts';
import {reviewWords} from '../../web/words/reviews/index.ts';
import {describeInChromium} from './browser.ts';
import {type ConsoleShop, openConsoleShop} from './console-shop.ts';
import {deskSuite, step} from './desk-suite.ts';
import {breaksNothing, type DeskVisit, SIDES, type Side} from './desk-visit.ts';
import {PATIENCE} from './visit.ts';

const suite = deskSuite(openConsoleShop);

describeInChromium(SIDES)('somebody who decides on what the rules leave open, $side', (given: Side) => {
  const say = sayIn(reviewWords, given.language);
  const act = sayIn(actWords, given.language);
  const order = sayIn(orderWords, given.language);
  let at: DeskVisit;
  let doubts: Awaited<ReturnType<ConsoleShop['doubtful']>>[];
  let back: Awaited<ReturnType<ConsoleShop['damaged']>>;
  beforeAll(async () => {
    const names = ['Henriette Okafor', 'Jørgen Ali'];
    doubts = [];
    for (const name of names) doubts.push(await suite.shop.doubtful({name}));
    back = await suite.shop.damaged({name: 'Ngozi Lindqvist'});
    at = await suite.enter(given, `rob-${given.side}`, ['support']);
    await at.go('/desk/reviews');
  }, PATIENCE);

  const dialog = () => at.page.getByRole('dialog');
  const decide = async (key: 'a' | 'r', note: string, deed: string, look: string) => {
    await at.page.keyboard.press(key);
    const button = dialog().getByRole('button', {name: deed, exact: true});
    expect(await button.isDisabled()).toBe(true);
    await dialog().getByLabel(act('note')).fill(note);
    await dialog().locator('.ui-happens li').first().waitFor();
    await at.look(look);
    await button.dblclick();
    await dialog().waitFor({state: 'hidden'});
  };
  const reviewOf = (order_id: string | undefined) =>
    suite.shop.api.store.prisma.reviews.findUniqueOrThrow({where: {order_id: order_id ?? ''}});
  const pick = (name: string) => at.page.locator('.reviews-queue button').filter({hasText: name}).first().click();

  step('lets an order through, with a note, knowing what comes of it', async () => {
    const [doubt] = doubts;
    await pick(doubt?.number ?? '');
    await at.page.getByRole('heading', {name: doubt?.number ?? ''}).waitFor();
    await at.look('reviews', {whole: true});
    await decide('a', 'called them, it is a wedding', act('approve_deed'), 'reviews-approve');
    await at.page
      .locator('.reviews-queue')
      .getByText(doubt?.number ?? '')
      .waitFor({state: 'hidden'});
    expect(await reviewOf(doubt?.order_id)).toMatchObject({
      state: 'approved',
      note: 'called them, it is a wedding',
      decided_by: `staff:rob-${given.side}`,
    });
    await suite.shop.floor.waitsOn(doubt?.order_id ?? '', 'pick');
  });

  step('stops another one, and is told that its money goes back', async () => {
    const [, doubt] = doubts;
    await pick(doubt?.number ?? '');
    await at.page.getByRole('heading', {name: doubt?.number ?? ''}).waitFor();
    await decide('r', 'nobody lives there', act('reject_deed'), 'reviews-reject');
    await suite.shop.floor.becomes(doubt?.order_id ?? '', 'cancelled');
    expect(await reviewOf(doubt?.order_id)).toMatchObject({state: 'rejected', note: 'nobody lives there'});
  });

  step('refuses a return', async () => {
    await at.page.getByRole('tab', {name: new RegExp(`^${say('returns')}`)}).click();
    await at.page.locator('.reviews-queue button').first().click();
    await at.page.getByRole('link', {name: say('open_order')}).waitFor();
    expect(await at.page.getByRole('link', {name: say('open_order')}).getAttribute('href')).toContain(back.order_id);
    await at.look('reviews-return', {whole: true});
    await decide('r', 'the picture shows another cup', act('reject_deed'), 'reviews-return-reject');
    await at.sees(say('none'));
    const {body} = await suite.shop.api.as('support').get(`/v1/returns/${back.return_id}`).expect(200);
    expect(body.state).toBe('refused');
    await at.page.goto(`${suite.url}/desk/support/${back.order_id}`);
    await at.sees(order('return_refused'));
  });

  step('meets nothing broken, nothing too wide and nothing that cannot be read or heard', async () => {
    breaksNothing(at);
  });
});
