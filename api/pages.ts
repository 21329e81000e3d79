import {existsSync, readFileSync} from 'node:fs';
import type {Express, Response} from 'express';
import {readRecentOrders} from '../store/views/recent-orders.ts';
import {readTracking} from '../store/views/track-view.ts';
import {notFoundPage} from '../web/not-found-page.ts';
import {startPage} from '../web/start-page.ts';
import {trackPage} from '../web/track-page.ts';
import type {ApiDeps} from './deps.ts';

/** The stylesheet lies in the sources, whether this file runs from them or from the build beside them. */
function readStylesheet(): string {
  const places = ['../web/static/app.css', '../../web/static/app.css'].map((path) => new URL(path, import.meta.url));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error('web/static/app.css is missing');
  return readFileSync(found, 'utf8');
}

/** Pages for people: the customer's tracking, and in development a start page. */
export function mountPages(app: Express, deps: ApiDeps): void {
  const stylesheet = readStylesheet();
  app.get('/static/app.css', (_request, response) => {
    response.locals['operation'] = 'stylesheet';
    response.type('text/css').set('Cache-Control', 'public, max-age=300').send(stylesheet);
  });
  app.get('/track/:token', async (request, response) => {
    response.locals['operation'] = 'trackPage';
    const view = await readTracking(deps.store, request.params.token);
    sendPage(response, view ? 200 : 404, view ? trackPage(view) : notFoundPage());
  });
  const {development} = deps;
  if (development === null) return;
  app.get('/', async (_request, response) => {
    response.locals['operation'] = 'startPage';
    const orders = await readRecentOrders(deps.store, 12);
    const rows = orders.map(({token, ...order}) => ({...order, tracking_url: `/track/${token}`}));
    sendPage(response, 200, startPage({orders: rows, ...development}));
  });
}

function sendPage(response: Response, status: number, page: string): void {
  response.status(status).set({'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex'}).type('text/html').send(page);
}
