import {weighings} from '../../bench/packing/weighings.ts';
import {allowedWeight, isWithin, type Observation, observe, WEIGHING} from './tolerance.ts';

const rules = {fixed: {share: 0.1, floor_g: 50}, terms: WEIGHING};
const seen = (...residuals_g: number[]): Observation[] => residuals_g.map((g) => ({qty: 1, residual_mg: 1_000 * g}));
const parcel = (qty: number) => [{sku: 'TEA', qty, weight_g: 500}];
const allowed = (observations: Observation[], qty = 1) =>
  allowedWeight(parcel(qty), 100 + 500 * qty, new Map([['TEA', observations]]), rules);

describe('what is learnt from a weighing', () => {
  it('is all of the difference where one product is in the parcel', () => {
    expect(observe(parcel(2), 30)).toEqual([{sku: 'TEA', qty: 2, residual_mg: 15_000}]);
  });
  it('is shared by weight where there are several', () => {
    const lines = [...parcel(1), {sku: 'MUG', qty: 2, weight_g: 250}, {sku: 'NONE', qty: 0, weight_g: 100}];
    expect(observe(lines, -40)).toEqual([
      {sku: 'TEA', qty: 1, residual_mg: -20_000},
      {sku: 'MUG', qty: 2, residual_mg: -10_000},
    ]);
  });
  it('is nothing of what weighs nothing', () => {
    expect(observe([{sku: 'AIR', qty: 1, weight_g: 0}], 10)).toEqual([{sku: 'AIR', qty: 1, residual_mg: 0}]);
  });
});

describe('the weight a parcel may have', () => {
  it('is the fixed one until every product in it was weighed often enough', () => {
    expect(allowed(seen(5, 5, 5, 5, 5, 5, 5))).toEqual({expected_g: 600, tolerance_g: 60, learnt: false});
    expect(allowed(seen(5, 5, 5, 5, 5, 5, 5, 5))).toEqual({expected_g: 605, tolerance_g: 10, learnt: true});
    const other = [...parcel(1), {sku: 'NEW', qty: 1, weight_g: 1}];
    const known = new Map([['TEA', seen(5, 5, 5, 5, 5, 5, 5, 5)]]);
    expect(allowedWeight(other, 601, known, rules)).toMatchObject({expected_g: 601, learnt: false});
  });
  it('has a floor for light parcels while nothing is learnt', () => {
    const light = allowedWeight([{sku: 'PEN', qty: 1, weight_g: 20}], 70, new Map(), rules);
    expect([120, 20, 121, 19].map((grams) => isWithin(grams, light))).toEqual([true, true, false, false]);
  });
  it('follows the median and the scatter, times the units', () => {
    // median 2, absolute deviations 1 (four times), 3 (four times): their median is 2, times 1.4826
    const observations = seen(-1, 1, 3, 5, -1, 1, 3, 5);
    const s = 1.4826 * 2;
    expect(allowed(observations).expected_g).toBe(602);
    expect(allowed(observations).tolerance_g).toBe(Math.round(4 * s * Math.sqrt(1 + Math.PI / 16)));
    expect(allowed(observations, 9).expected_g).toBe(100 + 9 * 502);
    expect(allowed(observations, 9).tolerance_g).toBe(Math.round(4 * s * Math.sqrt(9 + (81 * Math.PI) / 16)));
  });
  it('is not moved far by weighings that were wrong', () => {
    const right = Array.from({length: 20}, (_, i) => 2 + (i % 3));
    const wrong = allowed(seen(...right, 500, -500, 500, 500, 500));
    expect(Math.abs(wrong.expected_g - allowed(seen(...right)).expected_g)).toBeLessThanOrEqual(1);
    expect(wrong.tolerance_g).toBeLessThan(20);
  });
  it('is never wider than the fixed one', () => {
    expect(allowed(seen(-200, 200, -200, 200, -200, 200, -200, 200)).tolerance_g).toBe(60);
  });
});

it('catches more wrong parcels than a fixed tolerance that stops as many right ones', () => {
  const {learnt, fixed, fixed_alike} = weighings(7, {history: 3_000, trial: 2_000});
  expect(learnt.false_alarms).toBeLessThan(0.02);
  expect(learnt.caught).toBeGreaterThan(fixed.caught + 0.1);
  expect(learnt.caught).toBeGreaterThan(fixed_alike.caught + 0.1);
  expect(fixed_alike.false_alarms).toBeLessThanOrEqual(learnt.false_alarms);
});
