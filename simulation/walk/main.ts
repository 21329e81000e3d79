import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Browser, hasChromium, launch} from '../browser/chromium.ts';
import {createClient} from '../client.ts';
import {worldClock} from '../clock.ts';
import {demoLayout} from '../demo-catalogue.ts';
import {closeConnections} from '../http.ts';
import {Trouble} from '../options.ts';
import {randomStream} from '../random.ts';
import {freePort, type Started, startCommand} from '../started.ts';
import {attach, type System} from '../system.ts';
import {createTally} from '../tally.ts';
import {carrierControl} from '../world/carrier.ts';
import type {Crew} from '../world/crew.ts';
import {createFloor} from '../world/floor.ts';
import {priceBook} from '../world/value.ts';
import {type Doors, readDoors} from './doors.ts';
import {readOptions, USAGE, type WalkName, type WalkOptions} from './options.ts';
import {Astray, createReport, type Report} from './report.ts';
import type {Walk} from './walk.ts';
import {openWindow, type Size, type Window} from './window.ts';

/** Walks every role's main task in a browser, on the product as its user starts it. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (!options) return say(USAGE) ?? 0;
  if (!hasChromium) throw new Trouble('There is no Chromium: apt-get install chromium, or CHROMIUM=path.');
  const report = createReport(say);
  const product = await productOf(options, report);
  const browser = await launch();
  // whoever is told to stop loses the browser, and ends what was started
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => void browser.close());
  try {
    await walkAll({options, report, browser, system: product.system});
  } finally {
    await browser.close();
    closeConnections();
    await product.end();
  }
  say(`\n${report.sum()}`);
  if (options.pictures) say(`pictures: ${options.pictures}`);
  return report.failed() === 0 ? 0 : 1;
}

const say = (line: string) => console.log(line);

interface Product {
  system: System;
  /** stops it where we started it */
  end: () => Promise<void>;
}

async function productOf({url, dataDir}: WalkOptions, report: Report): Promise<Product> {
  if (url) return {system: await attach(dataDir, url), end: () => Promise.resolve()};
  const own = mkdtempSync(join(tmpdir(), 'waybill-walk-'));
  const drop = () => rmSync(own, {recursive: true, force: true});
  let started: Started | undefined;
  try {
    await report.step(
      'npm start: is ready, with the demo’s orders at the door',
      async () => {
        started = await startCommand({dataDir: own, port: await freePort(), demo: true});
      },
      () => [],
    );
    return {
      system: await attach(own),
      end: async () => {
        await started?.stop();
        drop();
      },
    };
  } catch (error) {
    await started?.stop();
    drop();
    throw error instanceof Astray ? new Trouble('The product did not start.') : error;
  }
}

interface Ground {
  options: WalkOptions;
  report: Report;
  browser: Browser;
  system: System;
}

async function walkAll(ground: Ground): Promise<void> {
  const windows: Window[] = [];
  const {options, report, browser, system} = ground;
  const {pictures} = options;
  const walk: Walk = {
    system,
    crew: crewOf(system),
    doors: {office: {}, floor: [], mail: ''},
    open: async (size: Size) => {
      const window = await openWindow(browser, {url: system.urls.api, size, ...(pictures && {pictures})});
      windows.push(window);
      return window;
    },
    step: (name, work) => report.step(name, work, () => windows.flatMap((window) => window.faults())),
  };
  for (const name of options.names) {
    try {
      await (await load(name))(walk);
    } catch (error) {
      if (!(error instanceof Astray)) throw error;
      await windows.at(-1)?.keep(`astray-${name}`);
    }
    for (const window of windows.splice(0)) await window.close();
  }
}

/** What the people of this run do carries a name of its own, so that a system can be walked on again and again. */
function crewOf(system: System): Crew {
  const {urls, keys} = system;
  if (!urls.carrier) throw new Trouble('This system uses a real carrier: nobody can play its part.');
  const clock = worldClock(system.clock);
  const client = createClient({api: urls.api, keys, clock});
  const tag = `walk-${Date.now().toString(36)}`;
  return {
    ...{client, clock, tag, tally: createTally(), floor: createFloor(client, clock)},
    ...{carrier: carrierControl(urls.carrier, clock), prices: priceBook(demoLayout())},
    ...{random: randomStream(1, tag), began: clock.now()},
  };
}

async function load(name: WalkName): Promise<(walk: Walk) => Promise<void>> {
  switch (name) {
    case 'doors':
      return doors;
    case 'customer':
      return (await import('./customer.ts')).customer;
    case 'support':
      return (await import('./support.ts')).support;
    case 'reviewer':
      return (await import('./reviewer.ts')).reviewer;
    case 'floor':
      return (await import('./floor.ts')).floor;
    case 'ops':
      return (await import('./ops.ts')).ops;
    case 'set-up':
      return (await import('./set-up.ts')).setUp;
  }
}

/** Whoever started it looks for the doors. */
async function doors(walk: Walk): Promise<void> {
  await walk.step('start page: tells who may come in where', async () => {
    const window = await walk.open('desktop');
    await window.go('/');
    await window.sees('The service is running.');
    await window.look('start-page');
    walk.doors = (await readDoors(window)) satisfies Doors;
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Trouble ? `\n${error.message}\n` : error);
  process.exitCode = 1;
} finally {
  closeConnections();
}
