import {openBooks} from '../shared/books.ts';
import type {EmulatorClock} from '../shared/clock.ts';
import {type Mail, type MailFilter, matches} from './mails.ts';

type Entry =
  | {type: 'mail'; mail: Mail}
  | {type: 'duplicate'; message_id: string; at: number}
  | {type: 'clock.moved'; offset: number};

/** Everything that was received, in order, on books of its own. */
export interface Mailbox {
  /** Keeps a mail before it is acknowledged; false for one whose Message-ID is here already. */
  keep(mail: Omit<Mail, 'id' | 'received'>): boolean;
  list(filter?: MailFilter): Mail[];
  find(id: string): Mail | undefined;
  /** How often a Message-ID came again. */
  copies(messageId: string | null): number;
  duplicates(): number;
  clockMoved(): void;
  reset(): void;
  close(): void;
}

export function openMailbox(dir: string, clock: EmulatorClock): Mailbox {
  const books = openBooks<Entry>(dir, 'mail');
  const mails = new Map<string, Mail>();
  const copies = new Map<string, number>();
  let duplicates = 0;

  const apply = (entry: Entry): void => {
    if (entry.type === 'mail') {
      mails.set(entry.mail.id, entry.mail);
      if (entry.mail.message_id !== null) copies.set(entry.mail.message_id, 0);
    }
    if (entry.type === 'duplicate') {
      duplicates += 1;
      copies.set(entry.message_id, (copies.get(entry.message_id) ?? 0) + 1);
    }
  };
  const record = (entry: Entry): void => {
    books.append(entry);
    apply(entry);
  };
  books.replay((entry) => {
    if (entry.type === 'clock.moved') clock.restore(entry.offset);
    else apply(entry);
  });
  return {
    keep: (mail) => {
      const known = mail.message_id !== null && copies.has(mail.message_id);
      if (known) record({type: 'duplicate', message_id: mail.message_id ?? '', at: clock.now()});
      else record({type: 'mail', mail: {...mail, id: String(mails.size + 1), received: clock.now()}});
      return !known;
    },
    list: (filter = {}) => [...mails.values()].filter((mail) => matches(mail, filter)),
    find: (id) => mails.get(id),
    copies: (messageId) => (messageId === null ? 0 : (copies.get(messageId) ?? 0)),
    duplicates: () => duplicates,
    clockMoved: () => record({type: 'clock.moved', offset: clock.offset()}),
    reset: () => {
      books.reset();
      mails.clear();
      copies.clear();
      duplicates = 0;
      record({type: 'clock.moved', offset: clock.offset()});
    },
    close: () => books.close(),
  };
}
