import {Agent} from 'node:http';
import type {EmulatorClock} from './clock.ts';
import type {Fault, Faults} from './faults.ts';
import {postJson} from './post-json.ts';
import {seededRandom} from './random.ts';
import {backOffMs, isOver, LEAST_REAL_MS, type RetryPlan} from './retries.ts';
import {openWebhookBooks, type WebhookBooks} from './webhook-books.ts';

const MAX_IN_FLIGHT = 8;
/** Longer waits are cut, so that no timer overflows. */
const LONGEST_TIMER_MS = 60_000;
const MOST_ROWS = 100;

export interface OutgoingEvent {
  id: string;
  /** The exact body; asked for at every attempt. */
  body(): string;
  /** Where this one goes, when not to the receiver of all. */
  url?: string;
}

/** What the control interface tells of the deliveries to one receiver. */
export interface WebhookReport {
  pending: number;
  delivered: number;
  lost: number;
  given_up: number;
  failed_attempts: number;
  /** Of the pending ones those that have failed, at most 100. Times are virtual. */
  waiting: {event: string; attempts: number; first_at: string; next_at: string; last_answer: string}[];
}

export interface WebhookQueue {
  /**
   * Sends the event until it is answered 2xx, or the provider gives up. The event itself must already stand in the
   * emulator's own books: after a restart the emulator enqueues all its events again, and those that have ended are
   * skipped here, those that have failed wait for their next attempt.
   */
  enqueue(event: OutgoingEvent): void;
  /** Events not yet delivered. */
  pending(): number;
  report(): WebhookReport;
  /** Lets attempts go that have become due. */
  clockMoved(): void;
  /** Forgets everything, delivered or not. */
  reset(): void;
  stop(): void;
}

export interface WebhookOptions {
  /** Without a url nothing is sent and nothing is remembered. */
  url: string | undefined;
  /** Every event brings its own address. */
  addressed?: boolean;
  dir: string;
  /** What became of each event is kept in `dir/name.jsonl`. */
  name: string;
  /** Headers for one attempt (signatures carry the real time of sending). */
  sign(body: string, url: string): Record<string, string>;
  faults: Faults;
  clock: EmulatorClock;
  retries: RetryPlan;
}

/**
 * Durable queue of outgoing webhooks. Faults of operation `webhook` strike an event once, when it is enqueued:
 * `drop` loses it for good, `duplicate` sends it `copies` times, `delay` holds it back `delay_ms`, `shuffle` a random part of
 * `delay_ms`.
 */
export function createWebhookQueue(options: WebhookOptions): WebhookQueue {
  const {url = '', dir, name, sign, faults, addressed = false} = options;
  if (!url && !addressed) return SILENT;
  const books = openWebhookBooks(dir, name);
  const agent = new Agent({keepAlive: true, maxSockets: MAX_IN_FLIGHT});
  const send = ({body, url: own = url}: OutgoingEvent) => postJson(own, agent, body(), (text) => sign(text, own));
  const attempts = new Attempts(send, books, options);
  return {
    enqueue: (event) => {
      if (books.endingOf(event.id)) return;
      // its fault has struck before the restart
      if (books.triedOf(event.id)) return attempts.again(event);
      const fault = faults.take('webhook');
      if (fault?.mode === 'drop') return books.end(event.id, 'lost');
      const copies = fault?.mode === 'duplicate' ? (fault.copies ?? 2) : 1;
      for (let copy = 0; copy < copies; copy++) attempts.add(event, holdBackMs(fault));
    },
    pending: () => attempts.pending(),
    report: () => ({pending: attempts.pending(), ...books.counts(), waiting: attempts.waiting()}),
    clockMoved: () => attempts.clockMoved(),
    reset: () => {
      attempts.forget();
      books.reset();
    },
    stop: () => {
      attempts.forget();
      agent.destroy();
      books.close();
    },
  };
}

const NOTHING: WebhookReport = {pending: 0, delivered: 0, lost: 0, given_up: 0, failed_attempts: 0, waiting: []};
const SILENT: WebhookQueue = {
  enqueue: () => {},
  pending: () => 0,
  report: () => NOTHING,
  clockMoved: () => {},
  reset: () => {},
  stop: () => {},
};

/** Sends events, a few at a time, and each again after a growing pause until it is taken or too old. */
class Attempts {
  private ready: OutgoingEvent[] = [];
  private next = 0;
  private inFlight = 0;
  /** Held back by a fault. */
  private readonly heldBack = new Set<NodeJS.Timeout>();
  /** Failed and waiting for the next attempt. */
  private readonly failed = new Map<OutgoingEvent, NodeJS.Timeout>();
  /** Real times of the first and the last failure. */
  private readonly real = new Map<string, {first: number; last: number}>();
  /** Answers to attempts of an earlier generation mean nothing any more. */
  private generation = 0;
  private readonly send: (event: OutgoingEvent) => Promise<number>;
  private readonly books: WebhookBooks;
  private readonly clock: EmulatorClock;
  private readonly retries: RetryPlan;

