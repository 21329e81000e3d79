import type {Browser} from 'playwright-core';
import {seriousFaults} from '../../simulation/browser/axe.ts';
import {moving, type Page, picture, scanCode, sees, still} from './browser.ts';
import {DEVICE_KEY, type ShopFloor} from './shop-floor.ts';

export interface Size {
  size: string;
  viewport: {width: number; height: number};
  /** number of the person who works there */
  person: string;
}

export const SIZES: readonly Size[] = [
  {size: 'phone', viewport: {width: 390, height: 844}, person: '1001'},
  {size: 'desktop', viewport: {width: 1_280, height: 800}, person: '1002'},
];

/** Much of it waits for a browser on a busy machine. */
export const PATIENCE = 240_000;

/** One step of a walk: the next one goes on where it ended. */
export const step = (name: string, work: () => Promise<void>): void => it(name, work, PATIENCE);

export type Visit = Awaited<ReturnType<typeof visit>>;

/** A window of the floor at one size; what breaks in it and what axe finds is kept. */
export async function visit(browser: Browser, {size, viewport}: Size) {
  const page: Page = await (await browser.newContext({viewport, locale: 'en-US'})).newPage();
  const broken: string[] = [];
  const serious: string[] = [];
  const below: string[] = [];
  page.setDefaultTimeout(25_000);
  page.on('pageerror', (error) => broken.push(String(error)));
  page.on('console', (line) => {
    // what the browser says of answers that are refusals or not there yet, and of the network that is cut on purpose
    if (line.type() === 'error' && !/40[1349]|422|ERR_INTERNET_DISCONNECTED/.test(line.text()))
      broken.push(line.text());
  });
  return {
    ...{page, broken, serious, below},
    /** Keeps a picture to look at, what axe has to say, and which buttons nobody sees without scrolling. */
    look: async (name: string) => {
      await still(page);
      await picture(page, `${size}-${name}`);
      serious.push(...(await seriousFaults(page)).map((fault) => `${name}: ${fault}`));
      below.push(...(await buttonsBelow(page)).map((button) => `${name}: ${button}`));
      await moving(page);
    },
    scan: (code: string) => scanCode(page, code),
    press: (words: string | RegExp) => page.getByRole('button', {name: words}).click(),
    type: async (digits: string) => {
      for (const digit of digits) await page.getByRole('button', {name: digit, exact: true}).click();
      await page.getByRole('button', {name: 'OK', exact: true}).click();
    },
    sees: (words: string | RegExp) => sees(page, words),
  };
}

/** Signs somebody in at the first visit of a browser: the device is made known by a link. */
export async function enter(
  {page, scan}: Visit,
  shop: ShopFloor,
  badge: string,
  path = '/floor',
  key = DEVICE_KEY,
): Promise<void> {
  await page.goto(`${shop.url}/floor#device=${key}`);
  await sees(page, 'Scan your badge');
  await scan(badge);
  await sees(page, 'Picking');
  if (path !== '/floor') await page.goto(`${shop.url}${path}`);
}

/** Buttons of which a part lies outside of the window, lists of tasks apart. */
const buttonsBelow = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`Array.from(document.querySelectorAll('button:not(.task)'))
    .filter((button) => button.getBoundingClientRect().bottom > innerHeight + 1)
    .map((button) => button.textContent)`);
