import fc from 'fast-check';
import {RETURNS} from './policy.ts';
import {atMost, lessFee, refundOf, totalOf} from './refund.ts';
import type {Grade} from './terms.ts';

const paid = {goods: 1_000, shipping: 100, units: 3, before: 0};
const one = (grade: Grade) => [{grade, qty: 1}];

describe('what a return brings back', () => {
  it('is the running share of what was paid: all units together bring exactly that', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 0, max: 1_000_000}),
        fc.integer({min: 0, max: 10_000}),
        fc.array(fc.integer({min: 1, max: 5}), {minLength: 1, maxLength: 6}),
        (goods, shipping, portions) => {
          const units = portions.reduce((a, b) => a + b, 0);
          let before = 0;
          let sum = 0;
          for (const qty of portions) {
            const back = refundOf(RETURNS, {goods, shipping, units, before}, 'changed_mind', [{grade: 'as_new', qty}]);
            sum += totalOf([back]);
            before += back.qty;
          }
          expect(sum).toBe(goods + shipping);
        },
      ),
    );
  });

  it('is less by what was found, but never where the shop is at fault', () => {
    const full = refundOf(RETURNS, paid, 'changed_mind', one('as_new')).goods;
    expect(refundOf(RETURNS, paid, 'changed_mind', one('worn')).goods).toBe(full - Math.floor((full + 1) / 2));
    expect(refundOf(RETURNS, paid, 'changed_mind', one('damaged')).goods).toBe(0);
    expect(refundOf(RETURNS, paid, 'defective', one('damaged')).goods).toBe(full);
  });

  it('is nothing for missing units and for units that were paid back before', () => {
    expect(refundOf(RETURNS, paid, 'changed_mind', one('missing'))).toEqual({qty: 0, goods: 0, shipping: 0});
    const last = refundOf(RETURNS, {...paid, before: 2}, 'changed_mind', [{grade: 'as_new', qty: 2}]);
    expect(last).toEqual({qty: 1, goods: 334, shipping: 34});
  });

  it('has the shipping charge in it by rule', () => {
    const by = (refund_shipping: 'share' | 'fault' | 'never', reason: 'changed_mind' | 'defective') =>
      refundOf({...RETURNS, refund_shipping}, paid, reason, one('as_new')).shipping;
    expect([by('share', 'changed_mind'), by('fault', 'changed_mind'), by('never', 'defective')]).toEqual([33, 0, 0]);
    expect(by('fault', 'defective')).toBe(33);
  });

  it('bears the fee from the goods, and is never more than there is', () => {
    const two = [
      {qty: 1, goods: 30, shipping: 5},
      {qty: 1, goods: 100, shipping: 5},
    ];
    expect(lessFee(two, 50).map((r) => r.goods)).toEqual([0, 80]);
    expect(totalOf(atMost(two, 50))).toBe(50);
    expect(totalOf(atMost(two, 500))).toBe(140);
  });
});
