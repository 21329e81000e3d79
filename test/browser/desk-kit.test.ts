import {describeInChromium} from './browser.ts';
import {deskSuite, openEdge} from './desk-suite.ts';
import {breaksNothing, type DeskVisit, SIDES} from './desk-visit.ts';
import {PATIENCE} from './visit.ts';

const suite = deskSuite(openEdge);

describeInChromium(SIDES)('the components of the office, $side', (given) => {
  let at: DeskVisit;
  beforeAll(async () => {
    at = await suite.enter(given, given.side, ['support']);
    await at.go('/desk/kit');
    await at.page.getByRole('heading', {level: 1}).waitFor();
  }, PATIENCE);

  it('are fit to be read and heard in every colour and direction', async () => {
    await at.look('kit', {whole: true});
    breaksNothing(at);
  });

  it('ask before what cannot be taken back, and say what was done', async () => {
    await at.press('Cancel order');
    await at.page.getByRole('dialog').waitFor();
    await at.look('confirm');
    await at.page.keyboard.press('Escape');
    await at.page.getByRole('dialog').waitFor({state: 'hidden'});
    await at.press('Approve');
    await at.sees('The order was approved.');
    await at.look('toast');
    breaksNothing(at);
  });
});
