import {existsSync, mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import type * as Up from '../scripts/lib/up.d.mts';
import type {SharedClock} from '../domain/time/shared-clock.ts';
import {readClock} from './clock.ts';
import {send} from './http.ts';
import {Trouble} from './options.ts';

/** The running Waybill that a world lives in. */
export interface System {
  urls: {
    api: string;
    stripe: string | null;
    carrier: string | null;
    mail: string | null;
    sms?: string | null;
    supplier?: string | null;
    ui: string | null;
    temporal?: string;
    database?: string;
  };
  keys: Record<string, string>;
  clock: SharedClock;
  dataDir: string;
  /** environment of its processes, where we started it */
  env: Record<string, string | undefined>;
  own?: Up.RunningSystem;
}

const ROOT = process.env.WAYBILL_ROOT ?? process.cwd();

export interface OwnSystem {
  speed: number;
  workers?: number;
  dataDir?: string;
  log?: Up.Log;
  env?: Record<string, string>;
  policy?: 'open' | 'drill';
  reroute?: NonNullable<Up.SystemOptions['reroute']>;
  postgres?: Record<string, string>;
}

/** Starts a system of our own on free ports: in a temporary folder and with the policy `open`, unless others are named. */
export async function startOwn({speed, workers = 1, dataDir, log, env = {}, ...more}: OwnSystem): Promise<System> {
  const {startSystem} = (await import(pathToFileURL(join(ROOT, 'scripts', 'lib', 'up.mjs')).href)) as typeof Up;
  const own = await startSystem({
    dataDir: dataDir ?? mkdtempSync(join(tmpdir(), 'waybill-')),
    port: 0,
    speed,
    workers,
    policy: 'open',
    env,
    ...more,
    ...(log && {log}),
  });
  if (own.missing.length > 0) {
    await own.discard();
    throw new Trouble(`cannot simulate: ${own.missing.join(', ')} could not start.`);
  }
  return {urls: own.urls, keys: own.keys, clock: own.clock, dataDir: own.dataDir, env: own.env, own};
}

/** The system whose data folder this is; it must be running. */
export async function attach(dataDir: string, api?: string): Promise<System> {
  const read = <T>(...names: string[]): T | undefined => {
    const file = join(dataDir, ...names);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
  };
  const urls = read<System['urls']>('run', 'urls.json');
  const keys = read<Record<string, string>>('keys.json');
  if (!urls || !keys)
    throw new Trouble(`no Waybill runs from ${dataDir}: start one with npm start, or leave out --data-dir.`);
  const target = api ?? urls.api;
  const alive = await send({method: 'GET', url: `${target}/healthz`}).catch(() => null);
  if (alive?.status !== 200) throw new Trouble(`nothing answers at ${target}: is it still running?`);
  return {urls: {...urls, api: target}, keys, clock: readClock(dataDir, process.env), dataDir, env: process.env};
}
