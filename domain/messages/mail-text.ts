import {languageOf, money} from './language.ts';
import type {Said} from './mail-words.ts';

export const MAIL_TEMPLATES = [
  'received',
  'declined',
  'payment_needed',
  'backordered',
  'stock_arrived',
  'dispatched',
  'out_for_delivery',
  'delivered',
  'delayed',
  'cancelled',
  'lines_cancelled',
  'changed',
  'address_changed',
  'refunded',
  'refunded_part',
  'return_label',
  'return_reminder',
  'return_refused',
] as const;
export type MailTemplate = (typeof MAIL_TEMPLATES)[number];

const BY_EVENT: Readonly<Record<string, MailTemplate>> = {
  'order.authorized': 'received',
  'order.payment_declined': 'declined',
  'order.payment_needed': 'payment_needed',
  'sub_order.backordered': 'backordered',
  'order.backorder_filled': 'stock_arrived',
  'sub_order.in_transit': 'dispatched',
  'sub_order.out_for_delivery': 'out_for_delivery',
  'sub_order.delivered': 'delivered',
  'order.lines_cancelled': 'lines_cancelled',
  'order.lines_added': 'changed',
  'order.address_changed': 'address_changed',
  'sub_order.delayed': 'delayed',
  'order.cancelled': 'cancelled',
  'order.refunded': 'refunded',
  'order.refunded_part': 'refunded_part',
  'order.return_label_ready': 'return_label',
  'order.return_reminded': 'return_reminder',
  'order.return_refused': 'return_refused',
};

/** Which mail an event asks for; null for most. */
export function templateFor(eventType: string): MailTemplate | null {
  return BY_EVENT[eventType] ?? null;
}

export interface MailItem {
  name: string;
  qty: number;
  /** when it is expected, where somebody knows */
  when?: Date | null;
}

export interface MailFacts {
  number: string;
  customer_name: string;
  /** the customer's, such as `de-AT`; English where there is none or it is no language of ours */
  locale: string | null;
  tracking_url: string;
  /** where a payer goes on */
  pay_url?: string;
  /** the lines the event is about, or all of the order */
  lines: MailItem[];
  /** lines that are still to come after this event */
  to_come: MailItem[];
  carrier: string | null;
  tracking_number: string | null;
  eta: Date | null;
  /** money that went back with this event, minor units */
  refund?: {amount: number; currency: string; credit_note: string} | null;
}

export interface WrittenMail {
  subject: string;
  text: string;
  html: string;
}

/** Mails that say what is still to come, those with a date, and the ones where money may have no lines. */
const WITH_REST: readonly MailTemplate[] = ['dispatched', 'delivered', 'delayed'];
const WITH_DATE: readonly MailTemplate[] = ['dispatched', 'delayed'];

/** One mail in the customer's language, as plain text and as simple HTML; names are shown as they are, on one line each. */
export function writeMail(template: MailTemplate, facts: MailFacts): WrittenMail {
  const {words, locale} = languageOf(facts.locale);
  const date = (at: Date) => new Intl.DateTimeFormat(locale, {dateStyle: 'long', timeZone: 'UTC'}).format(at);
  const said: Said = {...facts, refund: facts.refund ? {...facts.refund, amount: money(facts.refund, locale)} : null};
  const item = ({qty, name, when}: MailItem) => `${qty} x ${oneLine(name)}${when ? ` (${words.by(date(when))})` : ''}`;
  const rest = WITH_REST.includes(template) ? facts.to_come : [];
  const head = facts.lines.length > 0 ? words.items(said) : null;
  const parts = {
    hello: words.hello(oneLine(facts.customer_name)),
    sentences: [...words.bodies[template](said), ...(head === null ? [] : [head])],
    lines: facts.lines.map(item),
    expected: facts.eta && WITH_DATE.includes(template) ? words.expected(date(facts.eta)) : null,
    later: rest.length > 0 ? words.later : null,
    rest: rest.map(item),
    ...(template === 'payment_needed' && facts.pay_url
      ? {follow: words.pay.open, url: facts.pay_url}
      : {follow: words.follow, url: facts.tracking_url}),
  };
  const subject = words.subjects[template](said);
  return {subject, text: asText(parts), html: asHtml(locale, subject, parts)};
}

interface Parts {
  hello: string;
  sentences: string[];
  lines: string[];
  expected: string | null;
  later: string | null;
  rest: string[];
  follow: string;
  url: string;
}

function asText({hello, sentences, lines, expected, later, rest, follow, url}: Parts): string {
  const list = (items: string[]) => items.map((line) => `  ${line}`);
  const more = later === null ? [] : ['', later, ...list(rest)];
  const until = expected === null ? [] : ['', expected];
  return [hello, '', ...sentences, ...list(lines), ...until, ...more, '', `${follow}: ${url}`, ''].join('\n');
}

function asHtml(locale: string, subject: string, parts: Parts): string {
  const list = (items: string[]) =>
    items.length > 0 ? `<ul>${items.map((line) => `<li>${safe(line)}</li>`).join('')}</ul>` : '';
  const paragraph = (text: string | null) => (text === null ? '' : `<p>${safe(text)}</p>`);
  const {hello, sentences, lines, expected, later, rest, follow, url} = parts;
  const body = [paragraph(hello), paragraph(sentences.join(' ')), list(lines), paragraph(expected), paragraph(later)];
  const link = `<p><a href="${safe(url)}">${safe(follow)}</a></p>`;
  const head = `<meta charset="utf-8"><title>${safe(subject)}</title>`;
  return `<!doctype html><html lang="${safe(locale)}"><head>${head}</head><body>${body.join('')}${list(rest)}${link}</body></html>`;
}

const oneLine = (text: string) => text.replace(/[\r\n\u2028\u2029]+/g, ' ');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
