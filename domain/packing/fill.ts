import type {Kind} from './kinds.ts';
import type {Flat} from './levels.ts';
import {type Load, put} from './load.ts';
import {type Budget, bestBlock, firstFlat, LIKINGS, type Liking, lowest, snuggest} from './moves.ts';

/**
 * What different quick rules put into an empty box, each as much as it can. The first comes whatever the budget, so that
 * something is always put in.
 */
export function* quickFills(empty: Load, budget: Budget): Generator<Load> {
  const [first = [], ...orders] = ordersOf(empty.kinds);
  yield fillByKind(empty, first, lowest, {left: Number.POSITIVE_INFINITY});
  for (const liking of LIKINGS) if (budget.left > 0) yield fillByFlat(empty, liking, budget);
  for (const order of orders) if (budget.left > 0) yield fillByKind(empty, order, lowest, budget);
  for (const order of [first, ...orders]) if (budget.left > 0) yield fillByKind(empty, order, snuggest, budget);
}

/** Fills flat by flat with what is liked best until nothing fits. */
export function fillByFlat(start: Load, liking: Liking, budget: Budget): Load {
  let load = start;
  const dead = new Set<Flat>();
  const all = start.kinds.map((_, kind) => kind);
  while (budget.left > 0 && load.left.some((n) => n > 0)) {
    const flat = firstFlat(load.flats, dead);
    if (flat === null) break;
    const block = bestBlock(load, [flat], all, liking, budget);
    if (block === null) dead.add(flat);
    else load = put(load, block);
  }
  return load;
}

/** Puts in kind after kind, each where it is liked best; what does not fit is left out. */
function fillByKind(start: Load, order: readonly number[], liking: Liking, budget: Budget): Load {
  let load = start;
  for (const kind of order) {
    while (budget.left > 0 && (load.left[kind] ?? 0) > 0) {
      const block = bestBlock(load, load.flats, [kind], liking, budget);
      if (block === null) break;
      load = put(load, block);
    }
  }
  return load;
}

/** Largest first by volume, by the broadest face, by the longest edge, by weight; what bears nothing last. */
function ordersOf(kinds: readonly Kind[]): number[][] {
  const by = (value: (kind: Kind) => number) => {
    const values = kinds.map((kind) => value(kind) * (kind.fragile ? 1e-9 : 1));
    return kinds.map((_, k) => k).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
  };
  return [
    by(({volume}) => volume),
    by(({dims}) => Math.max(dims[0] * dims[1], dims[0] * dims[2], dims[1] * dims[2])),
    by(({dims}) => Math.max(...dims)),
    by(({grams}) => grams),
  ];
}
