import {csvLine} from '../domain/text/csv.ts';
import {send} from '../simulation/http.ts';
import type {System} from '../simulation/system.ts';
import {layOut} from '../simulation/world/lay-out.ts';
import type {Benchmark} from './main.ts';
import {crewOf, layoutOf, orderBody, skusOf, type Spot} from './stage.ts';

const LINES = 20_000;
/** Shoppers who order one after the other, all the time. */
const SHOPPERS = 2;
const WARM_UP = 20;
/** Answers on which a figure stands, at least. */
const ENOUGH = 100;
const EAST: Spot = {name: 'east', lat: 40.72, lng: -74, products: 5};

/**
 * What an import of 20,000 products does to those who order meanwhile: the same shoppers go on all the time, first with
 * nothing beside them, then while the file is looked at and written, their own products in it.
 */
export async function importing(system: System): Promise<Benchmark> {
  const tag = `import-${Date.now().toString(36)}`;
  const layout = layoutOf(tag, [EAST], 1_000_000);
  await layOut(crewOf(system, layout, tag).client, layout, tag, () => undefined);
  const skus = skusOf(tag, EAST);
  const before = await shopWhile(system, {tag: `${tag}-a`, skus}, async (taken) =>
    until(() => taken() >= WARM_UP + ENOUGH),
  );
  let imports = 0;
  let seconds = 0;
  const during = await shopWhile(system, {tag: `${tag}-b`, skus}, async (taken) => {
    while (taken() < ENOUGH) {
      imports += 1;
      seconds += await importFile(system, fileOf(tag, skus, imports));
    }
  });
  return report(before.slice(WARM_UP), during, {imports, lines: LINES, seconds: Math.round(seconds / imports)});
}

/** Orders of shoppers for as long as the work takes; how long each waited for its answer, milliseconds. */
async function shopWhile(
  system: System,
  {tag, skus}: {tag: string; skus: readonly string[]},
  work: (taken: () => number) => Promise<void>,
): Promise<number[]> {
  const taken: number[] = [];
  let open = true;
  const shopper = async (who: number) => {
    for (let n = 0; open; n += 1) {
      const name = `${tag}-${who}-${n}`;
      const began = performance.now();
      await call(system, 'checkout', {
        path: '/v1/orders',
        body: orderBody(name, [{sku: skus[n % skus.length] ?? '', qty: 1}]),
        key: name,
      });
      taken.push(performance.now() - began);
    }
  };
  const shoppers = Array.from({length: SHOPPERS}, (_, who) => shopper(who));
  await work(() => taken.length);
  open = false;
  await Promise.all(shoppers);
  return taken;
}

async function until(enough: () => boolean): Promise<void> {
  while (!enough()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Each of them changes every line of the one before: another price. */
function fileOf(tag: string, skus: readonly string[], round: number): string {
  const header = 'sku,name,price,currency,weight_g,length_mm,width_mm,height_mm,barcode'.split(',');
  const others = Array.from({length: LINES - skus.length}, (_, i) => `${tag}-other-${i}`);
  const line = (sku: string) => [sku, `Thing ${sku}`, `${round}.99`, 'USD', '400', '100', '80', '60', sku];
  return [header, ...[...skus, ...others].map(line)].map((cells) => csvLine(cells)).join('');
}

/** Has a file looked at, then written; how many seconds that took. */
async function importFile(system: System, text: string): Promise<number> {
  const began = performance.now();
  const made = await call(system, 'ops', {path: '/v1/imports', body: {kind: 'products', file_name: 'goods.csv', text}});
  const {import_id, counts} = made as {import_id: string; counts: {new: number; changed: number}};
  if (counts.new + counts.changed !== LINES) throw new Error(`the file was read otherwise: ${JSON.stringify(counts)}`);
  await call(system, 'ops', {path: `/v1/imports/${import_id}/apply`, body: {mode: 'all'}});
  return (performance.now() - began) / 1_000;
}

interface Wish {
  path: string;
  body: object;
  key?: string;
}

async function call(system: System, role: string, {path, body, key}: Wish): Promise<unknown> {
  const headers = {
    authorization: `Bearer ${system.keys[role]}`,
    ...(key === undefined ? {} : {'idempotency-key': key}),
  };
  const answer = await send({method: 'POST', url: system.urls.api + path, headers, body, timeoutMs: 300_000});
  if (answer.status >= 300) throw new Error(`${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

function report(before: readonly number[], during: readonly number[], details: Record<string, number>): Benchmark {
  const [alone, beside] = [before, during].map(quantiles) as [Quantiles, Quantiles];
  const ratio = Math.round((beside.p95 / alone.p95) * 100) / 100;
  const row = (name: string, {n, p50, p95}: Quantiles) =>
    `${name.padEnd(28)} ${String(n).padStart(5)} orders ${String(p50).padStart(6)} ${String(p95).padStart(6)} ms`;
  return {
    figure: {
      ...{name: 'importing', value: beside.p95, unit: 'ms, p95 of POST /v1/orders', baseline: alone.p95, ratio},
      details: {...details, alone, beside},
    },
    lines: [
      `${SHOPPERS} shoppers; ${details['imports']} files of ${LINES} products, ${details['seconds']} s each`,
      `${''.padEnd(28)}              p50    p95`,
      row('nothing beside', alone),
      row('while a file is imported', beside),
      `${ratio} times`,
    ],
  };
}

interface Quantiles {
  n: number;
  p50: number;
  p95: number;
}

function quantiles(taken: readonly number[]): Quantiles {
  const sorted = [...taken].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
  return {n: sorted.length, p50: at(0.5), p95: at(0.95)};
}
