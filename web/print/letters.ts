import anyAscii from 'any-ascii';

/** As the built-in fonts of PDF can write it: other scripts in Latin letters, as carriers and customs want them. */
export const latin = (text: string): string => bare(text, /[^\x20-\x7e\xa0-\xff]/u);

/** As the font of the picture can: ASCII only. */
export const ascii = (text: string): string => bare(text, /[^\x20-\x7e]/u);

/** Signs that say nothing on paper, with what joins them. */
const PICTURES = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{M}\u200b-\u200f\u2060-\u2069]/gu;

function bare(text: string, foreign: RegExp): string {
  const written = Array.from(text.normalize('NFC'), (sign) => (foreign.test(sign) ? inLatin(sign) : sign)).join('');
  return written.replace(/ {2,}/g, ' ').trim();
}

const inLatin = (sign: string): string => anyAscii(sign.normalize('NFC').replace(PICTURES, ''));
