import {serpentine, type WalkStop} from '../warehouse/walk.ts';
import {batchLoads} from './batching.ts';
import type {Ways} from './distance.ts';
import {at, type Spot} from './layout.ts';
import {lengthInOrder, walkLength} from './shortest-walk.ts';
import {spotOf, visitOrder} from './visit-order.ts';
import type {WaveKind} from './wave-rules.ts';

export interface TourStop extends WalkStop {
  stop_id: string;
  task_id: string;
  /** of its bin, in millimetres; null when nobody knows */
  y: number | null;
}

/** What one person with one cart walks. */
export interface PlannedTour {
  zone: string | null;
  /** in walking order, each with the tote of its task */
  stops: {stop_id: string; tote: string}[];
  /** millimetres from the depot and back; null on an unknown floor */
  walk_mm: number | null;
}

/** Walks that may be measured for each task when carts are filled. */
const MEASURES_PER_TASK = 20;
/** Tasks among which carts are filled: work grows with their square, and who is far apart seldom shares a cart. */
const NEIGHBOURS = 40;
const SEED = 1;

/**
 * Puts tasks onto carts: each on one of its own (`single`), as many as there are totes so that walks are short (`batch`),
 * or the same zone by zone (`zone`), where a task's stops go onto carts of their zones. Works while tours are asked for, a
 * few carts at a time, so that others may have a turn between.
 * @param ways null: nothing is known of the floor; carts are filled first come, first served
 */
export function* planTours(
  stops: readonly TourStop[],
  {kind, totes}: {kind: WaveKind; totes: number},
  ways: Ways | null,
): Generator<PlannedTour> {
  for (const [zone, group] of groupBy(stops, ({aisle}) => (kind === 'zone' ? zoneOf(ways, aisle) : null))) {
    for (const cart of fillCarts(group, kind === 'single' ? 1 : totes, ways)) yield toTour(zone, cart, ways);
  }
}

export function zoneOf(ways: Ways | null, aisle: string): string | null {
  return ways?.floor.layout.aisles.find(({name}) => name === aisle)?.zone ?? null;
}

/** What a tote is called: letters, which nobody takes for a quantity. */
export function toteName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : toteName(Math.floor(index / 26) - 1) + letter;
}

/** Stops by cart; the stops of one task stay together. */
function* fillCarts(stops: readonly TourStop[], totes: number, ways: Ways | null): Generator<TourStop[]> {
  const tasks = [...groupBy(stops, ({task_id}) => task_id).values()];
  if (!ways || totes === 1) {
    for (const cart of inPortions(tasks, totes)) yield cart.flat();
    return;
  }
  const sorted = tasks
    .map((task) => ({task, ...reachOf(spotsOf(ways, task))}))
    .sort((a, b) => a.far - b.far || a.near - b.near)
    .map(({task}) => task);
  for (const portion of inPortions(sorted, totes * Math.max(1, Math.floor(NEIGHBOURS / totes)))) {
    const loads = portion.map((task) => ({size: 1, spots: spotsOf(ways, task)}));
    const rules = {capacity: totes, measures: MEASURES_PER_TASK * portion.length, seed: SEED};
    const batches = batchLoads(loads, rules, (spots) => walkLength(ways, spots, 0));
    for (const batch of batches) yield batch.loads.flatMap((i) => at(portion, i));
  }
}

const inPortions = <T>(list: readonly T[], size: number): T[][] =>
  list.flatMap((_, i) => (i % size === 0 ? [list.slice(i, i + size)] : []));

function groupBy<T, K>(list: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of list) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** The last and the first aisle that it comes to; -1 where nothing is known. */
function reachOf(spots: readonly Spot[]): {far: number; near: number} {
  const aisles = spots.map(({aisle}) => aisle).sort((a, b) => a - b);
  return {far: aisles.at(-1) ?? -1, near: aisles[0] ?? -1};
}

const spotsOf = (ways: Ways, stops: readonly TourStop[]): Spot[] =>
  stops.flatMap(({aisle, y}) => spotOf(ways, aisle, y) ?? []);

function toTour(zone: string | null, cart: readonly TourStop[], ways: Ways | null): PlannedTour {
  const walked = ways ? visitOrder(ways, cart, ({y}) => y) : serpentine(cart);
  const tasks = [...new Set(walked.map(({task_id}) => task_id))];
  return {
    zone,
    stops: walked.map(({stop_id, task_id}) => ({stop_id, tote: toteName(tasks.indexOf(task_id))})),
    walk_mm: ways ? Math.round(lengthInOrder(ways, spotsOf(ways, walked))) : null,
  };
}
