import fc from 'fast-check';
import {greatCircleKm} from './distance.ts';
import {planAllocation} from './plan.ts';
import type {AllocationPlan, PlanLine, PlanRequest, PlanSource, RoutingWeights} from './plan.ts';

const weights: RoutingWeights = {
  shipping_base: 400,
  shipping_per_kg_100km: 15,
  cross_border: 900,
  split: 150,
  lateness_per_day: 300,
  queue: 2,
  priority: 10,
  carbon_per_kg_100km: 1,
  speed_km_per_day: 600,
  handling_days: 1,
};
const newYork = {country: 'US', lat: 40.71, lng: -74};
const newark = source('WH-NJ', 40.73, -74.17, {});
const boston = source('WH-BOS', 42.36, -71.06, {});
const reno = source('WH-RNO', 39.53, -119.81, {});

function source(warehouse_id: string, lat: number, lng: number, available: Record<string, number>): PlanSource {
  return {warehouse_id, country: 'US', lat, lng, priority: 1, queue: 0, available};
}
function line(line_id: string, sku: string, qty: number, more: Partial<PlanLine> = {}): PlanLine {
  return {line_id, sku, qty, weight_g: 1_000, backorderable: true, unit_amount: 1_000, ...more};
}
function request(more: Partial<PlanRequest>): PlanRequest {
  return {
    lines: [line('l1', 'WATER', 2), line('l2', 'PHONE', 1)],
    sources: [],
    destination: newYork,
    allow_backorder: true,
    sla_days: null,
    weights,
    max_shipments: 4,
    ...more,
  };
}
const placesOf = (plan: AllocationPlan) => plan.shipments.map((shipment) => shipment.warehouse_id);

describe('one place or several', () => {
  it('ships all from the one near place that has all', () => {
    const all = {WATER: 9, PHONE: 9};
    const plan = planAllocation(
      request({
        sources: [
          {...boston, available: all},
          {...newark, available: all},
        ],
      }),
    );
    expect(placesOf(plan)).toEqual(['WH-NJ']);
    expect(plan.shipments[0]?.lines).toEqual([
      {line_id: 'l1', sku: 'WATER', qty: 2},
      {line_id: 'l2', sku: 'PHONE', qty: 1},
    ]);
  });
  it('takes one place a little farther rather than two near ones', () => {
    const plan = planAllocation(
      request({
        sources: [
          {...newark, available: {WATER: 2}},
          source('WH-NYC', 40.75, -73.99, {PHONE: 1}),
          {...boston, available: {WATER: 2, PHONE: 1}},
        ],
      }),
    );
    expect(placesOf(plan)).toEqual(['WH-BOS']);
  });
  it('takes two near places rather than one across the continent when the parcel is heavy', () => {
    const lines = [line('l1', 'WATER', 2, {weight_g: 10_000}), line('l2', 'PHONE', 1)];
    const plan = planAllocation(
      request({
        lines,
        sources: [
          {...newark, available: {WATER: 2}},
          {...boston, available: {PHONE: 1}},
          {...reno, available: {WATER: 2, PHONE: 1}},
        ],
      }),
    );
    expect(placesOf(plan)).toEqual(['WH-NJ', 'WH-BOS']);
    expect(plan.parts).toContainEqual({name: 'split', value: 150});
  });
  it('splits when no place has all, even one line', () => {
    const plan = planAllocation(
      request({
        lines: [line('l1', 'WATER', 5)],
        sources: [
          {...newark, available: {WATER: 3}},
          {...reno, available: {WATER: 4}},
        ],
      }),
    );
    expect(plan.shipments.map((s) => [s.warehouse_id, s.lines[0]?.qty])).toEqual([
      ['WH-NJ', 3],
      ['WH-RNO', 2],
    ]);
    expect([plan.backordered, plan.missing]).toEqual([[], []]);
  });
  it('splits rather than lets a unit wait, whatever a split costs', () => {
    const plan = planAllocation(
      request({
        weights: {...weights, split: 1_000_000},
        sources: [
          {...newark, available: {WATER: 2}},
          {...reno, available: {PHONE: 1}},
        ],
      }),
    );
    expect(plan.backordered).toEqual([]);
    expect(plan.shipments).toHaveLength(2);
  });
  it('ships no more parcels than allowed and lets the rest wait', () => {
    const plan = planAllocation(
      request({
        max_shipments: 1,
        sources: [
          {...newark, available: {WATER: 2}},
          {...boston, available: {PHONE: 1}},
        ],
      }),
    );
    expect(placesOf(plan)).toEqual(['WH-NJ']);
    expect(plan.backordered).toEqual([{line_id: 'l2', sku: 'PHONE', qty: 1}]);
  });
});

