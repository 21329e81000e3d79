import {type App, mine, readAll, type Screen, topBar, toldLine} from './app.ts';
import {ask} from './api.ts';
import {keepFact} from './database.ts';
import {button, el} from './dom.ts';
import {feel} from './feedback.ts';
import {conflictOf} from './refusals.ts';
import type {Word} from './words.ts';

/** Where one may go from here, by what one is. */
export function menuScreen(app: App, pages: readonly [Word, () => void][]): Screen {
  return {
    draw: () =>
      el(
        'main',
        {},
        topBar(app),
        el('h1', {}, app.say('hello', {name: app.me?.name ?? ''})),
        toldLine(app),
        el('div', {class: 'menu'}, ...pages.map(([word, go]) => button(app.say(word), 'big', go))),
        el(
          'div',
          {class: 'foot'},
          button(app.say('sign_out'), 'plain', () => signOut(app)),
        ),
      ),
  };
}

/** Nobody leaves with scans unsent: only their own session can send them. */
async function signOut(app: App): Promise<void> {
  if (mine(app).length > 0) return app.tell('bad', app.say('leave_waiting'));
  const heard = await ask('POST', '/v1/floor/sign-out');
  if (heard.status === 0) return app.tell('bad', app.say('needs_network'));
  app.me = null;
  app.told = null;
  await keepFact('me', null);
  app.go.signIn();
}

/** A product of the task in hand by its name, anything else by its code. */
const nameOf = ({inHand}: App, code: string): string =>
  inHand?.task.stops.find(({barcode, sku}) => code === barcode || code === sku)?.name ?? code;

/** What came out otherwise than the handheld said, until it is read. */
export function conflictsScreen(app: App, back: () => void): Screen {
  return {
    draw: () =>
      el(
        'main',
        {class: 'conflicts'},
        topBar(app),
        el('h1', {class: 'huge'}, `▲ ${app.say('conflict_title')}`),
        el(
          'ul',
          {class: 'items'},
          ...app.conflicts.map(({scan, code, message}) =>
            el(
              'li',
              {},
              el('b', {}, app.say('conflict', {what: nameOf(app, scan.code)})),
              el('p', {}, conflictOf(app.say, scan.kind, code) ?? message),
            ),
          ),
        ),
        el(
          'div',
          {class: 'foot'},
          button(app.say('conflict_ok'), 'big go', async () => {
            await readAll(app);
            back();
          }),
        ),
      ),
    // what is scanned now would be lost: it is read first
    scanned: () => feel('bad'),
  };
}
