import {DE} from './words-de.ts';
import {EN, type Word, type Words} from './words-en.ts';
import {FR} from './words-fr.ts';

export type {Word} from './words-en.ts';

const LANGUAGES: Readonly<Record<string, Words>> = {en: EN, de: DE, fr: FR};

export type Say = (word: Word, values?: Readonly<Record<string, string | number>>) => string;

/** The words of a language, English where there are none of it. Of `units` and the like, one is said as one. */
export function wordsOf(language: string): Say {
  const words = LANGUAGES[language.slice(0, 2).toLowerCase()] ?? EN;
  return (word, values = {}) => {
    const one = `${word}_one` as Word;
    const chosen = values['n'] === 1 && one in words ? words[one] : words[word];
    return chosen.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  };
}
