import {minorDigits} from '../money/decimal.ts';
import type {MailWords} from './mail-words.ts';
import {ARABIC} from './words-ar.ts';
import {GERMAN} from './words-de.ts';
import {ENGLISH} from './words-en.ts';
import {FRENCH} from './words-fr.ts';

const LANGUAGES: Readonly<Record<string, MailWords>> = {en: ENGLISH, de: GERMAN, fr: FRENCH, ar: ARABIC};

/** The words of the customer's language, and their own way to write dates and numbers. */
export function languageOf(locale: string | null): {words: MailWords; locale: string} {
  const wanted = (locale ?? 'en').replaceAll('_', '-');
  const words = LANGUAGES[wanted.split('-')[0]?.toLowerCase() ?? ''];
  if (!words) return {words: ENGLISH, locale: 'en'};
  try {
    // one way to write digits in a mail: those of order and tracking numbers
    return {words, locale: new Intl.Locale(wanted, words === ARABIC ? {numberingSystem: 'latn'} : {}).toString()};
  } catch {
    return {words, locale: wanted.slice(0, 2).toLowerCase()};
  }
}

/** Minor units as its reader writes them. */
export function money({amount, currency}: {amount: number; currency: string}, locale: string): string {
  const value = amount / 10 ** minorDigits(currency);
  // a sign such as US$ would be turned round between letters that run from right to left
  const currencyDisplay = /^ar\b/.test(locale) ? 'code' : 'symbol';
  return new Intl.NumberFormat(locale, {style: 'currency', currency, currencyDisplay}).format(value);
}
