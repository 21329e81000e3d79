import fc from 'fast-check';
import {chooseRate} from './choose-rate.ts';
import type {ShippingRate} from './choose-rate.ts';

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

describe('chooseRate', () => {
  const all = [express, ground, unsaid, priority];
  it('takes the cheapest that keeps the promise', () => {
    expect(chooseRate(all, {max_days: 2})).toEqual({rate: priority, keeps_promise: true});
    expect(chooseRate(all, {max_days: 5})).toEqual({rate: ground, keeps_promise: true});
  });
  it('takes the cheapest of all where nothing is promised, with or without an estimate', () => {
    expect(chooseRate(all, {max_days: null})).toEqual({rate: unsaid, keeps_promise: true});
  });
  it('takes the fastest, then the cheapest, when none keeps it', () => {
    const dearer = rate('Express Plus', 3_500, 1);
    expect(chooseRate([dearer, ...all], {max_days: 0})).toEqual({rate: express, keeps_promise: false});
    expect(chooseRate([unsaid], {max_days: 3})).toEqual({rate: unsaid, keeps_promise: false});
  });
  it('prefers faster, then less carbon, then the name among equals', () => {
    expect(chooseRate([rate('B', 700, 3), rate('A', 700, 4)], {max_days: 5})?.rate.service).toBe('B');
    expect(chooseRate([rate('A', 700, 3), rate('B', 700, 3, {carbon_g: 90})], {max_days: 5})?.rate.service).toBe('B');
    expect(chooseRate([rate('B', 700, 3), rate('A', 700, 3)], {max_days: 5})?.rate.service).toBe('A');
  });
  it('never compares currencies', () => {
    const pesos = rate('Nacional', 10, 1, {currency: 'MXN'});
    expect(chooseRate([pesos, ground, priority], {max_days: null})?.rate).toBe(ground);
    expect(chooseRate([pesos, ground], {max_days: null, currency: 'MXN'})?.rate).toBe(pesos);
    expect(chooseRate([ground], {max_days: null, currency: 'EUR'})).toBeNull();
  });
  it('has nothing to choose from nothing', () => {
    expect(chooseRate([], {max_days: 2})).toBeNull();
  });

  const arbitraryRates = fc
    .array(
      fc.record({
        amount: fc.integer({min: 1, max: 5}),
        days: fc.option(fc.integer({min: 1, max: 4})),
        service: fc.constantFrom('A', 'B', 'C'),
      }),
      {minLength: 1, maxLength: 8},
    )
    .map((list) => list.map((r, i) => rate(r.service, r.amount, r.days, {rate_ref: `r${i}`})));
  it('no other rate is better, and the order of the list does not matter', () => {
    fc.assert(
      fc.property(arbitraryRates, fc.option(fc.integer({min: 0, max: 5})), (rates, max_days) => {
        const chosen = chooseRate(rates, {max_days});
        const keeps = rates.filter(
          (r) => max_days === null || (r.delivery_days !== null && r.delivery_days <= max_days),
        );
        expect(chosen?.keeps_promise).toBe(keeps.length > 0);
        const amounts = keeps.map((r) => r.amount);
        if (chosen?.keeps_promise) expect(chosen.rate.amount).toBe(Math.min(...amounts));
        expect(chooseRate([...rates].reverse(), {max_days})).toEqual(chosen);
      }),
    );
  });
});