describe('what weighs', () => {
  const both = {WATER: 2, PHONE: 1};
  it('a long queue sends the order to the next place', () => {
    const plan = planAllocation(
      request({
        sources: [
          {...newark, available: both, queue: 200},
          {...boston, available: both},
        ],
      }),
    );
    expect(placesOf(plan)).toEqual(['WH-BOS']);
  });
  it('a place that works slowly sends the order on, where hours of waiting cost', () => {
    const slow = {...newark, available: both, queue: 40, per_hour: 2};
    const fast = {...newark, warehouse_id: 'WH-Z', available: both, queue: 80, per_hour: 80};
    const chosen = (queue_hour?: number) => {
      const used = {...weights, queue: 1, ...(queue_hour === undefined ? {} : {queue_hour})};
      return placesOf(planAllocation(request({sources: [slow, fast], weights: used})));
    };
    expect([chosen(), chosen(0), chosen(2), chosen(3)]).toEqual([['WH-NJ'], ['WH-NJ'], ['WH-NJ'], ['WH-Z']]);
    const idle = planAllocation(request({sources: [{...slow, per_hour: 0}], weights: {...weights, queue_hour: 3}}));
    expect(idle.shipments[0]?.cost.queue).toBe(weights.queue * 40 + 3 * 40);
  });
  it('a preferred place wins over an equal one, and the id decides where all is equal', () => {
    const twin = {...newark, warehouse_id: 'WH-A', available: both};
    const sources = [{...newark, available: both}, twin];
    expect(placesOf(planAllocation(request({sources})))).toEqual(['WH-A']);
    expect(placesOf(planAllocation(request({sources: [...sources].reverse()})))).toEqual(['WH-A']);
    expect(placesOf(planAllocation(request({sources: [sources[0] ?? twin, {...twin, priority: 2}]})))).toEqual([
      'WH-NJ',
    ]);
  });
  it('a border costs', () => {
    const plan = planAllocation(
      request({
        sources: [{...source('WH-MTL', 45.5, -73.57, both), country: 'CA'}, source('WH-CHI', 41.88, -87.63, both)],
      }),
    );
    expect(placesOf(plan)).toEqual(['WH-CHI']);
  });
  it('lateness against the promise is paid per day', () => {
    const plan = planAllocation(request({sla_days: 2, sources: [{...reno, available: both}]}));
    const [shipment] = plan.shipments;
    expect(shipment?.cost.lateness).toBeCloseTo(300 * (Number(shipment?.eta_days) - 2), 9);
    expect(shipment?.cost.lateness).toBeGreaterThan(0);
  });
});

