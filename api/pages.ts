import {existsSync, readFileSync} from 'node:fs';
import type {Express} from 'express';
import {readRecentOrders} from '../store/views/recent-orders.ts';
import {startPage} from '../web/start-page.ts';
import {mountAssets, readBundle} from './assets.ts';
import {mountChoicePages} from './choice-pages.ts';
import {mountTextLinks} from './text-link.ts';
import {mountCustomerPages} from './customer-pages.ts';
import {isLocal} from './auth.ts';
import type {ApiDeps} from './deps.ts';
import {mountDeskPages} from './desk-pages.ts';
import {mountFloorPages} from './floor-pages.ts';
import {sendPage} from './send-page.ts';

/** These lie in the sources, whether this file runs from them or from the build beside them. */
function readSource(path: string): string {
  const places = ['../web/', '../../web/'].map((root) => new URL(root + path, import.meta.url));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`web/${path} is missing`);
  return readFileSync(found, 'utf8');
}

const readStatic = (name: string): string => readSource(`static/${name}`);

/** What each is made of. */
const STATIC = [
  {name: 'app.css', type: 'text/css', of: ['ui/tokens.css', 'static/app.css']},
  {name: 'floor.css', type: 'text/css', of: ['static/floor.css']},
  {name: 'icon.svg', type: 'image/svg+xml', of: ['static/icon.svg']},
];

/** Pages for people: the customer's tracking, and in development a start page. */
export function mountPages(app: Express, deps: ApiDeps): void {
  for (const {name, type, of} of STATIC) {
    const content = of.map(readSource).join('\n');
    app.get(`/static/${name}`, (_request, response) => {
      response.locals['operation'] = 'static';
      response.type(type).set('Cache-Control', 'public, max-age=300').send(content);
    });
  }
  const bundle = readBundle();
  mountAssets(app, bundle);
  mountDeskPages(app, bundle, deps.development !== null);
  mountFloorPages(app, bundle, readStatic);
  mountCustomerPages(app, deps, bundle);
  mountChoicePages(app, deps);
  mountTextLinks(app, deps);
  const {development} = deps;
  if (development === null) return;
  app.get('/', async (request, response) => {
    response.locals['operation'] = 'startPage';
    const orders = await readRecentOrders(deps.store, 12);
    const rows = orders.map(({token, ...order}) => ({...order, tracking_url: `/track/${token}`}));
    const {people, ...doors} = development;
    const shown = people && isLocal(request) ? people() : null;
    sendPage(response, 200, startPage({orders: rows, ...doors, people: shown}));
  });
}
