import {homedir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const DIST = join(ROOT, 'dist');
export const WORKFLOW_BUNDLE = join(DIST, 'workflows', 'bundle.js');
/** What browsers load, bundled: see vite.config.mjs. */
export const PAGES = join(DIST, 'pages');
export const MIGRATIONS = join(ROOT, 'prisma', 'migrations');
export const SCHEMA = join(ROOT, 'prisma', 'schema.prisma');

/** Folders that hold our TypeScript, as in tsconfig.json. */
export const SOURCES = [
  'activities',
  'adapters',
  'api',
  'bench',
  'config',
  'domain',
  'emulators',
  'prisma',
  'simulation',
  'store',
  'test',
  'web',
  'workers',
  'workflows',
];

/** The user's cache folder for things a second clone should not fetch again. */
export function cacheDir() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'waybill');
}

/** DATA_DIR, absolute; `.data` in the repository unless set. */
export function defaultDataDir(env = process.env) {
  return resolve(ROOT, env.DATA_DIR || '.data');
}
