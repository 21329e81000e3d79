import {wordsOf} from './plain-words.ts';

/** Digits as people say them one by one: English, German, French, Arabic. */
const SAID = [
  'zero oh null صفر',
  'one eins un واحد',
  'two zwei zwo deux اثنان اثنين',
  'three drei trois ثلاثه',
  'four vier quatre اربعه',
  'five funf cinq خمسه',
  'six sechs sis سته',
  'seven sieben sept سبعه',
  'eight acht huit ثمانيه',
  'nine neun neuf تسعه',
].flatMap((words, digit) => words.split(' ').map((word): [string, string] => [word, String(digit)]));
const DIGIT: ReadonlyMap<string, string> = new Map(SAID);

const TIMES: Readonly<Record<string, number>> = {double: 2, doppel: 2, triple: 3};

/** Fewer in a row may be words of a name. */
const FEWEST = 3;

/**
 * The text with digits that were said one by one written as digits: "double two one" is `221`; digits of other scripts
 * become ours. Null when nothing of it was said or written that way.
 */
export function spokenDigits(text: string): string | null {
  const written = ourDigits(text);
  const words = wordsOf(written).flatMap(tensApart);
  let [digits, said, times] = ['', 0, 1];
  for (const word of words) {
    const digit = DIGIT.get(word);
    if (digit !== undefined) said += times;
    if (TIMES[word] !== undefined) times = TIMES[word] ?? 1;
    else {
      digits += (digit ?? (/^\d+$/.test(word) ? word : '')).repeat(times);
      times = 1;
    }
  }
  if (said >= FEWEST) return digits;
  return written === text ? null : digits;
}

/** "zwozwo" is said in one breath. */
const tensApart = (word: string): string[] => word.split(/(?<=^double|^triple|^doppel)(?=.)/);

/** Arabic-Indic and Persian digits as ours. */
export const ourDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
