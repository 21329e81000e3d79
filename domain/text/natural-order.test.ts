import fc from 'fast-check';
import {compareNatural} from './natural-order.ts';

const label = fc.string({unit: fc.constantFrom('A', 'B', '-', '0', '1', '2', '9'), maxLength: 6});

describe('compareNatural', () => {
  it('counts', () => {
    expect(['A10', 'A2', 'B1', 'A1', 'A2-10', 'A2-9'].sort(compareNatural)).toEqual([
      'A1',
      'A2',
      'A2-9',
      'A2-10',
      'A10',
      'B1',
    ]);
    expect(['10', '9', '100000000000000000000001', '100000000000000000000000'].sort(compareNatural)).toEqual([
      '9',
      '10',
      '100000000000000000000000',
      '100000000000000000000001',
    ]);
  });
  it('tells leading zeros apart, but only as a last resort', () => {
    expect(['02', '2', '1', '003'].sort(compareNatural)).toEqual(['1', '02', '2', '003']);
  });
  it('is a total order', () => {
    fc.assert(
      fc.property(label, label, label, (a, b, c) => {
        expect(Math.sign(compareNatural(a, b)) + Math.sign(compareNatural(b, a))).toBe(0);
        expect(compareNatural(a, b) === 0).toBe(a === b);
        if (compareNatural(a, b) <= 0 && compareNatural(b, c) <= 0) expect(compareNatural(a, c)).toBeLessThanOrEqual(0);
      }),
      {numRuns: 1000},
    );
  });
});
