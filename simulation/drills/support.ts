import {type Client, createClient} from '../client.ts';
import {type WorldClock, worldClock} from '../clock.ts';
import {type Reply, send} from '../http.ts';
import {createProgress, type Progress} from '../progress.ts';
import {startOwn, type System} from '../system.ts';
import {createTally} from '../tally.ts';
import {carrierControl} from '../world/carrier.ts';
import type {Crew} from '../world/crew.ts';
import {createFloor} from '../world/floor.ts';
import {inventedCatalogue} from '../world/invented-catalogue.ts';
import type {Layout} from '../world/plan.ts';
import {priceBook} from '../world/value.ts';
import {randomStream} from '../random.ts';

/** The number behind `--name`, or `byDefault`. */
export function numberOf(args: readonly string[], name: string, byDefault: number, least = 1): number {
  const at = args.indexOf(`--${name}`);
  const value = at < 0 ? byDefault : Number(args[at + 1]);
  if (!Number.isInteger(value) || value < least) throw new Error(`--${name} must be a whole number from ${least} on`);
  return value;
}

/** Products of the invented shop that are plenty everywhere. */
export const ORDINARY = Array.from({length: 20}, (_, i) => `SIM-${String(i + 1).padStart(3, '0')}`);

export interface Ground {
  system: System;
  client: Client;
  clock: WorldClock;
  progress: Progress;
  /** answers that were asked for again, by status; 0 is none at all */
  retries: Record<string, number>;
  /** the same, each as it came */
  putOff: Reply[];
}

/** A fresh system on an ordinary clock; `work` has it to itself, afterwards it is gone. */
export async function onOwnGround<T>(
  work: (ground: Ground) => Promise<T>,
  given: {workers?: number; speed?: number} = {},
): Promise<T> {
  const progress = createProgress();
  const system = await startOwn({speed: 1, ...given});
  try {
    const clock = worldClock(system.clock);
    const retries: Record<string, number> = {};
    const putOff: Reply[] = [];
    const onRetry = (status: number, reply: Reply) => {
      retries[status] = (retries[status] ?? 0) + 1;
      putOff.push(reply);
    };
    const client = createClient({api: system.urls.api, keys: system.keys, clock, onRetry});
    return await work({system, clock, progress, retries, putOff, client});
  } finally {
    await system.own?.discard();
  }
}

/** People who can move orders along, in this shop. */
export function crewOn(
  {client, clock, system}: Pick<Ground, 'client' | 'clock' | 'system'>,
  layout: Layout,
  {seed, tag}: {seed: number; tag: string},
): Crew {
  if (!system.urls.carrier) throw new Error('there is no carrier emulator: parcels cannot be moved');
  return {
    client,
    clock,
    tally: createTally(),
    floor: createFloor(client, clock),
    carrier: carrierControl(system.urls.carrier, clock),
    prices: priceBook(layout),
    random: randomStream(seed, tag),
    tag,
    began: clock.now(),
  };
}

/** A product for a drill, of which there are so many units, all in one place: the first, unless another is named. */
export interface Extra {
  sku: string;
  units: number;
  /** its position, or its name */
  place?: number | string;
  weight_g?: number;
}

export function shopWith(more: readonly Extra[]): Layout {
  const {layout} = inventedCatalogue(randomStream(1, 'drill'), 1_000);
  const like = layout.products[0];
  const places = [...new Map(layout.bins.map((bin) => [bin.warehouse, bin])).values()];
  for (const {sku, units, place = 0, weight_g} of more) {
    const bin = places.find(({warehouse}, i) => i === place || warehouse === place);
    if (!like || !bin) throw new Error(`the invented shop has no place ${place}`);
    const own = {name: 'Hot item', barcode: `DRILL-${sku}`, backorderable: false, ...(weight_g && {weight_g})};
    const body = {...like.body, ...own};
    // cheap: hundreds of them in one order are no reason for a person to look at it
    layout.products.push({sku, body: {...body, price: {...body.price, amount: 100}}});
    layout.stock.push({warehouse: bin.warehouse, sku, qty: units, bin: bin.bin});
  }
  return layout;
}

export interface StripeHold {
  id: string;
  status: string;
  amount: number;
  metadata?: Record<string, string>;
}

/** Holds in the payment provider's own books that still bind money. */
export async function liveHolds(system: System): Promise<StripeHold[]> {
  return (await allHolds(system)).filter(({status}) => status === 'requires_capture');
}

/** Every hold that was ever asked for, whatever became of it. */
export async function allHolds(system: System): Promise<StripeHold[]> {
  const {body} = await send({method: 'GET', url: `${system.urls.stripe}/_control/ledger`});
  const holds = (body as {holds?: StripeHold[]}).holds;
  if (!holds) throw new Error('the ledger of the payment provider lists no holds');
  return holds;
}

/** Looks until `test` holds or `ms` have passed; the last value either way. */
export async function settled<T>(look: () => Promise<T>, test: (value: T) => boolean, ms = 30_000): Promise<T> {
  const began = Date.now();
  for (;;) {
    const value = await look();
    if (test(value) || Date.now() - began > ms) return value;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

export function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Whole milliseconds under which 99 of 100 answers stayed. */
export const p99 = (answers: readonly {ms: number}[]) => quantile(answers, 0.99);
export const p50 = (answers: readonly {ms: number}[]) => quantile(answers, 0.5);

function quantile(answers: readonly {ms: number}[], share: number): number {
  const sorted = answers.map(({ms}) => ms).sort((a, b) => a - b);
  return Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);
}
