import {fetchMe, type Me} from './api.ts';
import {type App, heardBy, load, mine, pump, type Screen, take} from './app.ts';
import {cameraButton} from './camera.ts';
import {keepFact, readFact} from './database.ts';
import {run} from './dom.ts';
import {allowSound, feel} from './feedback.ts';
import {collectionScreen} from './collection-screen.ts';
import {conflictsScreen, menuScreen} from './menu-screen.ts';
import {packScreen, parcelsLeft} from './pack-screen.ts';
import {packedHereScreen} from './packed-screen.ts';
import {pickScreen} from './pick-screen.ts';
import {listenForScans} from './scanner.ts';
import {registerDevice, signInScreen, wayIn} from './sign-in-screen.ts';
import {stockScreen} from './stock-screen.ts';
import type {FloorTask} from './task-state.ts';
import {resumed, tasksScreen, unitsAndStops} from './tasks-screen.ts';
import {tourResumed} from './tour-hand.ts';
import {tourScreen} from './tour-screen.ts';
import {toursList} from './tours-list.ts';
import {wavesScreen} from './waves-screen.ts';
import {wordsOf, type Word} from './words.ts';

const root = document.getElementById('app') as HTMLElement;
let screen: Screen = {draw: () => document.createTextNode('')};
let shown: Screen | null = null;

const app: App = {
  say: wordsOf(document.documentElement.lang),
  me: null,
  online: navigator.onLine,
  waiting: [],
  conflicts: [],
  inHand: null,
  tour: null,
  told: null,
  show: (next) => {
    screen = next;
    app.redraw();
  },
  redraw: () => {
    // what the server takes back comes first, but not between somebody and the way in
    const urgent = app.conflicts.length > 0 && app.me !== null;
    const now = urgent ? conflictsScreen(app, app.redraw) : screen;
    if (now !== shown) scrollTo(0, 0);
    shown = now;
    root.replaceChildren(now.draw(), cameraButton(app, scanned));
  },
  tell: (feeling, text) => {
    app.told = {feeling, text};
    feel(feeling);
    app.redraw();
  },
  sent: () => screen.sent?.(),
  go: {
    signIn: () => {
      app.me = null;
      app.show(signInScreen(app));
    },
    home: run(home),
  },
};

/** Codes are worked off one after the other, however fast they come. */
let line: Promise<unknown> = Promise.resolve();
function scanned(code: string): void {
  line = line.then(() => shown?.scanned?.(code)).catch((error: unknown) => console.error(error));
}

type Page = 'pick' | 'pack' | 'stock' | 'waves' | 'collection';
const PATHS: Readonly<Record<string, Page>> = {
  '/floor/pack': 'pack',
  '/floor/stock': 'stock',
  '/floor/waves': 'waves',
  '/floor/collection': 'collection',
};
let page: Page = PATHS[location.pathname] ?? 'pick';

const PAGES: readonly {page: Page; word: Word; path: string; roles: readonly string[]}[] = [
  {page: 'pick', word: 'picking', path: '/floor', roles: ['picker', 'packer', 'warehouse_lead', 'admin']},
  {page: 'pack', word: 'packing', path: '/floor/pack', roles: ['packer', 'warehouse_lead', 'admin']},
  {page: 'stock', word: 'receive', path: '/floor/stock', roles: ['receiver', 'warehouse_lead', 'admin']},
  {page: 'waves', word: 'waves', path: '/floor/waves', roles: ['warehouse_lead', 'admin']},
  {page: 'collection', word: 'collection', path: '/floor/collection', roles: ['warehouse_lead', 'admin']},
];

const allowed = () => PAGES.filter(({roles}) => app.me?.roles.some((role) => roles.includes(role)));

/** The page one works on, or the first one's roles allow; a task in hand comes before everything. */
async function home(): Promise<void> {
  pump(app);
  if (!allowed().some((each) => each.page === page)) page = allowed()[0]?.page ?? 'pick';
  if (page === 'stock') return app.show(stockScreen(app));
  if (page === 'pack') return app.show(packTasks());
  if (page === 'collection') return app.show(collectionScreen(app, menu));
  if (page === 'waves') return app.show(wavesScreen(app, {menu, walk: walkTour}));
  if (await tourResumed(app)) return app.show(tourScreen(app, run(home)));
  if (await resumed(app)) return app.show(pickScreen(app, run(home)));
  app.show(pickTasks());
}

/** The tour in hand, from whichever page it was taken. */
function walkTour(): void {
  page = 'pick';
  app.told = null;
  history.replaceState(null, '', '/floor');
  app.show(tourScreen(app, run(home)));
}

function menu(): void {
  const pages = allowed().map(({page: to, word, path}): [Word, () => void] => [
    word === 'receive' ? 'menu_stock' : word,
    () => {
      page = to;
      app.told = null;
      history.replaceState(null, '', path);
      app.go.home();
    },
  ]);
  app.told = null;
  app.show(menuScreen(app, pages));
}

const pickTasks = () =>
  tasksScreen(app, {
    title: app.say('picking'),
    empty: app.say('nothing'),
    kinds: ['pick', 'unpick'],
    first: app.say('pick_next'),
    before: toursList(app, walkTour),
    row: (task) => unitsAndStops(app, task),
    started: (task) =>
      run(async () => {
        app.told = null;
        await take(app, task);
        app.show(pickScreen(app, run(home)));
      })(),
    menu,
  });

const packTasks = () =>
  tasksScreen(app, {
    title: app.say('packing'),
    empty: app.say('nothing_pack'),
    kinds: ['pack'],
    first: null,
    hint: app.say('scan_tote'),
    more: ['print_again', () => app.show(packedHereScreen(app, run(home)))],
    row: (task: FloorTask) => app.say('parcels', {n: parcelsLeft(task)}),
    started: (task) => {
      app.told = null;
      app.show(packScreen(app, task, run(home)));
    },
    menu,
  });

/** A link that makes this browser a device carries the key behind `#`, which is sent to no server. */
async function deviceFromLink(): Promise<boolean> {
  const key = /^#device=(.+)$/.exec(location.hash)?.[1];
  if (key === undefined) return false;
  history.replaceState(null, '', location.pathname);
  return registerDevice(decodeURIComponent(key));
}

async function start(): Promise<void> {
  listenForScans(scanned);
  for (const event of ['pointerdown', 'keydown']) addEventListener(event, allowSound, {once: true});
  addEventListener('online', () => pump(app));
  addEventListener('offline', () => {
    app.online = false;
    app.redraw();
  });
  await load(app);
  if (await deviceFromLink()) return app.go.signIn();
  app.me = await readFact<Me>('me');
  const heard = await fetchMe();
  // without network one goes on as who one was
  if (heard.status === 200) app.me = heard.body;
  else if (!heardBy(app, heard) && heard.status !== 401 && app.me) return home();
  else app.me = null;
  await keepFact('me', app.me);
  if (app.me) await home();
  else await wayIn(app);
}

run(start)();
navigator.serviceWorker
  ?.register('/floor/sw.js', {scope: '/floor', type: 'module'})
  .catch((error: unknown) => console.warn(error));
// what a person sees when they come back to a page that slept
addEventListener('pageshow', () => {
  if (mine(app).length > 0) pump(app);
});
