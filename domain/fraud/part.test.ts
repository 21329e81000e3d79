import {rejecting, riskPart, round4, sumOf, unit} from './part.ts';

describe('risk parts', () => {
  it('are never negative and carry four decimals', () => {
    expect(riskPart('a', -1, '').contribution).toBe(0);
    expect(riskPart('a', 0.123456, '').contribution).toBe(0.1235);
    expect(round4(1 / 3)).toBe(0.3333);
  });
  it('sum as printed', () => {
    expect(sumOf([riskPart('a', 0.1, ''), riskPart('b', 0.2, '')])).toBe(0.3);
  });
  it('reject by themselves whatever the threshold below 1', () => {
    for (const threshold of [0, 0.5, 0.8, 0.99]) expect(rejecting(threshold)).toBeGreaterThan(threshold);
  });
  it('clamp shares to 0 and 1', () => {
    expect([unit(-1), unit(0.4), unit(7)]).toEqual([0, 0.4, 1]);
  });
});
