import fc from 'fast-check';
import {luhnLooksLikeCard, textFault} from './plain-text.ts';

const one = {max: 200};
const many = {max: 200, multiline: true};

describe('textFault', () => {
  it.each([
    'Ana María',
    'O’Neill',
    'שלום עולם',
    'مرحبا',
    '\u200fRTL mark',
    '👩‍👩‍👧‍👦',
    '𠜎𠜱',
    'Zoë',
    '-1',
    'null',
    '東京都',
    'क्‍ष',
  ])('accepts %j', (value) => expect(textFault(value, one)).toBeNull());
  it.each([
    ['', 'blank'],
    ['  ', 'blank'],
    ['\u200b\u00a0', 'blank'],
    ['\n', 'blank'],
    ['a\u0000b', 'control_character'],
    ['a\u001b[31m', 'control_character'],
    ['a\tb', 'control_character'],
    ['a\u007f', 'control_character'],
    ['a\ud800b', 'malformed_unicode'],
    ['\udc00x', 'malformed_unicode'],
    ['a\nb', 'line_break'],
    ['a\r\nb', 'line_break'],
    ['a\u2028b', 'line_break'],
  ])('refuses %j as %s', (value, fault) => expect(textFault(value, one)).toBe(fault));
  it('takes line breaks and tabs in texts of several lines, nothing else', () => {
    expect(textFault('a\r\n\tb\nc', many)).toBeNull();
    expect(textFault('a\u0000b', many)).toBe('control_character');
    expect(textFault('\n\n', many)).toBe('blank');
  });
  it('counts UTF-16 units', () => {
    expect(textFault('😀😀', {max: 4})).toBeNull();
    expect(textFault('😀😀a', {max: 4})).toBe('too_long');
  });
  it('finds a lone surrogate exactly where a string is not well formed', () => {
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom('a', '\ud83d', '\ude00', 'é'), minLength: 1}), (value) => {
        const wellFormed = encodeURIComponentSafe(value);
        expect(textFault(value, one)).toBe(wellFormed ? null : 'malformed_unicode');
      }),
    );
  });
});

function encodeURIComponentSafe(value: string): boolean {
  try {
    return encodeURIComponent(value) !== '';
  } catch {
    return false;
  }
}

/** Completes digits to a number that passes the Luhn check, digit by trial. */
function luhnComplete(digits: string): string {
  const passes = (all: string) =>
    [...all].reverse().reduce((sum, d, i) => {
      const doubled = Number(d) * (i % 2 === 0 ? 1 : 2);
      return sum + Math.floor(doubled / 10) + (doubled % 10);
    }, 0) %
      10 ===
    0;
  return [...'0123456789'].map((d) => digits + d).find(passes) ?? digits;
}

describe('luhnLooksLikeCard', () => {
  it.each([
    '4242424242424242',
    '4242 4242 4242 4242',
    '4242-4242-4242-4242',
    'my card is 3782 822463 10005, thanks',
    '6011000990139424',
    '4222222222222',
    'Ring twice 12 4242 4242 4242 4242',
    '4242 4242 4242 4242 12/29 123',
    '４２４２４２４２４２４２４２４２',
    '4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2',
  ])('fires on %s', (value) => expect(luhnLooksLikeCard(value)).toBe(true));
  it.each([
    '+1 212 555 0100',
    '+44 20 7946 0958',
    '030 12345678',
    '4242 4242 4242 4241',
    'ORD-2026-05-06-001',
    '42424242424242424242424242424242',
    'Flat 4242, 4242 Main Street',
    '',
    'no digits',
  ])('leaves %s alone', (value) => expect(luhnLooksLikeCard(value)).toBe(false));
  const digits = (min: number, max: number) =>
    fc.string({unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max});
  it('fires on any run of 13 to 19 digits with the right check digit, and on none with a wrong one', () => {
    fc.assert(
      fc.property(digits(12, 18), fc.integer({min: 1, max: 9}), (start, off) => {
        const right = luhnComplete(start);
        expect(luhnLooksLikeCard(`x${right}y`)).toBe(true);
        expect(luhnLooksLikeCard(start + String((Number(right.slice(-1)) + off) % 10))).toBe(false);
      }),
    );
  });
  it('never fires on fewer than 13 digits', () => {
    fc.assert(fc.property(digits(0, 12), (value) => !luhnLooksLikeCard([...value].join(' '))));
  });
});
