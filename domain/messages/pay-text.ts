import {languageOf, money} from './language.ts';
import type {PayCase} from './pay-words.ts';

export interface PayFacts {
  number: string;
  /** the customer's; null where nobody knows */
  locale: string | null;
  case: PayCase;
  /** what the bank is to hold, minor units */
  amount: number;
  currency: string;
  until: Date | null;
}

/** The page's sentences, in the payer's language. */
export interface PayText {
  lang: string;
  order: string | null;
  title: string;
  next: string;
  /** what, how much, until when */
  facts: {label: string; value: string}[];
  held: string | null;
  /** on the button, where the payer has something to do */
  go: string | null;
  shop: string;
  keep: string;
  track: string;
}

const ASKING: Partial<Record<PayCase, 'confirm' | 'change'>> = {
  confirm: 'confirm',
  method: 'change',
  renew_confirm: 'confirm',
  renew_method: 'change',
};

/** True where the payer is waited for. */
export const asksPayer = (kind: PayCase): boolean => ASKING[kind] !== undefined;

/** What the page behind a payer's link says; `null`: the link leads nowhere, `wanted` is what their browser speaks. */
export function writePayPage(facts: PayFacts | null, wanted: string | null): PayText {
  const {words, locale} = languageOf(facts ? facts.locale : wanted);
  const {pay} = words;
  const {title, next} = pay.cases[facts?.case ?? 'unknown'];
  const asks = facts ? ASKING[facts.case] : undefined;
  return {
    lang: locale,
    order: facts && pay.order(facts.number),
    title,
    next,
    facts:
      facts && asks
        ? [
            {label: pay.amount, value: money(facts, locale)},
            ...(facts.until ? [{label: pay.until, value: moment(facts.until, locale)}] : []),
          ]
        : [],
    held: asks ? pay.held : null,
    go: asks ? pay[asks] : null,
    shop: pay.shop,
    keep: pay.keep,
    track: pay.track,
  };
}

function moment(at: Date, locale: string): string {
  const format = {dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC'} as const;
  return `${new Intl.DateTimeFormat(locale, format).format(at)} UTC`;
}
