import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ROOT} from './paths.mjs';

export const lockFile = join(ROOT, 'package-lock.json');
export const readLock = () => JSON.parse(readFileSync(lockFile, 'utf8'));

const SYSTEMS = {
  darwin: 'darwin',
  linux: 'linux',
  linuxmusl: 'linux',
  win32: 'win32',
  windows: 'win32',
  android: 'android',
  freebsd: 'freebsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  aix: 'aix',
};
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'wasm32'];

/** Optional packages that some entry of the lock names and the lock does not hold: `[[path, entry]]`. */
export function missingPlatforms({packages}) {
  const missing = new Map();
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (resolves(packages, path, name)) continue;
      missing.set(`node_modules/${name}`, {
        version: range.replace(/^[\^~]/, ''),
        ...(entry.dev && {dev: true}),
        optional: true,
        ...platform(name),
      });
    }
  }
  return [...missing];
}

function resolves(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

function platform(name) {
  const words = name.split('/').at(-1).split('-');
  const os = words.map((word) => SYSTEMS[word]).find(Boolean);
  const cpu = words.find((word) => PROCESSORS.includes(word));
  const libc = words.some((word) => word.includes('musl'))
    ? 'musl'
    : words.some((word) => /^gnu/.test(word)) && 'glibc';
  if (!os || !cpu) throw new Error(`which platform is ${name} for? Teach scripts/lib/lock.mjs`);
  return {os: [os], cpu: [cpu], ...(os === 'linux' && libc && {libc: [libc]})};
}
