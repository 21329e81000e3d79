import {languageOf, money} from './language.ts';
import {asHtml} from './mail-html.ts';
import {asText, type MailParts, oneLine, type Row, type Section} from './mail-parts.ts';
import type {DelayReason, MailWords, Said} from './mail-words.ts';
import {isMandatory} from './preferences.ts';
import {kindOf, type MessageTemplate} from './templates.ts';

export interface MailItem {
  name: string;
  qty: number;
  /** when it is expected, where somebody knows */
  when?: Date | null;
}

/** A shipment, or the order where there is none. */
export interface MailPart {
  /** which of the order's shipments, from 1; null: the order */
  position: number | null;
  lines: MailItem[];
  carrier: string | null;
  tracking_number: string | null;
  eta: Date | null;
}

/** Minor units. */
export interface Amounts {
  currency: string;
  items: number;
  discount: number;
  shipping: number;
  tax: number;
  total: number;
}

export interface MailFacts {
  /** who sends it */
  shop: string;
  number: string;
  customer_name: string;
  /** the customer's, such as `de-AT`; English where there is none or it is no language of ours */
  locale: string | null;
  /** whose clocks dates are told by */
  zone: string;
  tracking_url: string;
  /** where a payer goes on */
  pay_url: string;
  /** where its reader chooses what they are told */
  choose_url: string;
  /** what it is about: one part, or the shipments of a digest */
  parts: MailPart[];
  /** so many shipments the order has */
  shipments: number;
  /** lines that are still to come after this event */
  to_come: MailItem[];
  /** of the order, for a template that lists them */
  totals: Amounts | null;
  /** what was taken for the part */
  charged: {amount: number; currency: string} | null;
  /** money that went back with this event */
  refund: {amount: number; currency: string; credit_note: string} | null;
  delay: {promised: Date | null; reason: DelayReason} | null;
}

export interface WrittenMail {
  subject: string;
  text: string;
  html: string;
  /** false: its reader may not do without it */
  optional: boolean;
}

/** Mails that say what is still to come, those with a date, and those with the sums of the order. */
const WITH_REST: readonly MessageTemplate[] = ['dispatched', 'delivered', 'delayed'];
const WITH_DATE: readonly MessageTemplate[] = ['dispatched', 'delayed'];
const WITH_TOTALS: readonly MessageTemplate[] = ['received', 'changed', 'lines_cancelled'];

/** One mail in the customer's language, as plain text and as HTML; names are shown as they are, on one line each. */
export function writeMail(template: MessageTemplate, facts: MailFacts): WrittenMail {
  const parts = compose(template, facts);
  const optional = !isMandatory('email', kindOf(template));
  return {subject: parts.subject, text: asText(parts), html: asHtml(parts), optional};
}

function compose(template: MessageTemplate, facts: MailFacts): MailParts {
  const {words, locale} = languageOf(facts.locale);
  const date = dates(locale, facts.zone);
  const said = (part: MailPart): Said => ({
    number: facts.number,
    carrier: part.carrier,
    tracking_number: part.tracking_number,
    refund: facts.refund ? {...facts.refund, amount: money(facts.refund, locale)} : null,
  });
  const row = ({qty, name, when}: MailItem): Row => ({
    qty,
    name: oneLine(name),
    note: when ? words.by(date(when)) : null,
  });
  const sections = facts.parts.map((part, i): Section => {
    const head = part.lines.length > 0 ? words.items(said(part)) : null;
    return {
      heading: facts.parts.length > 1 ? words.shipment(part.position ?? i + 1, facts.shipments) : null,
      sentences: [...words.bodies[template](said(part)), ...(head === null ? [] : [head])],
      rows: part.lines.map(row),
      expected: part.eta && hasDate(template, facts) ? words.expected(date(part.eta)) : null,
      after: facts.delay ? delayed(words, facts.delay, date) : [],
    };
  });
  const rest = WITH_REST.includes(template) ? facts.to_come.map(row) : [];
  const subject = words.subjects[template](said(facts.parts[0] ?? NOTHING));
  return {
    ...{lang: locale, dir: words.dir, shop: facts.shop, number: facts.number, subject, sections},
    preheader: sections.flatMap(({sentences}) => sentences).join(' ') || subject,
    hello: words.hello(oneLine(facts.customer_name)),
    later: rest.length > 0 ? {heading: words.later, rows: rest} : null,
    amounts: amountsOf(template, facts, words, locale),
    button:
      template === 'payment_needed'
        ? {label: words.pay.open, url: facts.pay_url}
        : {label: words.follow, url: facts.tracking_url},
    footer: {why: words.why(facts.shop), choose: {label: words.choose, url: facts.choose_url}},
  };
}

/** Nobody names a day where nobody knows one. */
const hasDate = (template: MessageTemplate, {delay}: MailFacts) =>
  WITH_DATE.includes(template) && delay?.reason !== 'unknown';

const NOTHING: MailPart = {position: null, lines: [], carrier: null, tracking_number: null, eta: null};

function delayed(words: MailWords, {promised, reason}: NonNullable<MailFacts['delay']>, date: (at: Date) => string) {
  return [words.reasons[reason], ...(promised ? [words.promised(date(promised))] : [])];
}

function amountsOf(
  template: MessageTemplate,
  facts: MailFacts,
  words: MailWords,
  locale: string,
): MailParts['amounts'] {
  const {totals, charged} = facts;
  const {amounts: names} = words;
  if (template === 'delivered' && charged) return [{label: names.charged, value: money(charged, locale), sum: true}];
  if (!totals || !WITH_TOTALS.includes(template)) return [];
  const value = (amount: number) => money({amount, currency: totals.currency}, locale);
  const lines = (['items', 'discount', 'shipping', 'tax'] as const)
    .filter((name) => name === 'items' || totals[name] !== 0)
    .map((name) => ({
      label: names[name],
      value: value(name === 'discount' ? -totals[name] : totals[name]),
      sum: false,
    }));
  return [...lines, {label: names.total, value: value(totals.total), sum: true}];
}

/** Days as their reader's calendar on the wall has them, whatever calendar their country counts years by. */
export function dates(locale: string, zone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat(locale, {dateStyle: 'long', timeZone: zone, calendar: 'gregory'});
  return (at) => format.format(at);
}
