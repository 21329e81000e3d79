import type {ChoiceWords} from './choice-words.ts';
import type {PayWords} from './pay-words.ts';
import type {SmsWords} from './sms-words.ts';
import type {MessageTemplate} from './templates.ts';

/** What the sentences of a mail are made of; dates and amounts as the reader writes them. */
export interface Said {
  number: string;
  carrier: string | null;
  tracking_number: string | null;
  refund: {amount: string; credit_note: string} | null;
}

/** What is in the way of a parcel, as far as anybody knows. */
export const DELAY_REASONS = ['carrier', 'weather', 'customs', 'address', 'house', 'unknown'] as const;
export type DelayReason = (typeof DELAY_REASONS)[number];

/** One language of the mails. */
export interface MailWords {
  dir: 'ltr' | 'rtl';
  hello: (name: string) => string;
  subjects: Readonly<Record<MessageTemplate, (s: Said) => string>>;
  bodies: Readonly<Record<MessageTemplate, (s: Said) => string[]>>;
  items: (s: Said) => string | null;
  expected: (date: string) => string;
  /** of a delay */
  promised: (date: string) => string;
  reasons: Readonly<Record<DelayReason, string>>;
  /** above a shipment, where a mail tells of several */
  shipment: (n: number, of: number) => string;
  later: string;
  /** beside a line that is still to come */
  by: (date: string) => string;
  amounts: Readonly<Record<'items' | 'discount' | 'shipping' | 'tax' | 'total' | 'charged', string>>;
  follow: string;
  /** at the foot of every mail */
  why: (shop: string) => string;
  choose: string;
  sms: SmsWords;
  choices: ChoiceWords;
  pay: PayWords;
}
