import type {Place, Problem} from './problem.ts';

/** A set of places (ascending indexes into `Problem.places`) with what serving from it leaves and costs. */
export interface Candidate {
  places: number[];
  /** Units that cannot be served and may not wait. */
  missing: number;
  /** Units that cannot be served at all, the waiting ones included. */
  unserved: number;
  cost: number;
}

/** Called for each run of units of one line that one place takes. */
type Take = (place: number, line: number, units: number) => void;

/**
 * Serves the demand from a set of places: for a given set the fixed costs are spent, so each SKU goes to the place
 * with the lowest cost per kg that has it, heavy lines first. Exact as long as lines of one SKU weigh the same.
 * Returns null when a place of the set would have nothing to do: the smaller set is a candidate of its own.
 */
export function evaluate(problem: Problem, places: readonly number[]): Candidate | null {
  const ordered = nearestFirst(problem, places);
  const chosen = ordered.map((index) => at(problem.places, index));
  const busy = chosen.map(() => false);
  let cost = problem.request.weights.split * Math.max(0, places.length - 1);
  for (const place of chosen) cost += place.fixed;
  let [missing, unserved] = [0, 0];
  for (let sku = 0; sku < problem.skus.length; sku += 1) {
    const demand = at(problem.skus, sku);
    let open = demand.qty;
    for (let turn = 0; turn < chosen.length && open > 0; turn += 1) {
      const place = chosen[turn] as Place;
      const units = Math.min(open, place.stock[sku] ?? 0);
      if (units === 0) continue;
      busy[turn] = true;
      open -= units;
      if (demand.unit_kg !== null) cost += place.per_kg * units * demand.unit_kg;
    }
    if (demand.unit_kg === null) cost += costByLine(problem, ordered, sku);
    unserved += open;
    missing += Math.max(0, demand.strict - (demand.qty - open));
  }
  return busy.includes(false) ? null : {places: [...places], missing, unserved, cost};
}

/** What the units of one SKU cost when its lines do not weigh the same. */
function costByLine(problem: Problem, ordered: readonly number[], sku: number): number {
  let cost = 0;
  serveSku(problem, ordered, sku, (index, line, units) => {
    cost += (at(problem.places, index).per_kg * units * at(at(problem.skus, sku).lines, line).weight_g) / 1000;
  });
  return cost;
}

/** The order in which the places of a set are asked: cheapest per kg, then by id. */
export function nearestFirst(problem: Problem, places: readonly number[]): number[] {
  return [...places].sort((a, b) => at(problem.places, a).per_kg - at(problem.places, b).per_kg || a - b);
}

/** Hands the units of one SKU out, place by place and line by line. */
export function serveSku(problem: Problem, ordered: readonly number[], sku: number, take: Take): void {
  const {lines} = at(problem.skus, sku);
  let [turn, left] = [-1, 0];
  for (let line = 0; line < lines.length; line += 1) {
    let open = at(lines, line).qty;
    while (open > 0) {
      while (left === 0 && turn + 1 < ordered.length) {
        turn += 1;
        left = stockOf(problem.places, at(ordered, turn), sku);
      }
      if (left === 0) return;
      const units = Math.min(open, left);
      take(at(ordered, turn), line, units);
      open -= units;
      left -= units;
    }
  }
}

const COST_EPSILON = 1e-9;

/**
 * Negative when `a` is better: fewest units missing, then fewest unserved (a unit that waits costs more than any
 * split), then lowest cost, then fewest shipments, then the ids in order.
 */
export function compareCandidates(a: Candidate, b: Candidate): number {
  if (a.missing !== b.missing) return a.missing - b.missing;
  if (a.unserved !== b.unserved) return a.unserved - b.unserved;
  const tolerance = COST_EPSILON * Math.max(1, Math.abs(a.cost), Math.abs(b.cost));
  if (Math.abs(a.cost - b.cost) > tolerance) return a.cost - b.cost;
  if (a.places.length !== b.places.length) return a.places.length - b.places.length;
  const differs = a.places.findIndex((place, i) => place !== b.places[i]);
  return differs < 0 ? 0 : at(a.places, differs) - at(b.places, differs);
}

function stockOf(places: readonly Place[], place: number, sku: number): number {
  return at(places, place).stock[sku] ?? 0;
}

/** An index that is known to be inside. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no element ${index} of ${list.length}`);
  return value;
}
