import {type Client, createClient} from '../client.ts';
import {type WorldClock, worldClock} from '../clock.ts';
import {send} from '../http.ts';
import {createProgress, type Progress} from '../progress.ts';
import {startOwn, type System} from '../system.ts';
import {inventedCatalogue} from '../world/invented-catalogue.ts';
import type {Layout} from '../world/plan.ts';
import {randomStream} from '../random.ts';

/** The number behind `--name`, or `byDefault`. */
export function numberOf(args: readonly string[], name: string, byDefault: number): number {
  const at = args.indexOf(`--${name}`);
  const value = at < 0 ? byDefault : Number(args[at + 1]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a positive whole number`);
  return value;
}

export interface Ground {
  system: System;
  client: Client;
  clock: WorldClock;
  progress: Progress;
}

/** A fresh system on an ordinary clock; `work` has it to itself, afterwards it is gone. */
export async function onOwnGround<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const progress = createProgress();
  const system = await startOwn({speed: 1});
  try {
    const clock = worldClock(system.clock);
    return await work({
      system,
      clock,
      progress,
      client: createClient({api: system.urls.api, keys: system.keys, clock}),
    });
  } finally {
    await system.own?.discard();
  }
}

/** The invented shop with one more product of which there are `units`, all in one place. */
export function shopWith(sku: string, units: number): Layout {
  const {layout} = inventedCatalogue(randomStream(1, 'drill'), 100);
  const like = layout.products[0];
  const bin = layout.bins[0];
  if (!like || !bin) throw new Error('the invented shop is empty');
  layout.products.push({sku, body: {...like.body, name: 'Hot item', barcode: `DRILL-${sku}`, backorderable: false}});
  layout.stock.push({warehouse: bin.warehouse, sku, qty: units, bin: bin.bin});
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
  const {body} = await send({method: 'GET', url: `${system.urls.stripe}/_control/ledger`});
  const holds = (body as {holds?: StripeHold[]}).holds;
  if (!holds) throw new Error('the ledger of the payment provider lists no holds');
  return holds.filter(({status}) => status === 'requires_capture');
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
