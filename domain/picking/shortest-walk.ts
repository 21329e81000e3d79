import {searchDirected} from './directed-search.ts';
import {distance, type Stand, type Ways, waysOf} from './distance.ts';
import {exactLegs, exactLength, isExact} from './exact-walk.ts';
import {floorOf} from './floor.ts';
import {at, type Layout, type Spot} from './layout.ts';
import {searchTour} from './tour-search.ts';
import {walkOrder} from './walk-order.ts';

export interface Walk {
  /** indexes into the spots, in walking order; each once */
  order: number[];
  /** millimetres, from the depot and back to it */
  length: number;
  /** whether no walk is shorter */
  exact: boolean;
}

const SEED = 1;
/** Double bridges of a search, by place; fewer on one-way floors, where each costs more. */
const KICKS = 10;
const DIRECTED_KICKS = 15;

/** Makes a layout ready for any number of walks. */
export const readyForWalks = (layout: Layout): Ways => waysOf(floorOf(layout));

/** The shortest walk from the depot past all spots and back; a strong heuristic's where the exact one is out of reach. */
export function shortestWalk(ways: Ways, spots: readonly Spot[]): Walk {
  if (isExact(ways.floor)) {
    const {length, legs} = exactLegs(ways.floor, spots);
    return {order: walkOrder(ways.floor, legs, spots), length, exact: true};
  }
  const {distinct, alike} = withoutRepeats(spots);
  const found = searchWalk(ways, distinct);
  return {...found, order: found.order.flatMap((i) => at(alike, i))};
}

/**
 * Length of the shortest walk, or of the best one found where that is out of reach.
 * @param effort how long is looked for one there: 1 as for a walk that somebody goes, 0 to compare many
 */
export function walkLength(ways: Ways, spots: readonly Spot[], effort = 1): number {
  if (isExact(ways.floor)) return exactLength(ways.floor, spots);
  return searchWalk(ways, withoutRepeats(spots).distinct, effort).length;
}

/** Length in millimetres of the walk that comes past the spots in the order given. */
export function lengthInOrder(ways: Ways, spots: readonly Spot[]): number {
  let sum = 0;
  let from: Stand = 'depot';
  for (const spot of spots) {
    sum += distance(ways, from, spot);
    from = spot;
  }
  return sum + distance(ways, from, 'depot');
}

function searchWalk(ways: Ways, spots: readonly Spot[], effort = 1): Walk {
  const stands: Stand[] = ['depot', ...spots];
  const size = stands.length;
  const between = new Float64Array(size * size);
  for (const [i, from] of stands.entries()) {
    for (const [j, to] of stands.entries()) between[i * size + j] = i === j ? 0 : distance(ways, from, to);
  }
  const tour = ways.floor.two_way
    ? [...searchTour({size, between}, {kicks: effort * KICKS * size, seed: SEED})]
    : searchDirected({size, between}, {kicks: effort * DIRECTED_KICKS, seed: SEED});
  const home = tour.indexOf(0);
  const order = [...tour.slice(home + 1), ...tour.slice(0, home)].map((i) => i - 1);
  const length = lengthInOrder(
    ways,
    order.map((i) => at(spots, i)),
  );
  return {order, length, exact: false};
}

/** Each spot once, and the indexes of those that are the same. */
function withoutRepeats(spots: readonly Spot[]): {distinct: Spot[]; alike: number[][]} {
  const groups = new Map<string, number[]>();
  for (const [i, {aisle, y}] of spots.entries()) {
    const key = `${aisle}:${y}`;
    groups.set(key, [...(groups.get(key) ?? []), i]);
  }
  const alike = [...groups.values()];
  return {alike, distinct: alike.map((same) => at(spots, at(same, 0)))};
}
