import {batchLoads, totalLength} from '../domain/picking/batching.ts';
import {planTours} from '../domain/picking/plan-tours.ts';
import {readyForWalks, walkLength} from '../domain/picking/shortest-walk.ts';
import {randomStream} from '../simulation/random.ts';
import type {Benchmark} from './main.ts';
import {drawSpots, plainFloor, warehouses} from './picking-data.ts';

/** Walks measured for each load when improving. */
const MEASURES_PER_LOAD = 60;
const SEED = 1;
/** As many as one wave takes at most. */
const WAVE_TASKS = 500;
const TOTES = 8;

/** Total walk of carts filled by batching, against carts filled first come, first served, and the savings known. */
export function batching(data: string | undefined): Benchmark {
  const sums = {walk: 0, first_come: 0, savings: 0, carts: 0};
  const lines: string[] = [];
  for (const {name, layout, loads, capacity, batch_savings} of warehouses(data)) {
    const ways = readyForWalks(layout);
    const walk = (spots: Parameters<typeof walkLength>[1]) => walkLength(ways, spots);
    const batches = batchLoads(loads, {capacity, measures: MEASURES_PER_LOAD * loads.length, seed: SEED}, walk);
    const length = totalLength(batches);
    sums.walk += length;
    sums.savings += batch_savings;
    sums.first_come += firstCome(loads, capacity).reduce(
      (sum, cart) => sum + walk(cart.flatMap((i) => loads[i]?.spots ?? [])),
      0,
    );
    sums.carts += batches.length;
    lines.push(
      `${name.padEnd(11)} ${metres(length)} m on ${batches.length} carts, known savings ${metres(batch_savings)} m`,
    );
  }
  const wave = timeOfWave();
  return {
    figure: {
      name: 'batching',
      value: metres(sums.walk),
      unit: 'm',
      baseline: metres(sums.first_come),
      ratio: Math.round((1_000 * sums.walk) / sums.first_come) / 1_000,
      details: {known_savings_m: metres(sums.savings), carts: sums.carts, ...wave},
    },
    lines: [...lines, `wave of ${WAVE_TASKS} tasks: ${wave.wave_ms} ms, ${wave.wave_longest_turn_ms} ms at a stretch`],
    ...(sums.walk > sums.savings ? {failure: 'longer than the savings known'} : {}),
  };
}

/** How long it takes to plan the tours of a large wave, and how long others wait for their turn meanwhile. */
function timeOfWave(): {wave_ms: number; wave_longest_turn_ms: number} {
  const layout = plainFloor(2);
  const random = randomStream(SEED, 'wave');
  const stops = Array.from({length: WAVE_TASKS}, (_, task) =>
    drawSpots(layout, 1 + (task % 4), random).map(({aisle, y}, i) => {
      return {stop_id: `${task}-${i}`, task_id: `${task}`, bin: '', aisle: `${aisle + 1}`, rack: '', shelf: '', y};
    }),
  ).flat();
  const turns = [performance.now()];
  for (const _tour of planTours(stops, {kind: 'batch', totes: TOTES}, readyForWalks(layout))) {
    turns.push(performance.now());
  }
  const lengths = turns.slice(1).map((end, i) => end - (turns[i] ?? end));
  return {
    wave_ms: Math.round(lengths.reduce((sum, ms) => sum + ms, 0)),
    wave_longest_turn_ms: Math.round(Math.max(...lengths)),
  };
}

function firstCome(loads: readonly {size: number}[], capacity: number): number[][] {
  const carts: {loads: number[]; size: number}[] = [];
  for (const [i, {size}] of loads.entries()) {
    const cart = carts.at(-1);
    if (cart && cart.size + size <= capacity) {
      cart.loads.push(i);
      cart.size += size;
    } else carts.push({loads: [i], size});
  }
  return carts.map((cart) => cart.loads);
}

const metres = (mm: number): number => Math.round(mm / 1_000);
