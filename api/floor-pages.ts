import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import type {Express, Request, Response} from 'express';
import type {Entry} from '../web/desk-page.ts';
import {FLOOR_LANGUAGES, FLOOR_MANIFEST, floorPage} from '../web/floor-page.ts';
import type {Bundle} from './assets.ts';
import {Problem} from './errors.ts';
import {pagePolicy} from './page-policy.ts';

const PAGES = ['/floor', '/floor/pack', '/floor/stock', '/floor/waves', '/floor/collection'];

const NOTHING_BUILT: Entry = {script: '', preload: [], styles: []};

const POLICY = pagePolicy(["worker-src 'self'", "manifest-src 'self'"]);

/** The floor's pages, what they are made of, and the worker that keeps both; where nothing is built the pages say so. */
export function mountFloorPages(app: Express, bundle: Bundle, readStatic: (name: string) => string): void {
  const entry = bundle.entry('web/floor/main.ts');
  const made = entry ? [entry.script, ...entry.preload, ...entry.styles] : [];
  const files = [...PAGES, '/static/floor.css', '/static/icon.svg', ...made];
  // names of what is bundled carry a hash of what is in it
  const whole = [readStatic('floor.css'), floorPage('', entry ?? NOTHING_BUILT), ...made].join('\n');
  const version = createHash('sha256').update(whole).digest('hex').slice(0, 16);
  const worker = readWorker();
  for (const path of PAGES) app.get(path, (request, response) => sendFloorPage(request, response, entry));
  app.get('/floor/app.webmanifest', (_request, response) =>
    sendStatic(response, 'application/manifest+json', FLOOR_MANIFEST),
  );
  app.get('/floor/sw.js', (_request, response) => {
    const built = `globalThis.WAYBILL = ${JSON.stringify({version, files})};\n`;
    // a worker lives under the policy its own script came with: without this one it may fetch nothing to keep
    response.set({'Service-Worker-Allowed': '/floor', 'Content-Security-Policy': POLICY});
    sendStatic(response, 'text/javascript', built + worker);
  });
}

function sendFloorPage(request: Request, response: Response, entry: Entry | null): void {
  response.locals['operation'] = 'floorPage';
  if (!entry) throw new Problem('unavailable', 'the pages are not built: npm run build');
  const lang = request.acceptsLanguages(FLOOR_LANGUAGES) || 'en';
  const headers = {
    'Content-Security-Policy': POLICY,
    'Permissions-Policy': 'camera=(self)',
    'Cache-Control': 'no-cache',
    Vary: 'Accept-Language',
  };
  response.set(headers).type('text/html').send(floorPage(lang, entry));
}

function sendStatic(response: Response, type: string, text: string): void {
  response.locals['operation'] = 'static';
  response.type(type).set('Cache-Control', 'no-cache').send(text);
}

/** The worker is no module of the pages: it lies alone in the build, beside this file or below it. */
function readWorker(): string {
  const places = ['../', '../dist/'].map((path) => new URL(`${path}web/floor/sw.js`, import.meta.url));
  const found = places.find((place) => existsSync(place));
  // without the line that names a map of the sources, which is not served
  return found ? readFileSync(found, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '') : '';
}
