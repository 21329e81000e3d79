import fc from 'fast-check';
import {gramsToOunces, mmToInches} from './units.ts';

describe('units for carriers', () => {
  it.each([
    [0, 0],
    [1, 0.1],
    [254, 10],
    [255, 10.1],
    [305, 12.1],
    [2540, 100],
    [127, 5],
  ])('%i mm are %d in', (mm, inches) => expect(mmToInches(mm)).toBe(inches));
  it.each([
    [0, 0],
    [1, 0.1],
    [28, 1],
    [29, 1.1],
    [453, 16],
    [454, 16.1],
    [1000, 35.3],
    [28_349_523_125, 1_000_000_000],
  ])('%i g are %d oz', (grams, ounces) => expect(gramsToOunces(grams)).toBe(ounces));
  it('are never understated and at most a tenth over', () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 5_000_000}), (n) => {
        const [inchTenths, ounceTenths] = [Math.round(mmToInches(n) * 10), Math.round(gramsToOunces(n) * 10)];
        expect(inchTenths * 254).toBeGreaterThanOrEqual(n * 100);
        expect((inchTenths - 1) * 254).toBeLessThan(n * 100);
        expect(BigInt(ounceTenths) * 28_349_523_125n >= BigInt(n) * 10_000_000_000n).toBe(true);
        expect(BigInt(ounceTenths - 1) * 28_349_523_125n < BigInt(n) * 10_000_000_000n).toBe(true);
      }),
    );
  });
  it('count parts of a unit as one and refuse what is no measure', () => {
    expect(mmToInches(254.01)).toBe(10.1);
    for (const wrong of [-1, NaN, Infinity]) {
      expect(() => mmToInches(wrong)).toThrow(RangeError);
      expect(() => gramsToOunces(wrong)).toThrow(RangeError);
    }
  });
});
