import {decimalText, minorDigits, parseAmount} from '../money/decimal.ts';

/** How a value stands in a cell. Amounts are decimals of their currency, `12.50`; flags are `yes` and `no`; codes stand side by side. */
export type CellKind = 'text' | 'int' | 'decimal' | 'amount' | 'flag' | 'codes';

/** What cannot be read, in a word, and for people. */
export class CellFault {
  readonly code: string;
  readonly detail: string;
  constructor(code: string, detail: string) {
    this.code = code;
    this.detail = detail;
  }
}

const YES = new Set(['yes', 'true', '1']);
const NO = new Set(['no', 'false', '0']);

/** The value of a cell; null of an empty one. Nothing is guessed: `1.234` is no amount of dollars. */
export function readCell(kind: CellKind, cell: string, currency = ''): unknown {
  const text = unguarded(cell.trim());
  if (text === '') return null;
  switch (kind) {
    case 'text':
      return text;
    case 'int':
      return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : new CellFault('not_an_integer', 'must be a whole number');
    case 'decimal':
      return /^[+-]?\d{1,15}([.,]\d{1,10})?$/.test(text)
        ? Number(text.replace(',', '.'))
        : new CellFault('wrong_type', 'must be a number like 12.5');
    case 'codes':
      return text
        .toLowerCase()
        .split(/[\s,;|]+/)
        .filter((code) => code !== '');
    case 'amount':
      return readAmount(text, currency);
    case 'flag': {
      const word = text.toLowerCase();
      if (YES.has(word)) return true;
      return NO.has(word) ? false : new CellFault('wrong_type', 'must be yes or no');
    }
  }
}

function readAmount(text: string, currency: string): number | CellFault {
  const digits = minorDigits(currency);
  const pattern = new RegExp(digits === 0 ? '^\\d+$' : `^\\d+([.,]\\d{1,${digits}})?$`);
  const amount = pattern.test(text) ? parseAmount(text.replace(',', '.'), currency) : null;
  if (amount !== null) return amount;
  const places = digits === 0 ? 'without decimals' : `with ${digits} decimals at most and nothing between thousands`;
  return new CellFault('not_an_amount', `must be an amount ${places}`);
}

/** How a value is written, so that it is read as the same one. */
export function writeCell(kind: CellKind, value: unknown, currency = ''): string {
  if (value === null || value === undefined) return '';
  if (kind === 'amount') return decimalText(Number(value), currency);
  if (kind === 'flag') return value === true ? 'yes' : 'no';
  // in one order, so that two files say the same of the same
  if (kind === 'codes') return [...(value as string[])].sort().join(' ');
  return kind === 'text' ? guarded(String(value)) : String(value);
}

/**
 * Spreadsheets run what begins with one of these as a formula; a quote before it makes it text, and is taken away when
 * the file comes back (OWASP, CSV injection).
 */
const FORMULA = /^'*[=+\-@\t\r]/;
export const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
const unguarded = (text: string): string => (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text);
