import fc from 'fast-check';
import {arrivedOnTime, CHOICE, type ChoiceWish, onTimeShare, rankRates, type ShippingRate} from './choose-carrier.ts';

const DAY = 86_400_000;

function rate(
  service: string,
  amount: number,
  delivery_days: number | null,
  more: Partial<ShippingRate> = {},
): ShippingRate {
  return {
    rate_ref: `rate_${service}`,
    carrier: 'USPS',
    service,
    amount,
    currency: 'USD',
    delivery_days,
    carbon_g: null,
    ...more,
  };
}
const ground = rate('Ground', 700, 5);
const priority = rate('Priority', 900, 2);
const express = rate('Express', 2_900, 1);
const unsaid = rate('Economy', 500, null);

const wish = (days: number | null, more: Partial<ChoiceWish> = {}): ChoiceWish => ({
  handed_over: 0,
  deliver_by: days === null ? null : days * DAY,
  records: [],
  weights: CHOICE,
  ...more,
});
const best = (rates: readonly ShippingRate[], want: ChoiceWish) => rankRates(rates, want)[0]?.rate;

describe('the choice of a carrier', () => {
  const all = [express, ground, unsaid, priority];
  it('is the cheapest that keeps the promise', () => {
    expect(best(all, wish(2))).toBe(priority);
    expect(best(all, wish(5))).toBe(ground);
  });
  it('is the cheapest of all where nothing is promised, with or without an estimate', () => {
    expect(best(all, wish(null))).toBe(unsaid);
  });
  it('where none keeps the promise, weighs each day of delay against the price', () => {
    expect(rankRates(all, wish(0)).map(({rate: r, days_late}) => [r.service, days_late])).toEqual([
      ['Priority', 2],
      ['Express', 1],
      ['Ground', 5],
      ['Economy', 7],
    ]);
  });
  it('is faster, then has less carbon, then goes by name among equals', () => {
    expect(best([rate('B', 700, 3), rate('A', 700, 4)], wish(5))?.service).toBe('B');
    const weights = {...CHOICE, carbon_per_kg: 0};
    expect(best([rate('A', 700, 3), rate('B', 700, 3, {carbon_g: 90})], wish(5, {weights}))?.service).toBe('B');
    expect(best([rate('B', 700, 3), rate('A', 700, 3)], wish(5))?.service).toBe('A');
  });
  it('prefers what arrives as named over what is a little cheaper', () => {
    const poor = {carrier: 'USPS', service: 'Ground', arrived: 200, on_time: 100};
    expect(best([ground, rate('Home', 900, 5)], wish(5, {records: [poor]}))?.service).toBe('Home');
    expect(best([ground, rate('Home', 1_000, 5)], wish(5, {records: [poor]}))?.service).toBe('Ground');
  });
  it('counts carbon, and takes whoever is silent for the worst', () => {
    const [clean, dirty, silent] = [
      rate('C', 700, 3, {carbon_g: 500}),
      rate('D', 690, 3, {carbon_g: 5_000}),
      rate('S', 690, 3),
    ];
    expect(best([clean, dirty, silent], wish(null))).toBe(clean);
    expect(rankRates([dirty, silent], wish(null)).map(({terms}) => terms.carbon)).toEqual([100, 100]);
  });
  it('never compares currencies', () => {
    const pesos = rate('Nacional', 10, 1, {currency: 'MXN'});
    expect(rankRates([pesos, ground, priority], wish(null)).map(({rate: r}) => r)).toEqual([ground, priority]);
  });
  it('has nothing to choose from nothing', () => {
    expect(rankRates([], wish(2))).toEqual([]);
  });

  const arbitraryRates = fc
    .array(
      fc.record({
        amount: fc.integer({min: 1, max: 5}),
        days: fc.option(fc.integer({min: 1, max: 4})),
        carbon: fc.option(fc.integer({min: 0, max: 9_000})),
        service: fc.constantFrom('A', 'B', 'C'),
      }),
      {minLength: 1, maxLength: 8},
    )
    .map((list) => list.map((r, i) => rate(r.service, r.amount, r.days, {rate_ref: `r${i}`, carbon_g: r.carbon})));
  it('no other rate costs less, the terms add up, and the order of the list does not matter', () => {
    fc.assert(
      fc.property(arbitraryRates, fc.option(fc.integer({min: 0, max: 5})), (rates, promised) => {
        const ranked = rankRates(rates, wish(promised));
        expect(ranked[0]?.total).toBe(Math.min(...ranked.map(({total}) => total)));
        for (const {total, terms} of ranked)
          expect(total).toBe(terms.price + terms.promise + terms.record + terms.carbon);
        expect(rankRates([...rates].reverse(), wish(promised))).toEqual(ranked);
      }),
    );
  });
  it('a rate that keeps the promise goes before every one that does not, unless that costs a fortune', () => {
    fc.assert(
      fc.property(arbitraryRates, fc.integer({min: 1, max: 5}), (rates, promised) => {
        const late = rankRates(rates, wish(promised)).map(({days_late}) => days_late > 0);
        expect(late).toEqual([...late].sort());
      }),
    );
  });
});

describe('the record of a service', () => {
  it('begins with what is believed, and ends with what was seen', () => {
    expect(onTimeShare(undefined, CHOICE)).toBeCloseTo(0.9);
    expect(onTimeShare({arrived: 1, on_time: 0}, CHOICE)).toBeCloseTo(18 / 21);
    expect(onTimeShare({arrived: 100_000, on_time: 50_000}, CHOICE)).toBeCloseTo(0.5, 3);
  });
  it('counts whole days from the hand-over, to the end of the last one', () => {
    expect(arrivedOnTime(0, 2, 3 * DAY)).toBe(true);
    expect(arrivedOnTime(0, 2, 3 * DAY + 1)).toBe(false);
    expect(arrivedOnTime(null, 2, 0)).toBeNull();
    expect(arrivedOnTime(0, null, 0)).toBeNull();
  });
});
