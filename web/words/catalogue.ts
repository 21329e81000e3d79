/** Languages of the pages. The office reads the first three; customers all of them. */
export const LANGUAGES = ['en', 'de', 'ar', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];
export const OFFICE_LANGUAGES = ['en', 'de', 'ar'] as const satisfies readonly Language[];

/** What each language calls itself. */
export const OWN_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  ar: 'العربية',
  fr: 'Français',
};

/** For `Intl`. Arabic with Latin digits: order numbers and product codes are read beside them. */
const LOCALES: Readonly<Record<Language, string>> = {en: 'en', de: 'de', ar: 'ar-u-nu-latn', fr: 'fr'};
export const localeOf = (language: Language): string => LOCALES[language];
export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/** The first language of ours in a list such as `navigator.languages`; English where there is none. */
export function pickLanguage(wanted: readonly string[], known: readonly Language[] = LANGUAGES): Language {
  const short = wanted.map((tag) => tag.slice(0, 2).toLowerCase());
  return known.find((language) => language === short.find((tag) => known.some((one) => one === tag))) ?? 'en';
}

/** By the language's own plural categories; `{n}` is the number. */
export type Plural = {readonly other: string} & {readonly [category in Intl.LDMLPluralRule]?: string};
export type Phrase = string | Plural;
export type Phrases = Readonly<Record<string, Phrase>>;

/** The same words in another language: one that is missing, or is no plural there, is an error of types. */
export type Same<W extends Phrases> = {readonly [word in keyof W]: W[word] extends string ? string : Plural};

/** The words of one room, in every language of its readers. */
export type Catalogue<W extends Phrases> = {readonly en: W; readonly de: Same<W>; readonly ar: Same<W>} & {
  readonly fr?: Same<W>;
};

type HolesIn<S extends string> = S extends `${string}{${infer Hole}}${infer Rest}` ? Hole | HolesIn<Rest> : never;
type Holes<P> = P extends string ? HolesIn<P> : P extends Plural ? HolesIn<P['other']> | 'n' : never;
type Values<P> = [Holes<P>] extends [never] ? [] : [values: Readonly<Record<Holes<P>, string | number>>];

/** Says a word; what it leaves open must be given. */
export interface Say<W extends Phrases> {
  <K extends keyof W & string>(word: K, ...values: Values<W[K]>): string;
  /** for names that come from elsewhere, such as a code of the interface; null where there is no word for it */
  maybe: (word: string, values?: Readonly<Record<string, string | number>>) => string | null;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const [ISOLATE, END] = ['\u2068', '\u2069'];

export function sayIn<W extends Phrases>(catalogue: Catalogue<W>, language: Language): Say<W> {
  const words: Phrases = catalogue[language] ?? catalogue.en;
  const numbers = new Intl.NumberFormat(localeOf(language));
  const plural = new Intl.PluralRules(localeOf(language));
  const fill = (value: string | number | undefined): string => {
    if (typeof value === 'number') return numbers.format(value);
    const text = value ?? '';
    // a name that is written the other way round must not pull the sentence with it
    return directionOf(language) === 'rtl' || RIGHT_TO_LEFT.test(text) ? `${ISOLATE}${text}${END}` : text;
  };
  const write = (phrase: Phrase, values: Readonly<Record<string, string | number>>): string => {
    const text = typeof phrase === 'string' ? phrase : (phrase[plural.select(Number(values['n']))] ?? phrase.other);
    return text.replaceAll(/\{(\w+)\}/g, (_, hole: string) => fill(values[hole]));
  };
  const maybe = (word: string, values: Readonly<Record<string, string | number>> = {}) => {
    const phrase = Object.hasOwn(words, word) ? words[word] : undefined;
    return phrase === undefined ? null : write(phrase, values);
  };
  const say = (word: string, values?: Readonly<Record<string, string | number>>) => maybe(word, values) ?? word;
  return Object.assign(say, {maybe}) as Say<W>;
}
