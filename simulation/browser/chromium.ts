import {existsSync} from 'node:fs';
import {type Browser, chromium, type Page} from 'playwright-core';

const ARGUMENTS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** `CHROMIUM` names one elsewhere. */
const program = [process.env['CHROMIUM'] ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));

export const hasChromium = program !== undefined;

export const launch = (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({executablePath: program ?? '', args: [...ARGUMENTS.split(' '), ...more], headless: true});

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
export async function sees(page: Page, words: string | RegExp, timeout = 25_000): Promise<void> {
  try {
    await page.getByText(words).first().waitFor({timeout});
  } catch (cause) {
    const shown = await page.locator('body').textContent();
    throw new Error(`${words} is not seen; the page says: ${shown}`, {cause});
  }
}

export type {Browser, BrowserContext, Page} from 'playwright-core';
