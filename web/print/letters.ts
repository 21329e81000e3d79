/** The built-in fonts of PDF know Latin letters only. */
export const latin = (text: string): string => bare(text, /[^\x20-\x7e\xa0-\xff]/);

/** The font of the picture knows ASCII only: an accent is dropped, what has no plain letter is a question mark. */
export const ascii = (text: string): string => bare(text, /[^\x20-\x7e]/);

/** Letters that are no plain one with an accent, each before what it is written as. */
const PAIRS = '· - ß ss ø o Ø O æ ae Æ AE œ oe Œ OE ł l Ł L đ d Đ D'.split(' ');

const plain = (sign: string): string => {
  const known = PAIRS.indexOf(sign);
  return known % 2 === 0 ? String(PAIRS[known + 1]) : sign.normalize('NFD').replace(/\p{M}/gu, '');
};

function bare(text: string, foreign: RegExp): string {
  return Array.from(text.normalize('NFC'), (sign) => (foreign.test(sign) ? plain(sign) : sign))
    .join('')
    .replace(new RegExp(foreign, 'gu'), '?');
}
