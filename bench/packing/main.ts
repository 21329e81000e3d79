import {randomStream} from '../../simulation/random.ts';
import type {Benchmark} from '../main.ts';
import {anyOrder, cutFromOneBox} from './instances.ts';
import {CHEAPEST, FEWEST, type Measured, measure, percentile} from './measure.ts';
import {readOrders} from './real-orders.ts';
import {weighings} from './weighings.ts';

const SEED = 1;
const FULL_BOXES = 100;
/** How many of the full boxes must be refilled, by the pieces they were cut into. */
const REFILLED_AT_LEAST: Readonly<Record<number, number>> = {3: 97, 5: 95, 8: 80, 12: 60};
const RANDOM_CASES = 10_000;
const DOZENS = 1_000;
const P99_AT_MOST_MS = 30;

/** Cartons for real orders, full boxes refilled, random orders checked, and how long a dozen units take. */
export function packing(data: string | undefined): Benchmark {
  const lines: string[] = [];
  const bad: string[] = [];
  const judge = (good: boolean, line: string) => {
    lines.push(line);
    if (!good) bad.push(line);
  };
  // the first hundreds are slower: the engine still learns
  const warm = randomStream(SEED, 'packing/warm');
  for (let i = 0; i < 300; i += 1) measure(anyOrder(warm, 12, 1), CHEAPEST);

  const real = data === undefined ? null : realOrders(data);
  if (real) {
    const peer = real.peer === undefined ? 'nobody else' : `the peer ${real.peer}`;
    judge(
      real.cartons <= (real.peer ?? real.cartons),
      `${real.orders} real orders in ${real.cartons} cartons, ${peer}`,
    );
    judge(real.faults === 0, `${real.faults} faults in them; ${real.padded} cartons with padding`);
  } else {
    lines.push(`no real orders: ${data ? `${data} has no orders_items.csv` : 'name their folder with --data DIR'}`);
  }
  const full = Object.entries(REFILLED_AT_LEAST).map(([pieces, least]) => {
    const refilled = fullBoxes(Number(pieces));
    judge(refilled >= least, `cut into ${pieces}: ${refilled} of ${FULL_BOXES} boxes refilled, ${least} expected`);
    return [pieces, refilled] as const;
  });
  const cases = randomOrders();
  judge(cases.faults === 0, `${RANDOM_CASES} random orders in ${cases.cartons} parcels, ${cases.faults} with a fault`);
  const times = dozens();
  const [p50_ms, p99_ms] = [percentile(times, 0.5), percentile(times, 0.99)].map((ms) => Math.round(ms * 100) / 100);
  judge((p99_ms ?? 0) <= P99_AT_MOST_MS, `12 units: median ${p50_ms} ms, 99 of 100 within ${p99_ms} ms`);
  const weights = weighings(SEED, {history: 6_000, trial: 6_000});
  const {learnt, fixed_alike} = weights;
  judge(
    learnt.caught > fixed_alike.caught,
    `wrong parcels stopped by weight: ${percent(learnt.caught)} by learnt tolerances, ${percent(fixed_alike.caught)} by a fixed one that stops as many right ones (${percent(learnt.false_alarms)})`,
  );
  const [value, baseline] = [real?.cartons ?? cases.cartons, real?.peer ?? real?.cartons ?? cases.cartons];
  return {
    figure: {
      name: 'packing',
      value,
      unit: 'cartons',
      baseline,
      ratio: value / baseline,
      details: {
        real,
        refilled: Object.fromEntries(full),
        random: {cases: RANDOM_CASES, ...cases},
        p50_ms,
        p99_ms,
        weights,
      },
    },
    lines,
    ...(bad.length > 0 ? {failure: `not good enough: ${bad.join('; ')}`} : {}),
  };
}

const percent = (share: number) => `${Math.round(1_000 * share) / 10} %`;

function realOrders(dir: string) {
  const found = readOrders(dir);
  if (found === null) return null;
  const {orders, boxes, peer} = found;
  const pack = (fill_share: number) => sums(orders.map((items) => measure({items, boxes}, {...FEWEST, fill_share})));
  const [tight, padded] = [pack(1), pack(0.85)];
  return {orders: orders.length, ...tight, peer, padded: padded.cartons};
}

/** How many were packed into the one box they were cut from. */
function fullBoxes(pieces: number): number {
  const random = randomStream(SEED, `packing/full/${pieces}`);
  const all = Array.from({length: FULL_BOXES}, () => measure(cutFromOneBox(random, pieces), FEWEST));
  return all.filter(({parcels, faults}) => parcels.length === 1 && parcels[0]?.box_id && faults.length === 0).length;
}

function randomOrders() {
  const random = randomStream(SEED, 'packing/random');
  return sums(Array.from({length: RANDOM_CASES}, () => measure(anyOrder(random, random.whole(1, 12)), CHEAPEST)));
}

function dozens(): number[] {
  const random = randomStream(SEED, 'packing/dozens');
  return Array.from({length: DOZENS}, () => measure(anyOrder(random, 12, 1), CHEAPEST).ms);
}

function sums(all: readonly Measured[]): {cartons: number; faults: number} {
  return {
    cartons: all.reduce((sum, {parcels}) => sum + parcels.length, 0),
    faults: all.filter(({faults}) => faults.length > 0).length,
  };
}
