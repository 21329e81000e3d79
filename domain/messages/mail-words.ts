import type {MailTemplate} from './mail-text.ts';
import type {PayWords} from './pay-words.ts';

/** What the sentences of a mail are made of; dates and amounts as the reader writes them. */
export interface Said {
  number: string;
  carrier: string | null;
  tracking_number: string | null;
  refund: {amount: string; credit_note: string} | null;
}

/** One language of the mails. */
export interface MailWords {
  hello: (name: string) => string;
  subjects: Readonly<Record<MailTemplate, (s: Said) => string>>;
  bodies: Readonly<Record<MailTemplate, (s: Said) => string[]>>;
  items: (s: Said) => string | null;
  expected: (date: string) => string;
  later: string;
  /** beside a line that is still to come */
  by: (date: string) => string;
  follow: string;
  pay: PayWords;
}
