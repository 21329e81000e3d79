import {existsSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {positiveNumber, readArgs} from './args.mjs';
import {createLog, duration} from './log.mjs';
import {DIST, defaultDataDir} from './paths.mjs';
import {prepare} from './prepare.mjs';

const USAGE = `npm start -- [options]
  --no-demo      no demo catalogue, no demo orders, policy "open"
  --fresh        begin with empty data
  --port N       the API's port (PORT, else 3000)
  --data-dir D   where everything is kept (DATA_DIR, else .data)
  --speed F      the shared clock runs F times as fast (emulators only)`;
const OPTIONS = {
  'no-demo': {type: 'boolean'},
  fresh: {type: 'boolean'},
  port: {type: 'string'},
  'data-dir': {type: 'string'},
  speed: {type: 'string'},
};

/** `npm start`: everything from a bare clone to a running system, until Ctrl-C. */
export async function start() {
  const log = createLog();
  const options = readOptions();
  if (options === null) return log.say(USAGE);
  const began = Date.now();
  const stopper = listenForStop(log);
  log.say('Waybill');
  await prepare(log);
  if (stopper.asked) return;
  const {startSystem} = await import('./up.mjs');
  const system = await startSystem({...options.system, log, isolated: false});
  await stopper.hand(system);
  if (options.demo) await seed(system, log);
  await announce(system, log, Date.now() - began);
  if (options.demo) await play(system, log);
}

function readOptions() {
  const given = readArgs(OPTIONS, USAGE);
  if (given.help) return null;
  const demo = !given['no-demo'];
  const speed = positiveNumber('--speed', given.speed);
  return {
    demo,
    system: {
      dataDir: given['data-dir'] ? resolve(process.env.INIT_CWD ?? '.', given['data-dir']) : defaultDataDir(),
      port: positiveNumber('The port', given.port ?? process.env.PORT, {whole: true, max: 65_535}) ?? 3000,
      workers: positiveNumber('WORKERS', process.env.WORKERS, {whole: true, max: 64}) ?? 1,
      fresh: given.fresh ?? false,
      audit: '5m',
      ...(speed && {speed}),
      ...(!demo && {policy: 'open'}),
    },
  };
}

/** One ordered stop, whatever asks for it: Ctrl-C (once or more), TERM, HUP, npm gone, the terminal gone. */
function listenForStop(log) {
  const stopper = {asked: false, system: null};
  const stop = async () => {
    if (stopper.asked) return;
    stopper.asked = true;
    const began = Date.now();
    log.say('\nstopping …');
    if (stopper.system) await stopper.system.stop();
    log.say(`stopped in ${duration(Date.now() - began)}`);
    process.exit(0);
  };
  stopper.hand = async (system) => {
    stopper.system = system;
    if (!stopper.asked) return;
    await system.stop();
    process.exit(0);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', stop);
  // npm killed with -9 tells nobody; we notice that our parent has changed.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid === parent || stop(), 1_000).unref();
  return stopper;
}

async function optional(file, name) {
  const path = join(DIST, file);
  return existsSync(path) ? (await import(pathToFileURL(path).href))[name] : null;
}

async function seed({dataDir, urls, keys, missing}, log) {
  const {demoState} = await import('./state.mjs');
  const demo = demoState(dataDir);
  if (demo.seeded || missing.includes('api')) return;
  const seedDemo = await optional('simulation/seed-demo.js', 'seedDemo');
  if (!seedDemo) return log.notice('dist/simulation/seed-demo.js is not there: no demo catalogue');
  const began = Date.now();
  try {
    const {staff} = await seedDemo({api: urls.api, keys, urls});
    demo.mark({seeded: true, staff});
    log.done('demo catalogue', Date.now() - began);
  } catch (error) {
    log.notice(`the demo catalogue could not be made: ${error.message}`);
  }
}

async function play({dataDir, urls, keys, missing}, log) {
  const {demoState} = await import('./state.mjs');
  const demo = demoState(dataDir);
  if (demo.played || missing.includes('api')) return;
  const playDemoOrders = await optional('simulation/demo-orders.js', 'playDemoOrders');
  if (!playDemoOrders) return log.notice('dist/simulation/demo-orders.js is not there: no demo orders');
  const began = Date.now();
  try {
    await playDemoOrders({api: urls.api, keys, urls});
    demo.mark({played: true});
    log.done('demo orders are at the door', Date.now() - began);
  } catch (error) {
    log.notice(`the demo orders did not get through: ${error.message}`);
  }
}

/** Addresses of the pages that the API told of in its ready message: `[{name, path}]` or `{name: address}`. */
function addresses(pages, api) {
  const list = Array.isArray(pages) ? pages.map(({name, path}) => [name, path]) : Object.entries(pages ?? {start: '/'});
  return [...list, ['API description', '/openapi.json']].map(([name, path]) => [name, new URL(path, api).href]);
}

/** Who may sign in on the floor of the demo, by badge (a scanner's code) or by number and PIN. */
async function announceStaff(dataDir, say) {
  const {demoState} = await import('./state.mjs');
  const {staff = []} = demoState(dataDir);
  if (staff.length === 0) return;
  say('\n  People of the demo, on a device known by the key above (badge; or number and PIN):');
  for (const {staff_id, name, warehouse, roles, badge, pin} of staff)
    say(`  ${`${name}, ${warehouse}`.padEnd(16)} ${badge}; ${staff_id} ${pin}  ${roles.join(', ')}`);
}

async function announce({dataDir, urls, keys, people, missing, pages, clock}, log, ms) {
  const row = (name, value) => value && log.say(`  ${name.padEnd(16)} ${value}`);
  log.say();
  if (!missing.includes('api')) for (const [name, url] of addresses(pages, urls.api)) row(name, url);
  row('Temporal', urls.ui);
  row('Stripe', urls.stripe && `${urls.stripe}/_control/ledger (emulator)`);
  row('carrier', urls.carrier && `${urls.carrier}/_control/ledger (emulator)`);
  row('suppliers', urls.supplier && `${urls.supplier}/_control/ledger (emulator)`);
  row('mail', urls.mail && `${urls.mail} (nothing is really sent)`);
  row('texts', urls.sms && `${urls.sms}/_control/ledger (no phone rings)`);
  row('logs', join(dataDir, 'logs'));
  if (clock.speed !== 1) row('clock', `${clock.speed} times as fast`);
  log.say(`\n  Development keys (${join(dataDir, 'keys.json')}):`);
  for (const [role, key] of Object.entries(keys)) row(role, key);
  log.say('\n  People of the office, at /desk (login, password):');
  for (const {login, password} of Object.values(people)) row(login, password);
  await announceStaff(dataDir, (line) => log.say(line));
  log.say();
  if (missing.includes('api')) return log.notice('not ready: there is no API yet. Ctrl-C stops the rest.');
  log.say(`started in ${duration(ms)}; Ctrl-C stops everything`);
  log.say(`ready ${urls.api}`);
}
