import {houseNumbers, plainCode} from './forms.ts';
import {plainWords} from './plain-words.ts';
import {ourDigits, spokenDigits} from './spoken.ts';

/** What somebody asked for may mean, all of it at once: a caller's words are rarely of one kind. */
export interface Question {
  /** as written: ids and links are told apart by case */
  exact: string;
  /** letters and digits alone, in capitals: order and tracking numbers */
  code: string;
  /** of an order's number, from its end */
  digits: string | null;
  email: string | null;
  /** what may stand before an @ */
  mailbox: string | null;
  phone: string | null;
  /** words of a name */
  names: string[];
  postal: string[];
  /** postal code and house number */
  doors: string[];
}

const LONGEST = 200;
const FEWEST_DIGITS = 3;
const FEWEST_OF_PHONE = 6;

/** What people say around what they mean. */
const AROUND = new Set(
  'order number no nr the of my is bestellung bestellnummer nummer sendung sendungsnummer paket tracking parcel phone tel mr mrs ms herr frau commande numero رقم الطلب طلب'.split(
    ' ',
  ),
);

export function readQuestion(text: string): Question {
  const said = [...text.trim()].slice(0, LONGEST).join('');
  const link = /\/track\/([A-Za-z0-9_-]{20,64})/.exec(said)?.[1];
  const spoken = spokenDigits(said);
  const written = ourDigits(said);
  const email = readEmail(said);
  const digits = spoken ?? digitsOf(written);
  const chunks = written.split(/[\s,;]+/).filter((chunk) => chunk !== '');
  const names = email !== null || spoken !== null ? [] : namesIn(written);
  const [single = ''] = chunks;
  return {
    exact: link ?? said,
    code: plainCode(written).toUpperCase(),
    digits: digits.length >= FEWEST_DIGITS && mayBeNumber(written, spoken) ? digits : null,
    email,
    mailbox:
      email?.split('@')[0] ??
      (chunks.length === 1 && /^[\p{L}\p{N}._+-]{4,}$/u.test(single) ? single.toLowerCase() : null),
    phone: digits.length >= FEWEST_OF_PHONE && mayBePhone(written, spoken) ? digits : null,
    names,
    ...places(chunks),
  };
}

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** A number with what is said around it: no other word. */
const mayBeNumber = (text: string, spoken: string | null) =>
  spoken !== null || plainWords(text).every((word) => /\d/.test(word) || word === 'ord' || AROUND.has(word));

const mayBePhone = (text: string, spoken: string | null) => spoken !== null || /^[^\p{L}]*$/u.test(text);

function readEmail(text: string): string | null {
  const said = text
    .toLowerCase()
    .replace(/\s+(at|ät)\s+/g, '@')
    .replace(/\s+(dot|punkt|point)\s+/g, '.');
  const found = /[^\s@,;<>"]+@[^\s@,;<>"]+/u.exec(said.replace(/\s*@\s*/g, '@'));
  return found?.[0] ?? null;
}

const namesIn = (text: string) => plainWords(text).filter((word) => !/\p{N}/u.test(word) && !AROUND.has(word));

const MOST_CHUNKS = 8;

/** Postal codes, also those written in two parts, each with every other number as the house's. */
function places(chunks: readonly string[]): Pick<Question, 'postal' | 'doors'> {
  const near = chunks.slice(0, MOST_CHUNKS);
  const codes = near.flatMap((chunk, i) => [
    {code: plainCode(chunk), used: [i]},
    ...(i + 1 < near.length ? [{code: plainCode(chunk + (near[i + 1] ?? '')), used: [i, i + 1]}] : []),
  ]);
  const postal = codes.filter(({code}) => /\p{N}/u.test(code) && code.length >= 3 && code.length <= 10);
  const doors = postal.flatMap(({code, used}) => {
    const others = near.filter((_, i) => !used.includes(i)).join(' ');
    return houseNumbers(others).map((number) => `${code} ${number}`);
  });
  return {postal: [...new Set(postal.map(({code}) => code))], doors: [...new Set(doors)]};
}