  constructor(
    send: (event: OutgoingEvent) => Promise<number>,
    books: WebhookBooks,
    {clock, retries}: Pick<WebhookOptions, 'clock' | 'retries'>,
  ) {
    this.send = send;
    this.books = books;
    this.clock = clock;
    this.retries = retries;
  }

  add(event: OutgoingEvent, delayMs: number): void {
    if (delayMs === 0) {
      this.ready.push(event);
      this.pump();
      return;
    }
    const timer = setTimeout(() => {
      this.heldBack.delete(timer);
      this.add(event, 0);
    }, delayMs);
    this.heldBack.add(timer);
  }

  /** Waits for the next attempt of an event that has failed. */
  again(event: OutgoingEvent): void {
    const virtual = Math.ceil(this.clock.realDelay(this.dueOf(event.id) - this.clock.now()));
    const least = (this.real.get(event.id)?.last ?? 0) + LEAST_REAL_MS - Date.now();
    const wait = Math.min(Math.max(virtual, least, 1), LONGEST_TIMER_MS);
    const timer = setTimeout(() => {
      this.failed.delete(event);
      if (this.books.endingOf(event.id)) return;
      if (this.dueOf(event.id) > this.clock.now()) this.again(event);
      else this.add(event, 0);
    }, wait);
    this.failed.set(event, timer);
  }

  clockMoved(): void {
    for (const [event, timer] of [...this.failed]) {
      clearTimeout(timer);
      this.again(event);
    }
  }

  pending(): number {
    return this.ready.length - this.next + this.inFlight + this.heldBack.size + this.failed.size;
  }

  waiting(): WebhookReport['waiting'] {
    return [...this.failed.keys()].slice(0, MOST_ROWS).map(({id}) => {
      const tried = this.books.triedOf(id);
      return {
        event: id,
        attempts: tried?.attempts ?? 0,
        first_at: iso(tried?.first ?? 0),
        next_at: iso(this.dueOf(id)),
        last_answer: tried?.answer ?? '',
      };
    });
  }

  forget(): void {
    this.generation += 1;
    for (const timer of [...this.heldBack, ...this.failed.values()]) clearTimeout(timer);
    this.heldBack.clear();
    this.failed.clear();
    this.real.clear();
    this.ready = [];
    this.next = 0;
    this.inFlight = 0;
  }

  private pump(): void {
    while (this.inFlight < MAX_IN_FLIGHT) {
      const event = this.ready[this.next];
      if (!event) break;
      this.next += 1;
      this.inFlight += 1;
      void this.run(event, this.generation);
    }
    if (this.next > 1024 || this.next === this.ready.length) {
      this.ready = this.ready.slice(this.next);
      this.next = 0;
    }
  }

  private async run(event: OutgoingEvent, generation: number): Promise<void> {
    const answer = await this.send(event).catch((error: Error & {code?: string}) => error.code ?? error.message);
    if (generation !== this.generation) return;
    this.inFlight -= 1;
    if (typeof answer === 'number' && answer >= 200 && answer < 300) this.end(event, 'delivered');
    else this.fail(event, String(answer));
    this.pump();
  }

  private fail(event: OutgoingEvent, answer: string): void {
    // another copy of it was taken, or has failed before this one
    if (this.books.endingOf(event.id) || this.failed.has(event)) return;
    const now = this.clock.now();
    const before = this.books.triedOf(event.id);
    const tried = {attempts: (before?.attempts ?? 0) + 1, first: before?.first ?? now, last: now, answer};
    this.books.tried(event.id, tried);
    const real = {first: this.real.get(event.id)?.first ?? Date.now(), last: Date.now()};
    this.real.set(event.id, real);
    const age = {virtual: now - tried.first, real: real.last - real.first};
    if (isOver(this.retries, age)) this.end(event, 'given_up');
    else this.again(event);
  }

  private end(event: OutgoingEvent, ending: 'delivered' | 'given_up'): void {
    this.books.end(event.id, ending);
    this.real.delete(event.id);
  }

  private dueOf(id: string): number {
    const tried = this.books.triedOf(id);
    return tried ? tried.last + backOffMs(tried.attempts) : 0;
  }
}

const iso = (ms: number) => new Date(ms).toISOString();

function holdBackMs(fault: Fault | undefined): number {
  if (fault?.mode === 'delay') return fault.delay_ms ?? 1000;
  if (fault?.mode !== 'shuffle') return 0;
  return (fault.delay_ms ?? 1000) * seededRandom((fault.seed ?? 1) * 7919 + fault.fired)();
}