describe('what is not there', () => {
  it('waits where product and order allow it, else is missing', () => {
    const lines = [line('l1', 'WATER', 2), line('l2', 'PHONE', 1, {backorderable: false})];
    expect(planAllocation(request({lines}))).toMatchObject({
      shipments: [],
      backordered: [{line_id: 'l1', qty: 2}],
      missing: [{line_id: 'l2', qty: 1}],
      score: 0,
    });
    expect(planAllocation(request({lines, allow_backorder: false})).missing).toHaveLength(2);
  });
  it('two lines of one SKU share its stock', () => {
    const lines = [line('l1', 'WATER', 3), line('l2', 'WATER', 3)];
    const plan = planAllocation(request({lines, sources: [{...newark, available: {WATER: 4}}]}));
    expect(plan.shipments[0]?.lines.map((l) => l.qty)).toEqual([3, 1]);
    expect(plan.backordered).toEqual([{line_id: 'l2', sku: 'WATER', qty: 2}]);
  });
  it('has no stock for names every object knows', () => {
    const plan = planAllocation(request({lines: [line('l1', 'constructor', 1)], sources: [newark]}));
    expect(plan.backordered).toHaveLength(1);
  });
});

const skus = ['A', 'B', 'C', 'D'];
const arbitraryLines = (most: number, qty: number) =>
  fc
    .array(
      fc.record({sku: fc.constantFrom(...skus), qty: fc.integer({min: 1, max: qty}), backorderable: fc.boolean()}),
      {minLength: 1, maxLength: most},
    )
    .map((list) =>
      list.map((l, i) =>
        line(`l${i}`, l.sku, l.qty, {
          backorderable: l.backorderable,
          weight_g: 500 * (1 + skus.indexOf(l.sku)),
        }),
      ),
    );
const arbitrarySources = (most: number, stock: number) =>
  fc
    .array(
      fc.record({
        lat: fc.integer({min: 25, max: 48}),
        lng: fc.integer({min: -120, max: -70}),
        priority: fc.integer({min: 0, max: 3}),
        queue: fc.integer({min: 0, max: 50}),
        country: fc.constantFrom('US', 'CA'),
        available: fc.dictionary(fc.constantFrom(...skus), fc.integer({min: 0, max: stock})),
      }),
      {maxLength: most},
    )
    .map((list) => list.map((s, i) => ({...s, warehouse_id: `W${String(i).padStart(2, '0')}`})));
const arbitraryRequest = (sizes: {lines: number; qty: number; sources: number; stock: number}) =>
  fc
    .record({
      lines: arbitraryLines(sizes.lines, sizes.qty),
      sources: arbitrarySources(sizes.sources, sizes.stock),
      allow_backorder: fc.boolean(),
      sla_days: fc.constantFrom(null, 0, 2),
      max_shipments: fc.integer({min: 0, max: 5}),
      split: fc.constantFrom(0, 150, 3_000),
    })
    .map(({split, ...more}) => request({...more, weights: {...weights, split}}));

describe('for any request', () => {
  const sizes = {lines: 8, qty: 9, sources: 25, stock: 6};
  it('no unit is lost or invented and no stock is promised twice', () => {
    fc.assert(
      fc.property(arbitraryRequest(sizes), (wanted) => {
        const plan = planAllocation(wanted);
        const shipped = plan.shipments.flatMap((s) => s.lines);
        for (const {line_id, qty} of wanted.lines) {
          const units = [...shipped, ...plan.backordered, ...plan.missing].filter((l) => l.line_id === line_id);
          expect(units.reduce((sum, l) => sum + l.qty, 0)).toBe(qty);
        }
        for (const shipment of plan.shipments) {
          const stock = wanted.sources.find((s) => s.warehouse_id === shipment.warehouse_id)?.available ?? {};
          for (const sku of skus) {
            const taken = shipment.lines.reduce((sum, l) => sum + (l.sku === sku ? l.qty : 0), 0);
            expect(taken).toBeLessThanOrEqual(stock[sku] ?? 0);
          }
          expect(shipment.lines.every((l) => l.qty > 0) && shipment.lines.length > 0).toBe(true);
        }
        expect(plan.shipments.length).toBeLessThanOrEqual(wanted.max_shipments);
      }),
    );
  });
  it('the score is the sum of its parts and of the shipments with their splits', () => {
    fc.assert(
      fc.property(arbitraryRequest(sizes), (wanted) => {
        const plan = planAllocation(wanted);
        const total = plan.shipments.reduce((sum, s) => sum + s.cost.total, 0);
        const splits = wanted.weights.split * Math.max(0, plan.shipments.length - 1);
        expect(plan.score).toBeCloseTo(total + splits, 6);
        expect(plan.parts.reduce((sum, part) => sum + part.value, 0)).toBeCloseTo(plan.score, 6);
      }),
    );
  });
  it('the order of the sources does not matter', () => {
    fc.assert(
      fc.property(arbitraryRequest(sizes), (wanted) => {
        const turned = {...wanted, sources: [...wanted.sources].reverse()};
        expect(planAllocation(turned)).toEqual(planAllocation(wanted));
      }),
      {numRuns: 50},
    );
  });
  it('nothing waits that is in stock when the number of shipments does not bind', () => {
    fc.assert(
      fc.property(arbitraryRequest(sizes), (wanted) => {
        const plan = planAllocation({...wanted, max_shipments: 99});
        for (const sku of skus) {
          const demand = wanted.lines.reduce((sum, l) => sum + (l.sku === sku ? l.qty : 0), 0);
          const stock = wanted.sources.reduce((sum, s) => sum + (s.available[sku] ?? 0), 0);
          const shipped = plan.shipments
            .flatMap((s) => s.lines)
            .reduce((sum, l) => sum + (l.sku === sku ? l.qty : 0), 0);
          expect(shipped).toBe(Math.min(demand, stock));
        }
      }),
    );
  });
});

