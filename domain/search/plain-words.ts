/** Letters that taking accents off does not reduce, and two ways of writing one sound. */
const FOLDS: readonly [RegExp, string][] = [
  [/ß/g, 'ss'],
  [/[æä]/g, 'ae'],
  [/[øœ]/g, 'oe'],
  [/[đð]/g, 'd'],
  [/ł/g, 'l'],
  [/ı/g, 'i'],
  [/þ/g, 'th'],
  [/[آأإٱ]/g, 'ا'],
  [/[ىئ]/g, 'ي'],
  [/ؤ/g, 'و'],
  [/ة/g, 'ه'],
  [/ـ/g, ''],
  [/ё/g, 'е'],
];

const MOST_WORDS = 12;
const LONGEST = 24;

/**
 * The words of a text as nobody could write them differently: lower case, no accents, one form of each letter; `ae`, `oe`
 * and `ue` are read as the umlauts they stand for. Each is cut at 24 letters.
 */
export function wordsOf(text: string): string[] {
  let plain = text.normalize('NFKC').toLowerCase();
  for (const [letter, one] of FOLDS) plain = plain.replace(letter, one);
  plain = plain
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’`´]/g, '');
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map(oneVowel);
}

/** Of a name: each word once, the first twelve. */
export const plainWords = (name: string): string[] => [...new Set(wordsOf(name))].slice(0, MOST_WORDS);

const oneVowel = (word: string) => [...word.replace(/([aou])e(?=[^aeiou]|$)/g, '$1')].slice(0, LONGEST).join('');
