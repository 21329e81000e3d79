import type {Browser} from 'playwright-core';
import {startTestApi, type TestApi} from '../support/api.ts';
import {describeInChromium, hasChromium, launch} from './browser.ts';
import {type DeskVisit, deskVisit, enterDesk, SIDES} from './desk-visit.ts';
import {PATIENCE} from './visit.ts';

let api: TestApi;
let browser: Browser;
beforeAll(async () => {
  if (!hasChromium) return;
  api = await startTestApi();
  browser = await launch();
}, PATIENCE);
afterAll(async () => {
  await browser?.close();
  await api?.close();
}, PATIENCE);

describeInChromium(SIDES)('the components of the office, $side', (given) => {
  let at: DeskVisit;
  beforeAll(async () => {
    at = await deskVisit(browser, `http://127.0.0.1:${api.port}`, given);
    await enterDesk(at, api, given.side, ['support']);
    await at.go('/desk/kit');
    await at.page.getByRole('heading', {level: 1}).waitFor();
  }, PATIENCE);

  it('are fit to be read and heard in every colour and direction', async () => {
    await at.look('kit', {whole: true});
    expect([at.broken, at.serious, at.wide]).toEqual([[], [], []]);
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
    expect([at.broken, at.serious, at.wide]).toEqual([[], [], []]);
  });
});