/** Oracle: every unit to every place or none, costed from the definition. */
function cheapestByBruteForce(wanted: PlanRequest): {unserved: number; cost: number} {
  const units = wanted.lines.flatMap((l) => Array.from({length: l.qty}, () => l));
  let best = {missing: Infinity, unserved: Infinity, cost: Infinity};
  const chosen: number[] = [];
  const visit = (): void => {
    if (chosen.length < units.length) {
      for (let place = -1; place < wanted.sources.length; place += 1) {
        chosen.push(place);
        visit();
        chosen.pop();
      }
      return;
    }
    const used = wanted.sources.filter((_, place) => chosen.includes(place));
    const over = wanted.sources.some((s, place) =>
      skus.some((sku) => units.filter((u, i) => chosen[i] === place && u.sku === sku).length > (s.available[sku] ?? 0)),
    );
    if (over || used.length > wanted.max_shipments) return;
    let cost = wanted.weights.split * Math.max(0, used.length - 1);
    wanted.sources.forEach((s, place) => {
      const kg = units.reduce((sum, u, i) => sum + (chosen[i] === place ? u.weight_g / 1000 : 0), 0);
      if (kg === 0) return;
      const km = greatCircleKm(s, wanted.destination);
      const late = wanted.sla_days === null ? 0 : Math.max(0, 1 + km / 600 - wanted.sla_days);
      cost += 400 + (s.country === 'US' ? 0 : 900) + (16 * kg * km) / 100 + 300 * late + 2 * s.queue + 10 * s.priority;
    });
    const left = units.filter((_, i) => chosen[i] === -1);
    const missing = left.filter((u) => !(u.backorderable && wanted.allow_backorder)).length;
    const found = {missing, unserved: left.length, cost};
    const order = missing - best.missing || found.unserved - best.unserved || found.cost - best.cost;
    if (best.cost === Infinity || order < 0) best = found;
  };
  visit();
  return {unserved: best.unserved, cost: best.cost};
}

describe('against brute force on small cases', () => {
  it('finds the cheapest way to serve the most units', () => {
    fc.assert(
      fc.property(arbitraryRequest({lines: 2, qty: 2, sources: 4, stock: 2}), (wanted) => {
        const plan = planAllocation(wanted);
        const oracle = cheapestByBruteForce(wanted);
        expect([...plan.backordered, ...plan.missing].reduce((sum, l) => sum + l.qty, 0)).toBe(oracle.unserved);
        expect(plan.score).toBeCloseTo(oracle.cost, 6);
      }),
      {numRuns: 150},
    );
  });
});
