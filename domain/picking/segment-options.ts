import type {Floor} from './floor.ts';
import type {Frontier} from './frontier.ts';
import {at} from './layout.ts';

/** A stretch of a walk between junctions, or from one and back to it when `to` is null. */
export interface Leg {
  from: Junction;
  to: Junction | null;
  /** y of the spots on it, in walking order from `from` */
  past: readonly number[];
  often: 1 | 2;
}

export interface Junction {
  column: number;
  row: number;
}

/** One way to serve a segment of an aisle. */
export interface Option {
  cost: number;
  /** tables that lead from the class before to the class after, in turn */
  moves: (frontier: Frontier) => readonly Int32Array[];
  legs: () => Leg[];
}

const nothing: Option = {cost: 0, moves: () => [], legs: () => []};

/**
 * The choices for each segment of a column that leaves one: not at all where nothing is due, once through, twice
 * through, from below, from above, or from both with the largest gap between left out. No other can be part of a
 * shortest walk (Ratliff and Rosenthal 1983).
 */
export function optionsOf(floor: Floor, column: number, ys: readonly number[]): Option[][] {
  const {first, last, depot, aisle} = at(floor.columns, column);
  const lists: Option[][] = [];
  if (depot !== null) lists.push([{cost: 0, moves: ({touch}) => [at(touch, depot)], legs: () => []}]);
  if (aisle === null) return lists;
  const cross = floor.layout.cross_aisles;
  const bottom = at(cross, first);
  const top = at(cross, last);
  const below = ys.filter((y) => y < bottom);
  const above = ys.filter((y) => y > top);
  if (below.length > 0) lists.push([fromAbove({column, row: first}, bottom, below)]);
  if (above.length > 0) lists.push([fromBelow({column, row: last}, top, above)]);
  if (first === last && ys.includes(top)) lists.push([fromBelow({column, row: first}, top, [top])]);
  for (let row = first; row < last; row += 1) {
    const low = at(cross, row);
    const high = at(cross, row + 1);
    const due = ys.filter((y) => y >= low && (y < high || (y === high && row + 1 === last)));
    lists.push(withinBlock({column, row}, low, high, due));
  }
  return lists;
}

function withinBlock(at0: Junction, low: number, high: number, due: readonly number[]): Option[] {
  const {column, row} = at0;
  const above = {column, row: row + 1};
  const through = (often: 1 | 2): Option => ({
    cost: often * (high - low),
    moves: (frontier) => [at(often === 1 ? frontier.once : frontier.twice, row)],
    legs: () => [{from: at0, to: above, past: due, often}],
  });
  if (due.length === 0) return [nothing, through(1), through(2)];
  const options = [through(1), through(2), fromBelow(at0, low, due), fromAbove(above, high, due)];
  const gap = largestGap(due);
  if (gap > 0) {
    const [lower, upper] = [fromBelow(at0, low, due.slice(0, gap)), fromAbove(above, high, due.slice(gap))];
    options.push({
      cost: lower.cost + upper.cost,
      moves: (frontier) => [...lower.moves(frontier), ...upper.moves(frontier)],
      legs: () => [...lower.legs(), ...upper.legs()],
    });
  }
  return options;
}

/** Index of the spot above the largest gap between two spots; 0 when there is only one spot. */
function largestGap(ys: readonly number[]): number {
  let best = 0;
  for (let i = 1; i < ys.length; i += 1) {
    if (best === 0 || at(ys, i) - at(ys, i - 1) > at(ys, best) - at(ys, best - 1)) best = i;
  }
  return best;
}

const fromBelow = (from: Junction, y: number, ys: readonly number[]): Option =>
  backAndForth(from, (ys.at(-1) ?? y) - y, ys);

const fromAbove = (from: Junction, y: number, ys: readonly number[]): Option =>
  backAndForth(from, y - (ys[0] ?? y), ys.toReversed());

const backAndForth = (from: Junction, depth: number, past: readonly number[]): Option => ({
  cost: 2 * depth,
  moves: ({touch}) => [at(touch, from.row)],
  legs: () => [{from, to: null, past, often: 2}],
});
