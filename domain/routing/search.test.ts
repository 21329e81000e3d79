import {compareCandidates, evaluate} from './evaluate.ts';
import type {Candidate} from './evaluate.ts';
import {problemOf} from './problem.ts';
import type {Problem} from './problem.ts';
import {bestCandidate} from './search.ts';
import type {PlanSource} from './types.ts';

const weights = {
  shipping_base: 400,
  shipping_per_kg_100km: 15,
  cross_border: 0,
  split: 150,
  lateness_per_day: 0,
  queue: 2,
  priority: 10,
  carbon_per_kg_100km: 1,
  speed_km_per_day: 600,
  handling_days: 1,
};

/** Small repeatable generator (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function problem(seed: number, places: number, share: number): Problem {
  const next = random(seed);
  const skus = ['A', 'B', 'C', 'D', 'E', 'F'];
  const sources: PlanSource[] = Array.from({length: places}, (_, i) => ({
    warehouse_id: `W${String(i).padStart(2, '0')}`,
    country: 'US',
    lat: 25 + 23 * next(),
    lng: -120 + 50 * next(),
    priority: 1,
    queue: Math.floor(20 * next()),
    available: Object.fromEntries(skus.filter(() => next() < share).map((sku) => [sku, 1 + Math.floor(4 * next())])),
  }));
  const lines = skus.map((sku) => ({
    line_id: sku,
    sku,
    qty: 1 + Math.floor(3 * next()),
    weight_g: 200 + Math.floor(4_000 * next()),
    backorderable: true,
    unit_amount: 100,
  }));
  return problemOf({
    lines,
    sources,
    destination: {country: 'US', lat: 40.7, lng: -74},
    allow_backorder: true,
    sla_days: null,
    weights,
    max_shipments: 4,
  });
}

/** Oracle: every set of up to `size` of all places. */
function everySet(of: Problem, size: number): Candidate | null {
  let best: Candidate | null = null;
  const visit = (chosen: number[], from: number): void => {
    const candidate = evaluate(of, chosen);
    if (candidate && (best === null || compareCandidates(candidate, best) < 0)) best = candidate;
    if (chosen.length === size) return;
    for (let i = from; i < of.places.length; i += 1) visit([...chosen, i], i + 1);
  };
  visit([], 0);
  return best;
}

describe('bestCandidate', () => {
  it('is exact up to ten places', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const small = problem(seed, 8, 0.4);
      expect(bestCandidate(small, 4).best).toEqual(everySet(small, 4));
    }
  });
  it('serves as much as every set of four of eighteen would, at hardly more cost', () => {
    let [found, least] = [0, 0];
    for (let seed = 1; seed <= 30; seed += 1) {
      const large = problem(seed, 18, 0.35);
      const {best} = bestCandidate(large, 4);
      const oracle = everySet(large, 4);
      expect(best.unserved).toBe(oracle?.unserved);
      found += best.cost;
      least += oracle?.cost ?? 0;
    }
    expect(found / least).toBeLessThan(1.01);
  });
  it('finds cover that needs more places than are compared one by one', () => {
    const one = problem(7, 14, 0.3).request;
    const sources = one.sources.map((source, i) => ({...source, available: {[one.lines[i % 6]?.sku ?? '']: 9}}));
    const {best} = bestCandidate(problemOf({...one, sources}), 6);
    expect(best).toMatchObject({unserved: 0});
    expect(best.places).toHaveLength(6);
  });
  it('stays within the number of shipments and counts what it compared', () => {
    const {best, considered} = bestCandidate(problem(3, 40, 0.2), 2);
    expect(best.places.length).toBeLessThanOrEqual(2);
    expect(considered).toBeGreaterThan(40);
  });
  it('takes nothing when nothing may be shipped', () => {
    expect(bestCandidate(problem(3, 5, 1), 0).best).toMatchObject({places: [], cost: 0});
  });
});
