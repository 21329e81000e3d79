import {fileURLToPath} from 'node:url';
import type {System} from '../../simulation/system.ts';
import {type Browser, chromium} from 'playwright-core';
import {layOut} from '../../simulation/world/lay-out.ts';
import type {Benchmark} from '../main.ts';
import {crewOf, layoutOf, orderBody, seen, skusOf} from '../stage.ts';
import {pageSizes, SCRIPT_LIMIT} from './sizes.ts';

/** Seconds until what a page is for can be read, on this machine. */
const PAINT_LIMIT = 1.5;
const ROUNDS = 5;
const PROGRAM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const BUILT = fileURLToPath(new URL('../../pages', import.meta.url));

/** Pages with what makes each useful; the customer's is that of an order that was accepted. */
const PAGES: readonly [path: string, useful: string][] = [
  ['/', 'h1'],
  ['/desk', 'form h1'],
  ['/floor', '#app h1'],
  ['/track', '#customer h1'],
];

/** Script each page loads, and how soon it can be read: every round in a browser that has seen nothing yet. */
export async function pages(system: System): Promise<Benchmark> {
  const sizes = pageSizes(BUILT);
  const browser = await chromium.launch({
    executablePath: PROGRAM,
    args: ['--no-sandbox', '--disable-gpu'],
    headless: true,
  });
  const paints: Record<string, number> = {};
  const tracking = new URL(await trackedOrder(system)).pathname;
  for (const [path, useful] of PAGES) {
    const address = path === '/track' ? tracking : path;
    paints[path] = await paintOf(browser, system.urls.api + address, useful);
  }
  await browser.close();
  const baseline = paints['/'] ?? 0;
  const value = Math.max(...Object.values(paints));
  const heavy = sizes.filter(({script}) => script > SCRIPT_LIMIT).map(({page}) => `${page} loads too much script`);
  const slow = Object.keys(paints).filter((path) => (paints[path] ?? 0) > PAINT_LIMIT);
  const faults = [...heavy, ...slow.map((path) => `${path} is read too late`)];
  return {
    figure: {name: 'pages', value, unit: 's to the first useful paint', baseline, ratio: value / baseline},
    lines: [
      ...sizes.map(({page, script}) => `${page}: ${(script / 1_024).toFixed(1)} kB of script, compressed`),
      ...Object.entries(paints).map(
        ([path, seconds]) => `${path}: read after ${seconds.toFixed(2)} s (median of ${ROUNDS})`,
      ),
    ],
    ...(faults.length > 0 && {failure: faults.join('; ')}),
  };
}

/** Where the customer of an order from one warehouse looks. */
async function trackedOrder(system: System): Promise<string> {
  const spot = {name: 'ONE', lat: 40.7, lng: -74, products: 1};
  const layout = layoutOf('PAGES', [spot], 5);
  const crew = crewOf(system, layout, 'PAGES');
  await layOut(crew.client, layout, 'pages', () => undefined);
  const lines = skusOf(crew.tag, spot).map((sku) => ({sku, qty: 1}));
  const placed = await crew.client.placeOrder(orderBody(crew.tag, lines), 'pages');
  if (placed.kind === 'refused') throw new Error(`the order was refused: ${placed.problem.detail ?? placed.status}`);
  const order = await seen(crew, placed.order.order_id, (view) => view.sub_orders.length > 0);
  return order.tracking_url;
}

/** Median seconds from the click to the frame in which `useful` is there. */
async function paintOf(browser: Browser, url: string, useful: string): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({viewport: {width: 390, height: 844}});
    const page = await context.newPage();
    await page.goto(url, {waitUntil: 'commit'});
    await page.waitForSelector(useful);
    const ms = await page.evaluate<number>(
      'new Promise((done) => requestAnimationFrame(() => done(performance.now())))',
    );
    rounds.push(ms / 1_000);
    await context.close();
  }
  return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}
