import {expectedWeight, weightOk} from './weight.ts';

describe('weighing', () => {
  it('adds units and box', () => {
    const units = [
      {weight_g: 200, qty: 2},
      {weight_g: 50, qty: 1},
    ];
    expect(expectedWeight(units, {weight_g: 100})).toBe(550);
    expect(expectedWeight([{weight_g: 200, qty: 2}], null)).toBe(400);
  });
  it('accepts a share of the weight, and a floor for light parcels', () => {
    const tolerance = {share: 0.03, floor_g: 20};
    expect([weightOk(1_030, 1_000, tolerance), weightOk(1_031, 1_000, tolerance)]).toEqual([true, false]);
    expect([weightOk(70, 50, tolerance), weightOk(29, 50, tolerance)]).toEqual([true, false]);
  });
});
