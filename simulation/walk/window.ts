import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {seriousFaults} from '../browser/axe.ts';
import {type Browser, moving, type Page, scanCode, sees, still} from '../browser/chromium.ts';

const PHONE = {width: 390, height: 844};
const DESKTOP = {width: 1_440, height: 900};
export type Size = 'phone' | 'desktop';
const SIZES = {phone: PHONE, desktop: DESKTOP};

interface Side {
  side: string;
  viewport: {width: number; height: number};
  colorScheme: 'light' | 'dark';
}

/** How every page is looked at. */
export const SIDES: readonly Side[] = [
  {side: '390-light', viewport: PHONE, colorScheme: 'light'},
  {side: '390-dark', viewport: PHONE, colorScheme: 'dark'},
  {side: '1440-light', viewport: DESKTOP, colorScheme: 'light'},
  {side: '1440-dark', viewport: DESKTOP, colorScheme: 'dark'},
];

/** A label that is still being bought is asked for again. */
const NOT_YET = /409 .*\/label\)$/;

const PATIENCE_MS = 30_000;

export type Window = Awaited<ReturnType<typeof openWindow>>;

/** A window in which somebody works at one size; what breaks in it, what axe finds and what is too wide is kept. */
export async function openWindow(
  browser: Browser,
  {url, size, pictures}: {url: string; size: Size; pictures?: string},
) {
  const own = SIZES[size];
  const context = await browser.newContext({viewport: own, locale: 'en-US', timezoneId: 'America/New_York'});
  const page: Page = await context.newPage();
  const faults: string[] = [];
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => faults.push(`broken: ${error}`));
  page.on('console', (line) => {
    const told = `${line.text()} (${line.location().url})`;
    if (line.type() === 'error' && !NOT_YET.test(told)) faults.push(`console: ${told}`);
  });

  const lookAt = async (name: string, {side, viewport, colorScheme}: Side) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({colorScheme});
    await still(page);
    await keep(page, pictures, `${name}-${side}`);
    faults.push(...(await seriousFaults(page)).map((fault) => `axe: ${name} ${side}: ${fault}`));
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (width > viewport.width) faults.push(`too wide: ${name} ${side}: ${width} pixels`);
    await moving(page);
  };
  return {
    page,
    go: (path: string) => page.goto(path.startsWith('http') ? path : url + path),
    /** From every side, and back to one's own. */
    look: async (name: string) => {
      for (const side of SIDES) await lookAt(name, side);
      await page.setViewportSize(own);
      await page.emulateMedia({colorScheme: 'light'});
    },
    keep: (name: string) => keep(page, pictures, name),
    sees: (words: string | RegExp) => sees(page, words, PATIENCE_MS),
    scan: (code: string) => scanCode(page, code),
    press: (words: string | RegExp) => page.getByRole('button', {name: words}).first().click(),
    follow: (words: string | RegExp) => page.getByRole('link', {name: words}).first().click(),
    dialog: () => page.getByRole('dialog'),
    /** what was wrong since somebody asked last */
    faults: () => faults.splice(0),
    close: () => context.close(),
  };
}

/** The whole page, but only the window where a dialog lies over it. */
async function keep(page: Page, folder: string | undefined, name: string): Promise<void> {
  if (folder === undefined) return;
  mkdirSync(folder, {recursive: true});
  const over = (await page.locator('dialog[open]').count()) > 0;
  await page.screenshot({path: join(folder, `${name}.png`), fullPage: !over});
}
