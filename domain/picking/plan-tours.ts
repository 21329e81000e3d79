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
const SEED = 1;

/**
 * Puts tasks onto carts: each on one of its own (`single`), as many as there are totes so that walks are short (`batch`),
 * or the same zone by zone (`zone`), where a task's stops go onto carts of their zones.
 * @param ways null: nothing is known of the floor; carts are filled first come, first served
 */
export function planTours(
  stops: readonly TourStop[],
  {kind, totes}: {kind: WaveKind; totes: number},
  ways: Ways | null,
): PlannedTour[] {
  const groups = new Map<string | null, TourStop[]>();
  for (const stop of stops) {
    const zone = kind === 'zone' ? zoneOf(ways, stop.aisle) : null;
    groups.set(zone, [...(groups.get(zone) ?? []), stop]);
  }
  return [...groups].flatMap(([zone, group]) =>
    fillCarts(group, kind === 'single' ? 1 : totes, ways).map((cart) => toTour(zone, cart, ways)),
  );
}

export function zoneOf(ways: Ways | null, aisle: string): string | null {
  return ways?.floor.layout.aisles.find(({name}) => name === aisle)?.zone ?? null;
}

/** Stops by cart; the stops of one task stay together. */
function fillCarts(stops: readonly TourStop[], totes: number, ways: Ways | null): TourStop[][] {
  const byTask = new Map<string, TourStop[]>();
  for (const stop of stops) byTask.set(stop.task_id, [...(byTask.get(stop.task_id) ?? []), stop]);
  const tasks = [...byTask.values()];
  if (!ways) return tasks.flatMap((_, i) => (i % totes === 0 ? [tasks.slice(i, i + totes).flat()] : []));
  const loads = tasks.map((task) => ({size: 1, spots: spotsOf(ways, task)}));
  const rules = {capacity: totes, measures: MEASURES_PER_TASK * tasks.length, seed: SEED};
  const batches = batchLoads(loads, rules, (spots) => walkLength(ways, spots));
  return batches.map((batch) => batch.loads.flatMap((i) => at(tasks, i)));
}

const spotsOf = (ways: Ways, stops: readonly TourStop[]): Spot[] =>
  stops.flatMap(({aisle, y}) => spotOf(ways, aisle, y) ?? []);

function toTour(zone: string | null, cart: readonly TourStop[], ways: Ways | null): PlannedTour {
  const tasks = [...new Set(cart.map(({task_id}) => task_id))];
  const walked = ways ? visitOrder(ways, cart, ({y}) => y) : serpentine(cart);
  return {
    zone,
    stops: walked.map(({stop_id, task_id}) => ({stop_id, tote: String(tasks.indexOf(task_id) + 1)})),
    walk_mm: ways ? Math.round(lengthInOrder(ways, spotsOf(ways, walked))) : null,
  };
}
