/** ISO 4217: currencies whose minor unit is not a hundredth. */
const ZERO_DIGITS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ');
const THREE_DIGITS = 'BHD IQD JOD KWD LYD OMR TND'.split(' ');

/** Digits behind the point of a currency's amounts. */
export function minorDigits(currency: string): number {
  const code = currency.toUpperCase();
  if (ZERO_DIGITS.includes(code)) return 0;
  return THREE_DIGITS.includes(code) ? 3 : 2;
}

/** Minor units as people read them: `1234` of USD is `12.34 USD`. */
export function amountText(amount: number, currency: string): string {
  return `${decimalText(amount, currency)} ${currency}`;
}

/** Minor units as a plain decimal: `1234` of USD is `12.34`. */
export function decimalText(amount: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return `${amount < 0 ? '-' : ''}${whole}`;
}

/**
 * The decimal text of an amount, such as "5.93", as exact minor units; null when it is no amount of the currency:
 * no number, negative, a fraction of a minor unit, or beyond what an integer can hold exactly.
 */
export function parseAmount(text: string, currency: string): number | null {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const [, whole = '', fraction = ''] = match;
  const digits = minorDigits(currency);
  if (/[1-9]/.test(fraction.slice(digits))) return null;
  const amount = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return Number.isSafeInteger(amount) ? amount : null;
}
