export type TextFault = 'blank' | 'too_long' | 'control_character' | 'line_break' | 'malformed_unicode';

/**
 * What is wrong with a text a person typed, or null. Refuses blank texts (only spaces or invisible characters), more
 * than `max` UTF-16 code units, lone surrogates, NUL and the other control characters (C0, DEL), and line breaks
 * where one line is asked for; a text of several lines may hold line breaks and tabs. Every script, direction mark,
 * joiner and emoji is fine.
 */
export function textFault(value: string, rule: {max: number; multiline?: boolean}): TextFault | null {
  if (BLANK.test(value)) return 'blank';
  if (value.length > rule.max) return 'too_long';
  if (LONE_SURROGATE.test(value)) return 'malformed_unicode';
  if (hasControl(value)) return 'control_character';
  if (rule.multiline !== true && value.includes('\t')) return 'control_character';
  if (rule.multiline !== true && LINE_BREAK.test(value)) return 'line_break';
  return null;
}

const BLANK = /^[\s\p{Z}\p{Cf}]*$/u;
const LONE_SURROGATE = /\p{Surrogate}/u;
const LINE_BREAK = /[\n\r\u0085\u2028\u2029]/;

/** C0 without tab and line breaks, and DEL. */
function hasControl(value: string): boolean {
  for (let i = 0; i < value.length; i += 1) {
    const unit = value.charCodeAt(i);
    if (unit === 0x7f || (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d)) return true;
  }
  return false;
}

/**
 * Whether a text seems to hold a payment card number: 13 to 19 digits, single digits or groups with spaces or dashes
 * between, whose check digit is right (Luhn, ISO/IEC 7812-1 annex B). In a longer row of groups any neighbouring ones
 * count that start like a card (3 to 6). Fewer digits, as in most telephone numbers, never do.
 */
export function luhnLooksLikeCard(value: string): boolean {
  const rows = value.normalize('NFKC').match(DIGIT_ROWS) ?? [];
  return rows.some((row) => {
    const groups = row.split(/[^0-9]+/);
    return isCard(groups.join('')) || groupsHoldCard(groups);
  });
}

const DIGIT_ROWS = /[0-9]+(?:[ \u2010-\u2015-]{1,3}[0-9]+)*/g;

function groupsHoldCard(groups: readonly string[]): boolean {
  return groups.some((group, from) => {
    if (!/^[3-6]/.test(group)) return false;
    let digits = '';
    for (const next of groups.slice(from, from + 19)) {
      digits += next;
      if (digits.length > 19) return false;
      if (isCard(digits)) return true;
    }
    return false;
  });
}

function isCard(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}
