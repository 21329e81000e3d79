import {at} from './layout.ts';
import {seeded} from './random.ts';

/** Lengths between n places, row by row, which may differ from those the other way. */
export interface Directed {
  size: number;
  between: Float64Array;
}

/** Up to here every order is weighed. */
const EXACT_UP_TO = 11;
const LONGEST_SEGMENT = 3;
const TINY = 1e-7;

/**
 * A short closed tour from place 0 past all others: the shortest (M. Held and R. M. Karp, "A dynamic programming approach
 * to sequencing problems", SIAM 10(1), 1962) up to ten others; beyond, cheapest insertion, moves of up to three in a row,
 * and double bridges that a seed draws.
 */
export function searchDirected(lengths: Directed, {kicks, seed}: {kicks: number; seed: number}): number[] {
  if (lengths.size <= EXACT_UP_TO) return heldKarp(lengths);
  const random = seeded(seed);
  let best = moveSegments(lengths, cheapestInsertion(lengths));
  let shortest = directedLength(lengths, best);
  for (let i = 0; i < kicks; i += 1) {
    const tried = moveSegments(lengths, doubleBridge(best, random));
    const long = directedLength(lengths, tried);
    if (long > shortest) continue;
    best = tried;
    shortest = long;
  }
  return best;
}

const along = ({size, between}: Directed, a: number, b: number): number => between[a * size + b] as number;

export function directedLength(lengths: Directed, order: readonly number[]): number {
  return order.reduce((sum, place, i) => sum + along(lengths, place, at(order, (i + 1) % order.length)), 0);
}

/** The shortest closed tour of all; for a dozen places at most. */
export function heldKarp(lengths: Directed): number[] {
  const others = lengths.size - 1;
  if (others < 1) return [0];
  const full = (1 << others) - 1;
  const cost = new Float64Array((full + 1) * others).fill(Infinity);
  const before = new Int8Array((full + 1) * others).fill(-1);
  for (let i = 0; i < others; i += 1) cost[(1 << i) * others + i] = along(lengths, 0, i + 1);
  for (let set = 1; set <= full; set += 1) {
    for (let last = 0; last < others; last += 1) {
      const sofar = cost[set * others + last] as number;
      if (sofar === Infinity) continue;
      for (let next = 0; next < others; next += 1) {
        if (set & (1 << next)) continue;
        const to = (set | (1 << next)) * others + next;
        const longer = sofar + along(lengths, last + 1, next + 1);
        if (longer >= (cost[to] as number)) continue;
        cost[to] = longer;
        before[to] = last;
      }
    }
  }
  const home = (last: number) => at(cost, full * others + last) + along(lengths, last + 1, 0);
  let last = 0;
  for (let i = 1; i < others; i += 1) if (home(i) < home(last)) last = i;
  const order: number[] = [];
  for (let set = full; last >= 0; ) {
    order.unshift(last + 1);
    const previous = at(before, set * others + last);
    set &= ~(1 << last);
    last = previous;
  }
  return [0, ...order];
}

function cheapestInsertion(lengths: Directed): number[] {
  const order = [0];
  for (let place = 1; place < lengths.size; place += 1) {
    let best = {at: 1, extra: Infinity};
    for (let i = 0; i < order.length; i += 1) {
      const [a, b] = [at(order, i), at(order, (i + 1) % order.length)];
      const extra = along(lengths, a, place) + along(lengths, place, b) - along(lengths, a, b);
      if (extra < best.extra) best = {at: i + 1, extra};
    }
    order.splice(best.at, 0, place);
  }
  return order;
}

/** Moves up to three places in a row elsewhere, as long as that shortens the tour. Place 0 stays first. */
function moveSegments(lengths: Directed, start: readonly number[]): number[] {
  let order = [...start];
  for (let better = true; better; ) {
    better = false;
    for (let size = 1; size <= LONGEST_SEGMENT && !better; size += 1) {
      for (let from = 1; from + size <= order.length && !better; from += 1) {
        const moved = bestPlaceFor(lengths, order, from, size);
        if (!moved) continue;
        order = moved;
        better = true;
      }
    }
  }
  return order;
}

function bestPlaceFor(lengths: Directed, order: readonly number[], from: number, size: number): number[] | null {
  const n = order.length;
  const [first, last] = [at(order, from), at(order, from + size - 1)];
  const [before, after] = [at(order, from - 1), at(order, (from + size) % n)];
  const saved = along(lengths, before, first) + along(lengths, last, after) - along(lengths, before, after);
  let best = {at: -1, gain: TINY};
  for (let i = 0; i < n; i += 1) {
    if (i >= from - 1 && i < from + size) continue;
    const [a, b] = [at(order, i), at(order, (i + 1) % n)];
    const gain = saved + along(lengths, a, b) - along(lengths, a, first) - along(lengths, last, b);
    if (gain > best.gain) best = {at: i, gain};
  }
  if (best.at < 0) return null;
  const segment = order.slice(from, from + size);
  const rest = order.toSpliced(from, size);
  return rest.toSpliced(best.at < from ? best.at + 1 : best.at - size + 1, 0, ...segment);
}

function doubleBridge(order: readonly number[], random: () => number): number[] {
  const cuts = Array.from({length: 3}, () => 1 + Math.floor(random() * (order.length - 1))).sort((a, b) => a - b);
  const [a, b, c] = [at(cuts, 0), at(cuts, 1), at(cuts, 2)];
  return [...order.slice(0, a), ...order.slice(b, c), ...order.slice(a, b), ...order.slice(c)];
}
