import type {Browser} from 'playwright-core';
import type {TestApi} from '../support/api.ts';
import type {Look} from '../../web/words/look.ts';
import {LOOK_COOKIE} from '../../web/words/look.ts';
import {seriousFaults} from '../../simulation/browser/axe.ts';
import {busyAnswers} from './busy-answers.ts';
import {moving, type Page, picture, sees, still} from './browser.ts';

export interface Side extends Look {
  /** goes before the names of its pictures */
  side: string;
  viewport: {width: number; height: number};
}

const PHONE = {width: 390, height: 844};
const DESKTOP = {width: 1_440, height: 900};

/** Sizes, colours and directions a page of the office is looked at in. */
export const SIDES: readonly [Side, ...Side[]] = [
  {side: 'desktop-light', viewport: DESKTOP, theme: 'light', language: 'en'},
  {side: 'desktop-dark', viewport: DESKTOP, theme: 'dark', language: 'de'},
  {side: 'phone-light', viewport: PHONE, theme: 'light', language: 'en'},
  {side: 'phone-dark-arabic', viewport: PHONE, theme: 'dark', language: 'ar'},
];

const PASSWORD = 'four words make one';

/** Somebody of the office with these roles, signed in; a lead has a warehouse. */
export async function enterDesk(
  {page}: DeskVisit,
  api: TestApi,
  login: string,
  roles: readonly string[],
  place: {warehouse?: string} = {},
): Promise<void> {
  const url = `http://127.0.0.1:${api.port}`;
  await api
    .as('admin')
    .put(`/v1/staff/${login}`, {name: login, roles, ...place})
    .expect(200);
  await api.as('admin').post(`/v1/staff/${login}/credentials`, {password: PASSWORD}).expect(200);
  const {headers} = await api.anonymous
    .post('/v1/desk/sign-in')
    .set('X-Waybill-Page', 'used')
    .send({login, password: PASSWORD})
    .expect(200);
  const [name = '', value = ''] = String(headers['set-cookie']?.[0]?.split(';')[0]).split('=');
  await page.context().addCookies([{name, value, url, httpOnly: true, sameSite: 'Strict'}]);
}

export type DeskVisit = Awaited<ReturnType<typeof deskVisit>>;

/** A window of the office; what breaks in it, what axe finds and what is wider than the window is kept. */
export async function deskVisit(browser: Browser, url: string, {side, viewport, language, theme}: Side) {
  const context = await browser.newContext({viewport, locale: 'en-US', timezoneId: 'UTC'});
  await context.addCookies([{name: LOOK_COOKIE, value: `${language}.${theme}`, url}]);
  const page: Page = await context.newPage();
  const busy = await busyAnswers(page);
  const broken: string[] = [];
  const serious: string[] = [];
  const wide: string[] = [];
  page.setDefaultTimeout(25_000);
  page.on('pageerror', (error) => broken.push(String(error)));
  page.on('console', (line) => {
    if (line.type() !== 'error' || busy.takes(line.text(), line.location().url)) return;
    // what the browser says of refusals, and of the network that is cut on purpose
    if (!/40[1349]|412|42[29]|ERR_INTERNET_DISCONNECTED/.test(line.text())) broken.push(line.text());
  });
  return {
    ...{page, broken, busy, serious, wide},
    go: (path: string) => page.goto(url + path),
    /** Keeps a picture to look at, what axe has to say, and whether anything is wider than the window. */
    look: async (name: string, {whole = false} = {}) => {
      await still(page);
      await picture(page, `${side}-${name}`, whole);
      serious.push(...(await seriousFaults(page)).map((fault) => `${name}: ${fault}`));
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (width > viewport.width) wide.push(`${name}: ${width}`);
      await moving(page);
    },
    press: (words: string | RegExp) => page.getByRole('button', {name: words}).first().click(),
    follow: (words: string | RegExp) => page.getByRole('link', {name: words}).first().click(),
    sees: (words: string | RegExp) => sees(page, words),
  };
}

/** Nothing broke in the window, nothing in it is serious for axe or wider than it. */
export function breaksNothing({broken, busy, serious, wide}: DeskVisit): void {
  if (busy.count() > 0) process.stderr.write(`  a busy service was asked again after ${busy.count()} answers\n`);
  expect([[...broken, ...busy.unexplained()], serious, wide]).toEqual([[], [], []]);
}
