import {compareCandidates, evaluate, nearestFirst} from './evaluate.ts';
import {problemOf} from './problem.ts';
import type {PlanRequest} from './types.ts';

const here = {country: 'US', lat: 40, lng: -74, priority: 0, queue: 0};
const request: PlanRequest = {
  lines: [
    {line_id: 'l1', sku: 'A', qty: 2, weight_g: 1_000, backorderable: true, unit_amount: 1},
    {line_id: 'l2', sku: 'A', qty: 1, weight_g: 1_000, backorderable: false, unit_amount: 1},
    {line_id: 'l3', sku: 'B', qty: 1, weight_g: 1_000, backorderable: true, unit_amount: 1},
  ],
  sources: [
    {...here, warehouse_id: 'W2', lat: 42, available: {A: 9, B: 1}},
    {...here, warehouse_id: 'W1', available: {A: 1.9, Z: 4}},
    {...here, warehouse_id: 'W0', available: {A: -3, B: 0}},
  ],
  destination: {country: 'US', lat: 40, lng: -74},
  allow_backorder: true,
  sla_days: null,
  max_shipments: 3,
  weights: {
    shipping_base: 100,
    shipping_per_kg_100km: 10,
    cross_border: 0,
    split: 50,
    lateness_per_day: 0,
    queue: 0,
    priority: 0,
    carbon_per_kg_100km: 0,
    speed_km_per_day: 500,
    handling_days: 1,
  },
};
const problem = problemOf(request);

describe('problemOf', () => {
  it('keeps the places with a wanted unit, by id, in whole units', () => {
    expect(problem.places.map((p) => [p.source.warehouse_id, ...p.stock])).toEqual([
      ['W1', 1, 0],
      ['W2', 9, 1],
    ]);
  });
  it('serves lines that cannot wait before lines of the same SKU that can', () => {
    expect(problem.skus.map((d) => [d.sku, d.qty, ...d.lines.map((l) => l.line_id)])).toEqual([
      ['A', 3, 'l2', 'l1'],
      ['B', 1, 'l3'],
    ]);
  });
});

describe('evaluate', () => {
  it('counts what is left and what may wait', () => {
    expect(evaluate(problem, [])).toEqual({places: [], missing: 1, unserved: 4, cost: 0});
    expect(evaluate(problem, [0])).toMatchObject({missing: 0, unserved: 3, cost: 100});
  });
  it('takes from the near place first and pays for the split', () => {
    const km = problem.places[1]?.distance_km ?? 0;
    expect(nearestFirst(problem, [1, 0])).toEqual([0, 1]);
    expect(evaluate(problem, [0, 1])?.cost).toBeCloseTo(250 + (3 * 10 * km) / 100, 9);
  });
  it('gives the heavy line of an SKU to the near place', () => {
    const lines = request.lines
      .slice(0, 2)
      .map((l, i) => ({...l, qty: 1, weight_g: i === 0 ? 5_000 : 1_000, backorderable: true}));
    const uneven = problemOf({...request, lines});
    expect(evaluate(uneven, [0, 1])?.cost).toBeCloseTo(250 + (10 * (problem.places[1]?.distance_km ?? 0)) / 100, 9);
  });
  it('drops sets with an idle place', () => {
    const onlyA = problemOf({...request, lines: request.lines.slice(1, 2)});
    expect(evaluate(onlyA, [0, 1])).toBeNull();
  });
});

describe('compareCandidates', () => {
  const base = {places: [1, 2], missing: 0, unserved: 1, cost: 500};
  it('looks at missing, unserved, cost, shipments, ids, in this order', () => {
    expect(compareCandidates(base, {...base, missing: 1, cost: 0})).toBeLessThan(0);
    expect(compareCandidates(base, {...base, unserved: 2, cost: 0})).toBeLessThan(0);
    expect(compareCandidates(base, {...base, cost: 501})).toBeLessThan(0);
    expect(compareCandidates(base, {...base, places: [0, 1, 2], cost: 500 + 1e-12})).toBeLessThan(0);
    expect(compareCandidates(base, {...base, places: [1, 3]})).toBeLessThan(0);
    expect(compareCandidates(base, base)).toBe(0);
  });
});
