import {type Counted, countSegments, inAlphabet} from './gsm.ts';
import {languageOf} from './language.ts';
import type {SmsWords} from './sms-words.ts';

export interface TextFacts {
  shop: string;
  number: string;
  locale: string | null;
  /** whose clocks days are told by */
  zone: string;
  /** where it goes on; of this text alone */
  url: string;
  /** when it is expected now, of a delay that somebody knows the end of */
  until: Date | null;
}

export interface WrittenText extends Counted {
  text: string;
}

export type TextTemplate = keyof SmsWords;

/** One text in the customer's language: who, what, and where it goes on; in one piece where the language's letters allow it. */
export function writeText(template: TextTemplate, facts: TextFacts): WrittenText {
  const {words, locale} = languageOf(facts.locale);
  const day = (at: Date) =>
    new Intl.DateTimeFormat(locale, {day: 'numeric', month: 'short', timeZone: facts.zone, calendar: 'gregory'}).format(
      at,
    );
  const {number, until} = facts;
  const sentence =
    template === 'delayed' ? words.sms.delayed(number, until && day(until)) : words.sms[template](number);
  const text = inAlphabet(`${facts.shop}: ${sentence} ${facts.url}`);
  return {text, ...countSegments(text)};
}
