import type {ExceptionKind} from '../../domain/ops/exceptions.ts';
import {type Language, sayIn} from '../../web/words/catalogue.ts';
import {opsWords} from '../../web/words/ops/index.ts';
import type {Act} from '../../web/desk/ops/exception-acts.ts';
import {until} from '../support/until.ts';
import {describeInChromium} from './browser.ts';
import {deskSuite, step} from './desk-suite.ts';
import {breaksNothing, type DeskVisit, SIDES} from './desk-visit.ts';
import {openTroubleShop} from './trouble-shop.ts';
import {PATIENCE} from './visit.ts';

const suite = deskSuite(openTroubleShop);

interface Deed extends Pick<Act, 'word' | 'comes'> {
  kind: ExceptionKind;
}

/** What can be done about something in a dialog, but for trying a step again. */
const DEEDS: readonly Deed[] = [
  {kind: 'address', word: 'act_accept_address', comes: 'address_then'},
  {kind: 'carrier_code', word: 'act_read_code', comes: 'code_then'},
  {kind: 'supplier', word: 'act_price', comes: 'price_then'},
  {kind: 'pickup', word: 'act_pickup', comes: 'pickup_then'},
  {kind: 'manifest', word: 'act_manifest', comes: 'manifest_then'},
];

const wordsIn = (language: Language) => sayIn(opsWords, language);

/** The row of a kind, and its dialog. */
function openDeed(at: DeskVisit, say: ReturnType<typeof wordsIn>) {
  const row = ({kind}: Deed) => at.page.locator('.ops-exception').filter({hasText: say(`kind_${kind}`)});
  const dialog = at.page.getByRole('dialog');
  const open = async (deed: Deed) => {
    await row(deed)
      .getByRole('button', {name: say(deed.word)})
      .click();
    await dialog.getByText(say(deed.comes)).waitFor();
  };
  return {row, dialog, open};
}

describeInChromium(SIDES)('what a person can do about something at once, $side', (given) => {
  let at: DeskVisit;
  beforeAll(async () => {
    at = await suite.enter(given, `ona-${given.side}`, ['ops']);
    await at.go('/desk/ops/exceptions');
  }, PATIENCE);
  const say = wordsIn(given.language);

  step('is said before it is done', async () => {
    const {dialog, open} = openDeed(at, say);
    for (const deed of DEEDS) {
      await open(deed);
      await at.look(`exception-${deed.kind}`);
      await at.page.keyboard.press('Escape');
      await dialog.waitFor({state: 'hidden'});
    }
    // each once: a supplier's price is not said again of its order
    expect(await at.page.locator('.ops-exception').count()).toBe(DEEDS.length);
    await at.look('exceptions-of-neighbours', {whole: true});
    breaksNothing(at);
  });
});

describeInChromium([SIDES[0]])('somebody who deals with what stands still, $side', (given) => {
  const say = wordsIn(given.language);
  const rows = () => suite.shop.api.store.prisma;
  let at: DeskVisit;
  beforeAll(async () => {
    at = await suite.enter(given, 'olu', ['ops']);
    await at.go('/desk/ops/exceptions');
  }, PATIENCE);

  /** Fills the dialog in, does it, and sees the row go. */
  const deal = async (
    kind: ExceptionKind,
    fill: (dialog: ReturnType<typeof openDeed>['dialog']) => Promise<unknown>,
  ) => {
    const {row, dialog, open} = openDeed(at, say);
    const deed = DEEDS.find((one) => one.kind === kind) as Deed;
    await open(deed);
    await fill(dialog);
    await dialog.getByRole('button', {name: say(deed.word)}).click();
    await at.sees(say('done', {what: say(deed.word)}));
    await row(deed).waitFor({state: 'detached'});
  };

  step('lets an address pass that no carrier knows', async () => {
    await deal('address', (dialog) => dialog.getByLabel(say('note')).fill('they live behind the mill'));
    await until(
      'its label',
      async () => (await suite.shop.floor.order(suite.shop.address)).sub_orders[0]?.parcels[0]?.tracking_number,
    );
  });

  step('says what a word of a carrier means', async () => {
    await deal('carrier_code', (dialog) => dialog.getByLabel(say('means')).selectOption('out_for_delivery'));
    await until('it to be applied', async () => {
      const [part] = (await suite.shop.floor.order(suite.shop.spoken)).sub_orders;
      return part?.parcels[0]?.status === 'out_for_delivery';
    });
  });

  step('takes the price of a supplier', async () => {
    await deal('supplier', async (dialog) => {
      await dialog.getByLabel(say('decision')).selectOption('accept');
      await dialog.getByLabel(say('note')).fill('it is worth it');
    });
    const [purchase] = await rows().purchase_orders.findMany({where: {order_id: suite.shop.supplier}});
    expect(purchase?.state).not.toBe('price_changed');
  });

  step('has a driver come after all', async () => {
    await deal('pickup', async () => undefined);
    await until('a driver to be booked', () => rows().pickups.findFirst({where: {state: 'booked', failure: null}}));
  });

  step('has a form made that was refused', async () => {
    await deal('manifest', async () => undefined);
    await until('the form', () => rows().manifests.findFirst({where: {carrier: suite.shop.carrier, state: 'made'}}));
    await at.look('exceptions-dealt-with', {whole: true});
  });

  step('breaks nothing on the way', async () => {
    breaksNothing(at);
  });
});
