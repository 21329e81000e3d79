import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {Express, Request, Response} from 'express';
import {FLOOR_LANGUAGES, FLOOR_MANIFEST, floorPage} from '../web/floor-page.ts';
import {pagePolicy} from './page-policy.ts';

const PAGES = ['/floor', '/floor/pack', '/floor/stock', '/floor/waves', '/floor/collection'];

const POLICY = pagePolicy(["worker-src 'self'", "manifest-src 'self'"]);

interface Module {
  path: string;
  text: string;
}

/** The floor's pages and the modules they are made of; where nothing is built yet the pages say so. */
export function mountFloorPages(app: Express, readStatic: (name: string) => string): void {
  const modules = readModules();
  const worker = modules.find(({path}) => path.endsWith('/floor/sw.js'));
  const files = [...PAGES, '/static/floor.css', '/static/icon.svg', ...modules.map(({path}) => path)];
  const whole = [readStatic('floor.css'), floorPage(''), ...modules.map(({text}) => text)].join('\n');
  const version = createHash('sha256').update(whole).digest('hex').slice(0, 16);
  for (const path of PAGES) app.get(path, sendFloorPage);
  for (const {path, text} of modules) {
    app.get(path, (_request, response) => sendStatic(response, 'text/javascript', text));
  }
  app.get('/floor/app.webmanifest', (_request, response) =>
    sendStatic(response, 'application/manifest+json', FLOOR_MANIFEST),
  );
  app.get('/floor/sw.js', (_request, response) => {
    const built = `globalThis.WAYBILL = ${JSON.stringify({version, files})};\n`;
    // a worker lives under the policy its own script came with: without this one it may fetch nothing to keep
    response.set({'Service-Worker-Allowed': '/floor', 'Content-Security-Policy': POLICY});
    sendStatic(response, 'text/javascript', built + (worker?.text ?? ''));
  });
}

function sendFloorPage(request: Request, response: Response): void {
  response.locals['operation'] = 'floorPage';
  const lang = request.acceptsLanguages(FLOOR_LANGUAGES) || 'en';
  const headers = {
    'Content-Security-Policy': POLICY,
    'Permissions-Policy': 'camera=(self)',
    'Cache-Control': 'no-cache',
    Vary: 'Accept-Language',
  };
  response.set(headers).type('text/html').send(floorPage(lang));
}

function sendStatic(response: Response, type: string, text: string): void {
  response.locals['operation'] = 'static';
  response.type(type).set('Cache-Control', 'no-cache').send(text);
}

/** What the browser runs lies in the build, beside this file or below it: its own modules and the rules they share with us. */
function readModules(): Module[] {
  const root = ['../', '../dist/'].map((path) => new URL(path, import.meta.url)).find(isBuild);
  if (!root) return [];
  const own = ['web/floor/', 'domain/warehouse/'].flatMap((folder) =>
    readdirSync(fileURLToPath(new URL(folder, root)))
      .filter((name) => name.endsWith('.js') && !name.endsWith('.test.js'))
      .filter((name) => folder !== 'domain/warehouse/' || name.startsWith('scan'))
      .map((name) => ({path: `/static/js/${folder}${name}`, text: readScript(new URL(folder + name, root))})),
  );
  return [...own, ...SHARED.map((name) => ({path: `/static/js/${name}`, text: readScript(new URL(name, root))}))];
}

/** What server and browser draw with. */
const SHARED = ['web/html.js', 'web/isometric.js', 'web/packing-picture.js'];

const isBuild = (root: URL): boolean => existsSync(new URL('web/floor/main.js', root));

/** Without the line that names a map of the sources, which is not served. */
const readScript = (file: URL): string => readFileSync(file, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '');
