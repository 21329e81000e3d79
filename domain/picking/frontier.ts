import {at} from './layout.ts';

/**
 * What the part of a walk to the left of an aisle looks like from that aisle: for every cross aisle whether its junction
 * is untouched, or touched an even or odd number of times, and which touched ones are joined on the left. These are the
 * equivalence classes of H. D. Ratliff and A. S. Rosenthal, "Order-picking in a rectangular warehouse: a solvable case
 * of the traveling salesman problem", Operations Research 31(3), 1983, for one block, and of K. J. Roodbergen and
 * R. de Koster, "Routing order pickers in a warehouse with a middle aisle", EJOR 133(1), 2001, for two; they are worked
 * out here instead of listed, so that any number of blocks has them.
 */
export interface Frontier {
  size: number;
  /** by row: the class once something is fetched from that junction and brought back to it */
  touch: readonly Int32Array[];
  /** by row: the class once the aisle is walked once, twice, between this row and the next */
  once: readonly Int32Array[];
  twice: readonly Int32Array[];
  /** by class: how often each cross aisle may be walked to the next aisle, and the class there */
  across: readonly (readonly Crossing[])[];
  /** by class: 1 when it is one closed walk, 2 when nothing is walked yet, 0 otherwise */
  closed: Uint8Array;
}

export interface Crossing {
  next: number;
  times: readonly (0 | 1 | 2)[];
}

/** By row: 0 untouched, else twice the component (from 1) and 1 more when odd. */
type Class = readonly number[];

const known = new Map<number, Frontier>();

/** The classes of a floor with that many cross aisles; class 0 is "nothing walked yet". */
export function frontierOf(rows: number): Frontier {
  const found = known.get(rows) ?? workOut(rows);
  known.set(rows, found);
  return found;
}

function workOut(rows: number): Frontier {
  const classes: Class[] = [Array.from({length: rows}, () => 0)];
  const indexes = new Map<string, number>([[at(classes, 0).join(), 0]]);
  const indexOf = (raw: Class): number => {
    const canonical = renumber(raw);
    const key = canonical.join();
    const found = indexes.get(key) ?? classes.push(canonical) - 1;
    indexes.set(key, found);
    return found;
  };
  const tables = {touch: listOf(rows), once: listOf(rows - 1), twice: listOf(rows - 1)};
  const across: Crossing[][] = [];
  for (let i = 0; i < classes.length; i += 1) {
    const state = at(classes, i);
    for (let row = 0; row < rows; row += 1) at(tables.touch, row).push(indexOf(touched(state, row)));
    for (let row = 0; row < rows - 1; row += 1) {
      at(tables.once, row).push(indexOf(joined(state, row, 1)));
      at(tables.twice, row).push(indexOf(joined(state, row, 0)));
    }
    across.push(crossings(state).map(({after, times}) => ({next: indexOf(after), times})));
  }
  const tight = (lists: number[][]) => lists.map((list) => Int32Array.from(list));
  return {
    size: classes.length,
    touch: tight(tables.touch),
    once: tight(tables.once),
    twice: tight(tables.twice),
    across,
    closed: Uint8Array.from(classes, closedness),
  };
}

const listOf = (length: number): number[][] => Array.from({length}, () => []);

const componentOf = (cell: number): number => cell >> 1;

function touched(state: Class, row: number): Class {
  if (state[row] !== 0) return state;
  const fresh = Math.max(...state.map(componentOf)) + 1;
  return state.with(row, 2 * fresh);
}

/** Joins two neighbouring junctions; `flip` 1 when each is touched an odd number of times more. */
function joined(state: Class, row: number, flip: 0 | 1): Class {
  const both = touched(touched(state, row), row + 1);
  const keep = componentOf(at(both, row));
  const gone = componentOf(at(both, row + 1));
  return both.map((cell, i) => {
    const kept = componentOf(cell) === gone ? 2 * keep + (cell & 1) : cell;
    return i === row || i === row + 1 ? kept ^ flip : kept;
  });
}

/** Every way on to the next aisle that leaves each junction even and loses nothing that was walked. */
function crossings(state: Class): {after: Class; times: (0 | 1 | 2)[]}[] {
  let ways: (0 | 1 | 2)[][] = [[]];
  for (const cell of state) {
    const options: (0 | 1 | 2)[] = cell === 0 ? [0] : cell & 1 ? [1] : [0, 2];
    ways = ways.flatMap((way) => options.map((times) => [...way, times]));
  }
  return ways.flatMap((times) => {
    const after = state.map((cell, row) => (times[row] === 0 ? 0 : 2 * componentOf(cell) + (at(times, row) & 1)));
    const left = new Set(after.map(componentOf));
    return state.every((cell) => left.has(componentOf(cell)) || cell === 0) ? [{after, times}] : [];
  });
}

function closedness(state: Class): number {
  if (state.every((cell) => cell === 0)) return 2;
  const components = new Set(state.filter((cell) => cell !== 0).map(componentOf));
  return components.size === 1 && state.every((cell) => (cell & 1) === 0) ? 1 : 0;
}

/** Components numbered in the order in which they appear. */
function renumber(state: Class): Class {
  const names = new Map<number, number>();
  return state.map((cell) => {
    if (cell === 0) return 0;
    const name = names.get(componentOf(cell)) ?? names.size + 1;
    names.set(componentOf(cell), name);
    return 2 * name + (cell & 1);
  });
}
