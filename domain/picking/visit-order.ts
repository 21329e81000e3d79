import {serpentine, type WalkStop} from '../warehouse/walk.ts';
import type {Ways} from './distance.ts';
import {at, type Spot} from './layout.ts';
import {shortestWalk} from './shortest-walk.ts';

/** Where a stop is on the floor; null when its aisle is not there or nobody knows its y. */
export function spotOf({floor}: Ways, aisle: string, y: number | null): Spot | null {
  const index = floor.layout.aisles.findIndex(({name}) => name === aisle);
  if (index < 0 || y === null) return null;
  const {from, to} = at(floor.layout.aisles, index);
  return {aisle: index, y: Math.min(to, Math.max(from, y))};
}

/**
 * The stops in the order of the shortest walk; those at one place in natural order of rack, shelf and bin. Stops whose
 * place is not known come last, in serpentine order.
 * @param yOf of a stop's bin, in millimetres
 */
export function visitOrder<T extends WalkStop>(ways: Ways, stops: readonly T[], yOf: (stop: T) => number | null): T[] {
  const placed: {stop: T; spot: Spot}[] = [];
  const lost: T[] = [];
  for (const stop of serpentine(stops)) {
    const spot = spotOf(ways, stop.aisle, yOf(stop));
    if (spot) placed.push({stop, spot});
    else lost.push(stop);
  }
  const {order} = shortestWalk(
    ways,
    placed.map(({spot}) => spot),
  );
  return [...order.map((i) => at(placed, i).stop), ...lost];
}
