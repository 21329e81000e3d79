import {PROBLEMS} from '../../api/errors.ts';
import type {Page} from './browser.ts';

const [, TITLE] = PROBLEMS.unavailable;

/**
 * What becomes of a service that is busy. A browser tells every 503 as an error, whatever its page makes of it; that line is
 * let pass where the answer said when to come again, and counted. A page must do so: it is an error when its reader is told.
 */
export async function busyAnswers(page: Page) {
  const putOff: string[] = [];
  const told: string[] = [];
  page.on('response', (answer) => {
    if (answer.status() === 503 && answer.headers()['retry-after'] !== undefined) putOff.push(answer.url());
  });
  await page.addInitScript(`new MutationObserver(() => {
      const words = Array.from(document.querySelectorAll('.ui-failure'), ({textContent}) => textContent);
      if (words.some((text) => text.includes(${JSON.stringify(TITLE)}))) console.error('the reader is told: ' + words);
    }).observe(document, {childList: true, subtree: true});`);
  return {
    /** A line of the console about a 503; false: it is about something else. */
    takes: (text: string, url: string): boolean => {
      const busy = /status of 503\b/.test(text);
      if (busy) told.push(url);
      return busy;
    },
    /** how often the page had to come again */
    count: () => putOff.length,
    /** answers of 503 that nobody could do anything about */
    unexplained: () =>
      told.filter((url) => !putOff.includes(url)).map((url) => `503, and not when to come again: ${url}`),
  };
}
