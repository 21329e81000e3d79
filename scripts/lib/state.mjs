// What a data folder keeps from one start to the next.
import {randomBytes} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Trouble} from './log.mjs';
import {freePort, isFree} from './net.mjs';
import {postgresFolders} from './postgres.mjs';

const ROLES = [
  'checkout',
  'customer',
  'picker',
  'packer',
  'receiver',
  'warehouse_lead',
  'driver',
  'supplier',
  'support',
  'finance',
  'ops',
  'analyst',
  'device',
  'admin',
];
/** Who sits at a desk in development: one person for each role of the office. */
const DESKS = ['support', 'finance', 'ops', 'analyst', 'admin'];
const OURS = ['run', 'logs', 'postgres', 'temporal', 'stripe', 'carrier', 'mail', 'sms', 'supplier'];
const OUR_FILES = ['keys.json', 'secrets.json', 'clock.json', 'ports.json', 'demo.json'];

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** Whole or not at all, readable by its owner only. */
export function write(file, value) {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, {mode: 0o600});
  renameSync(`${file}.new`, file);
}

function once(file, make) {
  const kept = read(file) ?? {};
  const value = {...make(), ...kept};
  if (Object.keys(value).length !== Object.keys(kept).length) write(file, value);
  return value;
}

export function openDataDir(dataDir) {
  mkdirSync(dataDir, {recursive: true});
  mkdirSync(join(dataDir, 'run'), {recursive: true});
}

/** Deletes what Waybill keeps there and nothing else; a folder that is not ours is refused. */
export function emptyDataDir(dataDir) {
  if (!existsSync(dataDir)) return;
  const foreign = readdirSync(dataDir).length > 0 && !OUR_FILES.some((name) => existsSync(join(dataDir, name)));
  if (foreign) throw new Trouble(`${dataDir} holds files that are not Waybill's: --fresh leaves it alone.`);
  for (const folder of postgresFolders(dataDir)) rmSync(folder, {recursive: true, force: true});
  for (const name of [...OURS, ...OUR_FILES]) rmSync(join(dataDir, name), {recursive: true, force: true});
}

/** Development keys `{role: key}`, people of the office `{role: {login, password}}`, and the file that holds both. */
export function developmentKeys(dataDir) {
  const file = join(dataDir, 'keys.json');
  const key = () => `wb_dev_${randomBytes(32).toString('base64url')}`;
  const person = (role) => ({login: role, password: randomBytes(9).toString('base64url')});
  const {people, ...keys} = once(file, () => ({
    ...Object.fromEntries(ROLES.map((role) => [role, key()])),
    people: Object.fromEntries(DESKS.map((role) => [role, person(role)])),
  }));
  return {file, keys, people};
}

export function secrets(dataDir) {
  return once(join(dataDir, 'secrets.json'), () => ({
    masterKey: randomBytes(32).toString('hex'),
    indexKey: randomBytes(32).toString('hex'),
    stripeWebhookSecret: `whsec_${randomBytes(24).toString('base64url')}`,
    easypostWebhookSecret: randomBytes(24).toString('base64url'),
    twilioAuthToken: randomBytes(24).toString('base64url'),
    postgresPassword: randomBytes(18).toString('base64url'),
  }));
}

/**
 * The clock every process shares: virtual now = t0 + speed × (real now − real0), milliseconds.
 * Another speed starts from the virtual time reached so far; no speed keeps the one that is set.
 */
export function sharedClock(dataDir, speed, now = Date.now()) {
  const file = join(dataDir, 'clock.json');
  const kept = read(file);
  if (kept && (speed === undefined || speed === kept.speed)) return kept;
  const t0 = kept ? Math.round(kept.t0 + kept.speed * (now - kept.real0)) : now;
  const clock = {t0, real0: now, speed: speed ?? 1};
  write(file, clock);
  return clock;
}

/** Ports by name, the same on every start as long as nobody else took them. */
export async function keepPorts(dataDir, names) {
  const file = join(dataDir, 'ports.json');
  const kept = read(file) ?? {};
  const taken = new Set(Object.values(kept));
  const ports = {...kept};
  for (const name of names) {
    if (!(kept[name] && (await isFree(kept[name])))) ports[name] = await freePort(taken);
  }
  write(file, ports);
  return ports;
}

export function demoState(dataDir) {
  const file = join(dataDir, 'demo.json');
  const state = read(file) ?? {seeded: false, played: false};
  return {...state, mark: (change) => write(file, Object.assign(state, change))};
}
