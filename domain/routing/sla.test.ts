import {slaDays, slaReachable} from './sla.ts';

const reach = {SAME_DAY: 50, NEXT_DAY: 500, TWO_DAY: 1500, STANDARD: null};

describe('delivery promises', () => {
  it('count the days after the day of ordering', () => {
    expect([slaDays('SAME_DAY'), slaDays('NEXT_DAY'), slaDays('TWO_DAY'), slaDays('STANDARD')]).toEqual([
      0,
      1,
      2,
      null,
    ]);
  });
  it('need one place within reach', () => {
    expect(slaReachable('SAME_DAY', [900, 50], reach)).toBe(true);
    expect(slaReachable('SAME_DAY', [900, 50.1], reach)).toBe(false);
    expect(slaReachable('NEXT_DAY', [900, 50.1], reach)).toBe(true);
  });
  it('reach everywhere by standard, but not from nowhere', () => {
    expect(slaReachable('STANDARD', [19_000], reach)).toBe(true);
    expect(slaReachable('STANDARD', [], reach)).toBe(false);
  });
});
