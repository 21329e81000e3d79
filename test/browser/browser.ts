import {existsSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {type Browser, type BrowserContext, chromium, type Page} from 'playwright-core';

const ARGUMENTS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** `CHROMIUM` names one elsewhere. */
const program = [process.env['CHROMIUM'] ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));

export const hasChromium = program !== undefined;

/** `describe.each`, or where no Chromium is there, a loud skip. */
export const describeInChromium: typeof describe.each = program
  ? describe.each
  : (() => {
      process.stderr.write(
        '\n  SKIPPED: pages are not tested in a browser: no Chromium (apt-get install chromium, or CHROMIUM=path)\n\n',
      );
      return describe.skip.each as typeof describe.each;
    })();

export const launch = (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({executablePath: program ?? '', args: [...ARGUMENTS.split(' '), ...more], headless: true});

/** Screenshots go to the folder named by `SCREENSHOTS`, to be looked at; nowhere without it. */
export async function picture(page: Page, name: string, whole = false): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  mkdirSync(folder, {recursive: true});
  await page.screenshot({path: join(folder, `${name}.png`), fullPage: whole});
}

/** Nothing flashes or moves from here on: colours of a flash are nobody's to read. */
export const still = (page: Page): Promise<void> =>
  page.evaluate(`{
    const none = new CSSStyleSheet();
    none.replaceSync('*, *::before, *::after { animation: none !important; transition: none !important; }');
    document.adoptedStyleSheets = [none];
  }`);

/** Things may move again. */
export const moving = (page: Page): Promise<void> => page.evaluate('void (document.adoptedStyleSheets = [])');

/** What a scanner does: characters, then Enter, wherever the focus is. */
export async function scanCode(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
}

/** Waits for words on the page. */
export async function sees(page: Page, words: string | RegExp): Promise<void> {
  try {
    await page.getByText(words).first().waitFor({timeout: 25_000});
  } catch (cause) {
    const shown = await page.locator('body').textContent();
    throw new Error(`${words} is not seen; the page says: ${shown}`, {cause});
  }
}

export type {BrowserContext, Page};
