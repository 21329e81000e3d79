import {openBooks} from './books.ts';

/** A delivery that has failed so far. Times are virtual milliseconds. */
export interface Tried {
  attempts: number;
  first: number;
  last: number;
  /** the status that came back, or why none did */
  answer: string;
}

export type Ending = 'delivered' | 'lost' | 'given_up';

type Line = {done: string} | {end: Exclude<Ending, 'delivered'>; id: string} | ({tried: string} & Tried);

/** What became of every event handed to one receiver, kept over restarts. */
export interface WebhookBooks {
  /** undefined: not ended yet */
  endingOf(id: string): Ending | undefined;
  triedOf(id: string): Tried | undefined;
  end(id: string, ending: Ending): void;
  tried(id: string, tried: Tried): void;
  /** All attempts ever made that failed, and how many events ended in which way. */
  counts(): {failed_attempts: number; delivered: number; lost: number; given_up: number};
  reset(): void;
  close(): void;
}

/** Opens (or creates) `dir/name.jsonl`. */
export function openWebhookBooks(dir: string, name: string): WebhookBooks {
  const books = openBooks<Line>(dir, name);
  const endings = new Map<string, Ending>();
  const failures = new Map<string, Tried>();
  let failed = 0;

  const apply = (line: Line) => {
    if ('done' in line) endings.set(line.done, 'delivered');
    else if ('end' in line) endings.set(line.id, line.end);
    else {
      failed += 1;
      const {tried: id, ...tried} = line;
      failures.set(id, tried);
      return;
    }
    failures.delete('done' in line ? line.done : line.id);
  };
  const write = (line: Line) => {
    books.append(line);
    apply(line);
  };
  books.replay(apply);
  return {
    endingOf: (id) => endings.get(id),
    triedOf: (id) => failures.get(id),
    end: (id, ending) => {
      if (!endings.has(id)) write(ending === 'delivered' ? {done: id} : {end: ending, id});
    },
    tried: (id, tried) => write({tried: id, ...tried}),
    counts: () => {
      const counts = {failed_attempts: failed, delivered: 0, lost: 0, given_up: 0};
      for (const ending of endings.values()) counts[ending] += 1;
      return counts;
    },
    reset: () => {
      endings.clear();
      failures.clear();
      failed = 0;
      books.reset();
    },
    close: books.close,
  };
}
