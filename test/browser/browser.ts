import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {hasChromium, type Page} from '../../simulation/browser/chromium.ts';

export {hasChromium, launch, moving, scanCode, sees, still} from '../../simulation/browser/chromium.ts';

/** `describe.each`, or where no Chromium is there, a loud skip. */
export const describeInChromium: typeof describe.each = hasChromium
  ? describe.each
  : (() => {
      process.stderr.write(
        '\n  SKIPPED: pages are not tested in a browser: no Chromium (apt-get install chromium, or CHROMIUM=path)\n\n',
      );
      return describe.skip.each as typeof describe.each;
    })();

/** Screenshots go to the folder named by `SCREENSHOTS`, to be looked at; nowhere without it. */
export async function picture(page: Page, name: string, whole = false): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  mkdirSync(folder, {recursive: true});
  await page.screenshot({path: join(folder, `${name}.png`), fullPage: whole});
}

export type {BrowserContext, Page} from '../../simulation/browser/chromium.ts';
