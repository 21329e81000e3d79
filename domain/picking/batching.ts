import {at, type Spot} from './layout.ts';
import {seeded} from './random.ts';

/** An order that goes onto one cart as a whole. */
export interface Load {
  spots: readonly Spot[];
  /** what it takes of the cart */
  size: number;
}

/** Orders that share a cart, as indexes into the loads. */
export interface Batch {
  loads: number[];
  size: number;
  /** millimetres of its walk */
  length: number;
}

export interface BatchRules {
  /** what fits onto a cart */
  capacity: number;
  /** walks that may be measured for improving what the savings have made */
  measures: number;
  seed: number;
}

/** Measures walks and remembers them. */
interface Measure {
  of: (loads: readonly number[]) => number;
  made: () => number;
}

/**
 * Puts orders onto carts so that the walks are short in total: savings (G. Clarke and J. W. Wright 1964, with savings
 * computed anew after each merger, as in M. B. M. de Koster, E. S. van der Poort and M. Wolters, "Efficient orderbatching
 * methods in warehouses", IJPR 37(7), 1999), then orders moved and exchanged between carts, then again and again a few
 * carts taken apart and filled anew, kept when that is no longer. A load that is larger than a cart has one of its own.
 */
export function batchLoads(
  loads: readonly Load[],
  rules: BatchRules,
  walk: (spots: readonly Spot[]) => number,
): Batch[] {
  const measure = measureOf(loads, walk);
  const alone = loads.map((load, i) => ({loads: [i], size: load.size, length: measure.of([i])}));
  let best = improve(loads, merge(alone, rules, measure), rules, measure);
  const random = seeded(rules.seed);
  const limit = measure.made() + rules.measures;
  for (let tries = 0; tries < rules.measures && measure.made() < limit && best.length > 1; tries += 1) {
    const tried = improve(loads, rebuild(loads, best, rules, measure, random), rules, measure);
    if (totalLength(tried) <= totalLength(best)) best = tried;
  }
  return best;
}

export const totalLength = (batches: readonly Batch[]): number => batches.reduce((sum, b) => sum + b.length, 0);

function measureOf(loads: readonly Load[], walk: (spots: readonly Spot[]) => number): Measure {
  const known = new Map<string, number>();
  return {
    of: (members) => {
      const key = members.toSorted((a, b) => a - b).join();
      const length = known.get(key) ?? walk(members.flatMap((i) => at(loads, i).spots));
      known.set(key, length);
      return length;
    },
    made: () => known.size,
  };
}

/** Merges the two batches that save most by going together, until no two save anything. */
function merge(start: readonly Batch[], {capacity}: BatchRules, measure: Measure): Batch[] {
  const batches = [...start];
  const together = (a: Batch, b: Batch): Batch | null => {
    if (a.size + b.size > capacity) return null;
    const members = [...a.loads, ...b.loads];
    return {loads: members, size: a.size + b.size, length: measure.of(members)};
  };
  const pairs = new Map<Batch, Map<Batch, Batch>>();
  const pairUp = (a: Batch, others: readonly Batch[]): void => {
    const mine = new Map<Batch, Batch>();
    for (const b of others) {
      const both = together(a, b);
      if (both && both.length <= a.length + b.length) mine.set(b, both);
    }
    pairs.set(a, mine);
  };
  for (const [i, batch] of batches.entries()) pairUp(batch, batches.slice(i + 1));
  for (;;) {
    let best: {a: Batch; b: Batch; both: Batch; saved: number} | null = null;
    for (const [a, mine] of pairs) {
      for (const [b, both] of mine) {
        const saved = a.length + b.length - both.length;
        if (!best || saved > best.saved) best = {a, b, both, saved};
      }
    }
    if (!best) return batches;
    const {a, b, both} = best;
    for (const gone of [a, b]) {
      batches.splice(batches.indexOf(gone), 1);
      pairs.delete(gone);
      for (const mine of pairs.values()) mine.delete(gone);
    }
    pairUp(both, batches);
    batches.push(both);
  }
}

