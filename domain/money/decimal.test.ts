import fc from 'fast-check';
import {amountText, minorDigits, parseAmount} from './decimal.ts';

describe('decimal amounts', () => {
  it.each([
    ['5.93', 'USD', 593],
    ['5.9', 'USD', 590],
    ['5', 'usd', 500],
    ['0.07', 'EUR', 7],
    ['5.93000', 'USD', 593],
    ['4.35', 'USD', 435],
    ['1200', 'JPY', 1200],
    ['1200.00', 'JPY', 1200],
    ['1.234', 'KWD', 1234],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
  ])('%s %s is %i', (text, currency, amount) => expect(parseAmount(text, currency)).toBe(amount));

  it.each([
    ['5.935', 'USD'],
    ['0.5', 'JPY'],
    ['-1.00', 'USD'],
    ['+1.00', 'USD'],
    ['1e3', 'USD'],
    ['1,000.00', 'USD'],
    ['', 'USD'],
    ['.50', 'USD'],
    ['5.', 'USD'],
    ['NaN', 'USD'],
    ['90071992547409.92', 'USD'],
  ])('%s is no amount of %s', (text, currency) => expect(parseAmount(text, currency)).toBeNull());

  it('reads back what is written, in every currency', () => {
    const amounts = fc.integer({min: 0, max: 1_000_000_000});
    fc.assert(
      fc.property(amounts, fc.constantFrom('USD', 'JPY', 'KWD'), (amount, currency) => {
        const digits = minorDigits(currency);
        const padded = String(amount).padStart(digits + 1, '0');
        const text = digits === 0 ? padded : `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
        expect(parseAmount(text, currency)).toBe(amount);
      }),
      {seed: 5, numRuns: 300},
    );
  });
});

describe('an amount for people', () => {
  it.each([
    [1_234, 'USD', '12.34 USD'],
    [5, 'EUR', '0.05 EUR'],
    [500, 'JPY', '500 JPY'],
    [1_234, 'BHD', '1.234 BHD'],
    [-150, 'USD', '-1.50 USD'],
  ])('%i of %s is %s', (amount, currency, text) => expect(amountText(amount, currency)).toBe(text));
});
