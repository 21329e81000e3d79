import {plainWords} from './plain-words.ts';
import {soundOf} from './sound.ts';

/** Raised with every change of the forms: orders that were indexed by an earlier one are indexed again. */
export const FORMS_VERSION = 1;

export type FormKind = 'word' | 'near' | 'sound' | 'mailbox' | 'postal' | 'door';

export interface Form {
  kind: FormKind;
  value: string;
}

export interface Described {
  names: readonly string[];
  email?: string | undefined;
  postal_code?: string | undefined;
  /** where the house number stands, whatever the country's order */
  street?: string | undefined;
}

/** Of shorter words no letter is left out: nearly every other short word is one slip away. */
const SHORTEST_MISSPELT = 4;

/**
 * Everything that somebody can be found by who is not described exactly. Name: each word as nobody could write it
 * differently, how it sounds, and the word without one of its letters: two words that are one slip apart share one of
 * these (W. Garbe's symmetric delete). E-mail: what stands before the @. Address: postal code, alone and with each number
 * of the street line.
 */
export function formsOf({names, email = '', postal_code = '', street = ''}: Described): Form[] {
  const forms: Form[] = [];
  for (const word of new Set(names.flatMap(plainWords))) forms.push(...formsOfWord(word));
  const [mailbox = ''] = email.trim().toLowerCase().split('@');
  if (mailbox !== '') forms.push({kind: 'mailbox', value: mailbox});
  const postal = plainCode(postal_code);
  if (postal !== '') {
    forms.push({kind: 'postal', value: postal});
    for (const number of houseNumbers(street)) forms.push({kind: 'door', value: `${postal} ${number}`});
  }
  return forms;
}

/** What a word is stored under and looked for by. */
export function formsOfWord(word: string): Form[] {
  const forms: Form[] = [{kind: 'word', value: word}];
  const sound = soundOf(word);
  if (sound.length > 1) forms.push({kind: 'sound', value: sound});
  for (const value of nearWords(word)) forms.push({kind: 'near', value});
  return forms;
}

function nearWords(word: string): string[] {
  const letters = [...word];
  if (letters.length < SHORTEST_MISSPELT) return [word];
  return [...new Set([word, ...letters.map((_, i) => letters.toSpliced(i, 1).join(''))])];
}

export const plainCode = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

const MOST_NUMBERS = 3;

/** `12`, `12a`, `12 A` are one number. */
export function houseNumbers(street: string): string[] {
  const numbers =
    street
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{N}+(\s?\p{L}(?!\p{L}))?/gu) ?? [];
  return [...new Set(numbers.map((number) => number.replace(/\s/g, '')))].slice(0, MOST_NUMBERS);
}