/** Moves and exchanges orders between batches while that shortens the walks. */
function improve(loads: readonly Load[], start: readonly Batch[], rules: BatchRules, measure: Measure): Batch[] {
  const batches = start.map((b) => ({...b, loads: [...b.loads]}));
  for (let better = true; better; ) {
    better = false;
    for (let i = 0; i < batches.length; i += 1) {
      for (let j = 0; j < i; j += 1) {
        if (tradeBetween(loads, at(batches, i), at(batches, j), rules, measure)) better = true;
      }
    }
  }
  return batches.filter((b) => b.loads.length > 0);
}

/** Tries each order of one batch in the other, alone or for one of its own; takes what is shorter at once. */
function tradeBetween(loads: readonly Load[], a: Batch, b: Batch, {capacity}: BatchRules, measure: Measure): boolean {
  let better = false;
  const trade = (fromA: number | null, fromB: number | null): boolean => {
    const sizeOf = (load: number | null) => (load === null ? 0 : at(loads, load).size);
    const shift = sizeOf(fromB) - sizeOf(fromA);
    if ((shift > 0 && a.size + shift > capacity) || (shift < 0 && b.size - shift > capacity)) return false;
    const without = (batch: Batch, gone: number | null, come: number | null) => [
      ...batch.loads.filter((load) => load !== gone),
      ...(come === null ? [] : [come]),
    ];
    const [newA, newB] = [without(a, fromA, fromB), without(b, fromB, fromA)];
    const lengthA = measure.of(newA);
    if (lengthA >= a.length + b.length) return false;
    const lengthB = measure.of(newB);
    if (lengthA + lengthB >= a.length + b.length - 1e-6) return false;
    Object.assign(a, {loads: newA, size: a.size + shift, length: lengthA});
    Object.assign(b, {loads: newB, size: b.size - shift, length: lengthB});
    better = true;
    return true;
  };
  for (const one of [...a.loads]) if (a.loads.includes(one)) trade(one, null);
  for (const other of [...b.loads]) if (b.loads.includes(other)) trade(null, other);
  for (const one of [...a.loads]) {
    for (const other of [...b.loads]) {
      if (a.loads.includes(one) && b.loads.includes(other)) trade(one, other);
    }
  }
  return better;
}

/** Takes two or three batches apart and fills carts anew, in a random order of their loads. */
function rebuild(
  loads: readonly Load[],
  batches: readonly Batch[],
  rules: BatchRules,
  measure: Measure,
  random: () => number,
): Batch[] {
  const drawn = new Set<number>();
  const wanted = Math.min(batches.length, 2 + Math.floor(random() * 2));
  while (drawn.size < wanted) drawn.add(Math.floor(random() * batches.length));
  const loose = [...drawn].flatMap((i) => at(batches, i).loads);
  for (let i = loose.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [loose[i], loose[j]] = [at(loose, j), at(loose, i)];
  }
  const fresh: Batch[] = [];
  for (const load of loose) placeBest(fresh, load, at(loads, load).size, rules, measure);
  return [...batches.filter((_, i) => !drawn.has(i)), ...fresh];
}

function placeBest(batches: Batch[], load: number, size: number, {capacity}: BatchRules, measure: Measure): void {
  let best: {batch: Batch | null; length: number; extra: number} = {
    batch: null,
    length: measure.of([load]),
    extra: measure.of([load]),
  };
  for (const batch of batches) {
    if (batch.size + size > capacity) continue;
    const length = measure.of([...batch.loads, load]);
    if (length - batch.length < best.extra) best = {batch, length, extra: length - batch.length};
  }
  const {batch, length} = best;
  if (batch) Object.assign(batch, {loads: [...batch.loads, load], size: batch.size + size, length});
  else batches.push({loads: [load], size, length});
}
