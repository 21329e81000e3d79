import {at, compareCandidates, evaluate} from './evaluate.ts';
import type {Candidate} from './evaluate.ts';
import type {Place, Problem} from './problem.ts';

/** Up to here every set of places is compared; more places are first pruned to as many. */
const MAX_CANDIDATES = 10;
/** Sets compared one by one after pruning are no larger; larger ones come from greedy cover and improvement. */
const MAX_PRUNED_SET = 3;
const MAX_ROUNDS = 20;

/**
 * The best set of places for the demand and the number of sets compared.
 * Exact (every set) up to 10 places; beyond, the best sets of up to 3 of the 10 most useful, a greedy cover, and a
 * local search (add, drop, swap one place) from the better of both over all places.
 */
export function bestCandidate(problem: Problem, max_shipments: number): {best: Candidate; considered: number} {
  const most = Math.max(0, Math.min(Math.floor(max_shipments), problem.places.length));
  const judge = judgeOf(problem);
  judge.consider([]);
  if (problem.places.length <= MAX_CANDIDATES) {
    eachSubset([...problem.places.keys()], most, judge.consider);
  } else {
    eachSubset(mostUseful(problem), Math.min(most, MAX_PRUNED_SET), judge.consider);
    greedyCover(problem, most, judge);
    improve(problem, most, judge);
  }
  return {best: judge.best(), considered: judge.considered()};
}

interface Judge {
  /** Evaluates a set; true when it is the best so far. */
  consider: (places: readonly number[]) => boolean;
  best: () => Candidate;
  considered: () => number;
}

function judgeOf(problem: Problem): Judge {
  let best: Candidate | null = null;
  let considered = 0;
  return {
    consider: (places) => {
      considered += 1;
      const candidate = evaluate(problem, places);
      if (candidate === null || (best !== null && compareCandidates(candidate, best) >= 0)) return false;
      best = candidate;
      return true;
    },
    best: () => best ?? {places: [], missing: 0, unserved: 0, cost: 0},
    considered: () => considered,
  };
}

/** Calls `visit` with every non-empty subset of up to `size` places, ascending. */
function eachSubset(places: readonly number[], size: number, visit: (subset: readonly number[]) => void): void {
  const chosen: number[] = [];
  const extend = (from: number): void => {
    for (let i = from; i < places.length && chosen.length < size; i += 1) {
      chosen.push(at(places, i));
      visit(chosen);
      extend(i + 1);
      chosen.pop();
    }
  };
  extend(0);
}

/** The places that cover most, the cheapest for what they cover, and the nearest holder of each scarce SKU, in turn. */
function mostUseful(problem: Problem): number[] {
  const all = [...problem.places.keys()];
  const facts = all.map((index) => coverOf(problem, at(problem.places, index)));
  const cost = (i: number) => at(facts, i).cost / Math.max(1, at(facts, i).units);
  const byCover = [...all].sort(
    (a, b) => at(facts, b).units - at(facts, a).units || at(facts, a).cost - at(facts, b).cost,
  );
  const byCost = [...all].sort((a, b) => cost(a) - cost(b) || a - b);
  const lists = [byCover, byCost, holdersOfScarce(problem, all)];
  const chosen = new Set<number>();
  for (let i = 0; i < all.length && chosen.size < MAX_CANDIDATES; i += 1) {
    for (const list of lists) {
      const index = list[i];
      if (index !== undefined && chosen.size < MAX_CANDIDATES) chosen.add(index);
    }
  }
  return [...chosen].sort((a, b) => a - b);
}

/** Units a place could serve alone, and what that would cost. */
function coverOf(problem: Problem, place: Place): {units: number; cost: number} {
  let [units, kg] = [0, 0];
  problem.skus.forEach((demand, sku) => {
    const served = Math.min(demand.qty, place.stock[sku] ?? 0);
    units += served;
    kg += (served * (demand.lines[0]?.weight_g ?? 0)) / 1000;
  });
  return {units, cost: place.fixed + place.per_kg * kg};
}

function holdersOfScarce(problem: Problem, all: readonly number[]): number[] {
  const holders = problem.skus.map((_, sku) =>
    all
      .filter((index) => (at(problem.places, index).stock[sku] ?? 0) > 0)
      .sort((a, b) => at(problem.places, a).per_kg - at(problem.places, b).per_kg || a - b),
  );
  return holders
    .filter((list) => list.length > 0)
    .sort((a, b) => a.length - b.length)
    .flatMap((list) => list.slice(0, 1));
}

/** Adds the place that leaves least unserved, then costs least, until all is served (set cover, Chvatal 1979). */
function greedyCover(problem: Problem, most: number, judge: Judge): void {
  let current: Candidate = evaluate(problem, []) ?? judge.best();
  while (current.unserved > 0 && current.places.length < most) {
    let next: Candidate | null = null;
    for (const index of problem.places.keys()) {
      if (current.places.includes(index)) continue;
      const places = withPlace(current.places, index);
      const candidate = evaluate(problem, places);
      if (candidate && (next === null || compareCandidates(candidate, next) < 0)) next = candidate;
    }
    if (next === null || next.unserved >= current.unserved) return;
    current = next;
    judge.consider(current.places);
  }
}

/** Adds, drops or swaps one place of the best set as long as that makes it better. */
function improve(problem: Problem, most: number, judge: Judge): void {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const {places} = judge.best();
    let better = false;
    for (const out of [null, ...places]) {
      const kept = places.filter((index) => index !== out);
      if (out !== null) better = judge.consider(kept) || better;
      for (const index of problem.places.keys()) {
        if (kept.length >= most || places.includes(index)) continue;
        better = judge.consider(withPlace(kept, index)) || better;
      }
    }
    if (!better) return;
  }
}

function withPlace(places: readonly number[], index: number): number[] {
  return [...places, index].sort((a, b) => a - b);
}
