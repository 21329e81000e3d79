import {openBooks} from '../shared/books.ts';
import type {EmulatorClock} from '../shared/clock.ts';
import type {Entry, Inbound, Refusal, Text} from './types.ts';

/** Everything that was asked for and what became of it, in order. */
export interface SmsBooks {
  texts: ReadonlyMap<string, Text>;
  inbound: readonly Inbound[];
  refusals: readonly Refusal[];
  /** numbers that said STOP and not START since */
  optedOut: ReadonlySet<string>;
  write(entry: Entry): void;
  reset(): void;
  close(): void;
}

export function openSmsBooks(dir: string, clock: EmulatorClock): SmsBooks {
  const books = openBooks<Entry>(dir, 'sms');
  const texts = new Map<string, Text>();
  const inbound: Inbound[] = [];
  const refusals: Refusal[] = [];
  const optedOut = new Set<string>();

  const apply = (entry: Entry): void => {
    if ('text' in entry) texts.set(entry.text.sid, entry.text);
    else if ('refusal' in entry) refusals.push(entry.refusal);
    else if ('inbound' in entry) {
      inbound.push(entry.inbound);
      if (entry.inbound.word === 'STOP') optedOut.add(entry.inbound.from);
      if (entry.inbound.word === 'START') optedOut.delete(entry.inbound.from);
    }
  };
  books.replay((entry) => ('clock' in entry ? clock.restore(entry.clock) : apply(entry)));
  const write = (entry: Entry) => {
    books.append(entry);
    apply(entry);
  };
  return {
    texts,
    inbound,
    refusals,
    optedOut,
    write,
    reset: () => {
      books.reset();
      texts.clear();
      inbound.length = 0;
      refusals.length = 0;
      optedOut.clear();
      write({clock: clock.offset()});
    },
    close: () => books.close(),
  };
}
