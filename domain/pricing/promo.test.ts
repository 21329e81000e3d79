import fc from 'fast-check';
import {priceOrder} from './price-order.ts';
import {discountsOf, judgePromos, type PromoCode} from './promo.ts';

const code = (change: Partial<PromoCode> = {}): PromoCode => ({
  code: 'TEN',
  percent_bp: 1_000,
  amount: null,
  currency: null,
  valid_from: null,
  valid_until: null,
  max_uses: null,
  max_uses_per_customer: null,
  minimum_spend: 0,
  combinable: true,
  used: 0,
  used_by_customer: 0,
  ...change,
});
const NOW = 1_000;
const judged = (promos: PromoCode[], asked = promos.map((p) => p.code), items: number | null = 5_000) =>
  judgePromos(asked, new Map(promos.map((p) => [p.code, p])), {items, currency: 'USD', now: NOW}).map(
    (f) => `${f.index} ${f.code}`,
  );

describe('the judgement of promo codes', () => {
  it.each<[string, Partial<PromoCode>, string[]]>([
    ['good', {}, []],
    ['valid from now on', {valid_from: NOW}, []],
    ['valid a moment later', {valid_from: NOW + 1}, ['0 promo_code_not_yet_valid']],
    ['valid until now', {valid_until: NOW}, ['0 promo_code_expired']],
    ['with one use left', {max_uses: 3, used: 2}, []],
    ['used up', {max_uses: 3, used: 3}, ['0 promo_code_used_up']],
    ['used up by the customer', {max_uses_per_customer: 1, used_by_customer: 1}, ['0 promo_code_used_up']],
    ['for just so much', {minimum_spend: 5_000, currency: 'USD'}, []],
    ['for more', {minimum_spend: 5_001, currency: 'USD'}, ['0 promo_code_minimum_spend']],
    ['of another currency', {currency: 'EUR', minimum_spend: 9_999}, ['0 promo_code_wrong_currency']],
    ['alone, and alone', {combinable: false}, []],
    [
      'wrong in every way',
      {valid_until: 1, max_uses: 1, used: 1, minimum_spend: 9_999, currency: 'USD'},
      ['0 promo_code_expired', '0 promo_code_used_up', '0 promo_code_minimum_spend'],
    ],
  ])('%s', (_name, change, faults) => {
    expect(judged([code(change)])).toEqual(faults);
  });

  it('names each code by its place: unknown, named twice, not to be combined', () => {
    const alone = code({code: 'ALONE', combinable: false});
    expect(judged([code(), alone], ['TEN', 'NONE', 'ALONE', 'TEN'])).toEqual([
      '1 unknown_promo_code',
      '2 promo_code_not_combinable',
      '3 duplicate_promo_code',
    ]);
  });

  it('does not judge a spend that cannot be told', () => {
    expect(judged([code({minimum_spend: 9_999})], ['TEN'], null)).toEqual([]);
  });
});

describe('discounts', () => {
  const five = code({code: 'FIVE', percent_bp: null, amount: 500, currency: 'USD'});

  it.each<[string, PromoCode[], number, number[]]>([
    ['a tenth', [code()], 5_005, [501]],
    ['percentages of the whole first, whatever the order', [five, code()], 5_000, [500, 500]],
    ['never more than the goods', [five, code({percent_bp: 9_500})], 1_000, [950, 50]],
    ['nothing off nothing', [five, code()], 0, [0, 0]],
  ])('%s', (_name, promos, items, amounts) => {
    expect(discountsOf(promos, items).map((d) => d.amount)).toEqual(amounts);
  });
});

const anyLine = fc.record({unit: fc.integer({min: 0, max: 90_000}), qty: fc.integer({min: 1, max: 30})});

describe('a price with a discount', () => {
  it('taxes what the goods cost after it', () => {
    const lines = [3_000, 1_000].map((unit_amount) => ({product: {sku: 'x', unit_amount, capacity_units: 1}, qty: 1}));
    const price = priceOrder(lines, 0, {rate_bp: 1_000, inclusive: false}, 400);
    expect(price).toMatchObject({items: 4_000, discount: 400, tax: 360, total: 3_960});
    expect(price.lines.map((l) => l.discount)).toEqual([300, 100]);
    const within = priceOrder(lines, 0, {rate_bp: 2_500, inclusive: true}, 400);
    expect(within).toMatchObject({tax: 720, total: 3_600});
  });

  it('is exact to the minor unit, whatever is taken off', () => {
    fc.assert(
      fc.property(
        fc.array(anyLine, {minLength: 1, maxLength: 8}),
        fc.integer({min: 0, max: 10_000}),
        fc.integer({min: 0, max: 5_000}),
        fc.integer({min: 0, max: 3_000}),
        fc.boolean(),
        (lines, percent_bp, shipping, rate_bp, inclusive) => {
          const wanted = lines.map(({unit, qty}) => ({product: {sku: 'x', unit_amount: unit, capacity_units: 1}, qty}));
          const items = lines.reduce((sum, {unit, qty}) => sum + unit * qty, 0);
          const [off] = discountsOf([code({percent_bp})], items);
          const discount = off?.amount ?? 0;
          const price = priceOrder(wanted, shipping, {rate_bp, inclusive}, discount);
          expect(price.discount).toBe(discount);
          expect(price.total).toBe(items - discount + shipping + (inclusive ? 0 : price.tax));
          for (const line of price.lines) {
            expect(line.discount).toBeGreaterThanOrEqual(0);
            expect(line.discount).toBeLessThanOrEqual(line.items);
            expect(Math.abs(line.discount * items - discount * line.items)).toBeLessThan(Math.max(1, items));
          }
        },
      ),
    );
  });
});
