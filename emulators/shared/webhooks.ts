import {Agent, request as httpRequest} from 'node:http';
import {openBooks} from './books.ts';
import type {Fault, Faults} from './faults.ts';
import {seededRandom} from './random.ts';

const BACK_OFF_SECONDS = [0.2, 0.5, 1, 2, 5, 10, 30];
const MAX_IN_FLIGHT = 8;
const ANSWER_TIMEOUT_MS = 10_000;

export interface OutgoingEvent {
  id: string;
  /** The exact body; asked for at every attempt. */
  body(): string;
}

export interface WebhookQueue {
  /**
   * Sends the event until it is answered 2xx. The event itself must already stand in the emulator's own books: after a
   * restart the emulator enqueues all its events again, and those already delivered are skipped here.
   */
  enqueue(event: OutgoingEvent): void;
  /** Events not yet delivered. */
  pending(): number;
  /** Forgets everything, delivered or not. */
  reset(): void;
  stop(): void;
}

export interface WebhookOptions {
  /** Without a url nothing is sent and nothing is remembered. */
  url: string | undefined;
  dir: string;
  /** The marks of delivery are kept in `dir/name.jsonl`. */
  name: string;
  /** Headers for one attempt (signatures carry the real time of sending). */
  sign(body: string): Record<string, string>;
  faults: Faults;
}

/**
 * Durable queue of outgoing webhooks. Faults of operation `webhook` strike an event once, when it is enqueued:
 * `drop` loses it, `duplicate` sends it twice, `delay` holds it back `delay_ms`, `shuffle` a random part of `delay_ms`.
 */
export function createWebhookQueue({url, dir, name, sign, faults}: WebhookOptions): WebhookQueue {
  if (!url) return {enqueue: () => {}, pending: () => 0, reset: () => {}, stop: () => {}};
  const books = openBooks<{done: string}>(dir, name);
  const done = new Set(books.load().map((entry) => entry.done));
  const agent = new Agent({keepAlive: true, maxSockets: MAX_IN_FLIGHT});
  const markDone = (id: string) => {
    if (done.has(id)) return;
    done.add(id);
    books.append({done: id});
  };
  const attempts = new Attempts((event) => post(url, agent, event.body(), sign), markDone);
  return {
    enqueue: (event) => {
      if (done.has(event.id)) return;
      const fault = faults.take('webhook');
      if (fault?.mode === 'drop') return markDone(event.id);
      const copies = fault?.mode === 'duplicate' ? 2 : 1;
      for (let copy = 0; copy < copies; copy++) attempts.add(event, holdBackMs(fault));
    },
    pending: () => attempts.pending(),
    reset: () => {
      attempts.forget();
      done.clear();
      books.reset();
    },
    stop: () => {
      attempts.forget();
      agent.destroy();
      books.close();
    },
  };
}

interface Attempt {
  event: OutgoingEvent;
  number: number;
}

/** Sends events, a few at a time, and each again after a growing pause until it is taken. */
class Attempts {
  private ready: Attempt[] = [];
  private next = 0;
  private inFlight = 0;
  private readonly timers = new Set<NodeJS.Timeout>();
  /** Answers to attempts of an earlier generation mean nothing any more. */
  private generation = 0;
  private readonly send: (event: OutgoingEvent) => Promise<boolean>;
  private readonly delivered: (id: string) => void;

  constructor(send: (event: OutgoingEvent) => Promise<boolean>, delivered: (id: string) => void) {
    this.send = send;
    this.delivered = delivered;
  }

  add(event: OutgoingEvent, delayMs: number, number = 0): void {
    if (delayMs === 0) {
      this.ready.push({event, number});
      this.pump();
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.add(event, 0, number);
    }, delayMs);
    this.timers.add(timer);
  }

  pending(): number {
    return this.ready.length - this.next + this.inFlight + this.timers.size;
  }

  forget(): void {
    this.generation += 1;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.ready = [];
    this.next = 0;
    this.inFlight = 0;
  }

  private pump(): void {
    while (this.inFlight < MAX_IN_FLIGHT) {
      const attempt = this.ready[this.next];
      if (!attempt) break;
      this.next += 1;
      this.inFlight += 1;
      void this.run(attempt, this.generation);
    }
    if (this.next > 1024 || this.next === this.ready.length) {
      this.ready = this.ready.slice(this.next);
      this.next = 0;
    }
  }

  private async run({event, number}: Attempt, generation: number): Promise<void> {
    const taken = await this.send(event).catch(() => false);
    if (generation !== this.generation) return;
    this.inFlight -= 1;
    if (taken) this.delivered(event.id);
    else this.add(event, backOffMs(number), number + 1);
    this.pump();
  }
}

function backOffMs(attempt: number): number {
  return 1000 * (BACK_OFF_SECONDS[attempt] ?? 30);
}

function holdBackMs(fault: Fault | undefined): number {
  if (fault?.mode === 'delay') return fault.delay_ms ?? 1000;
  if (fault?.mode !== 'shuffle') return 0;
  return (fault.delay_ms ?? 1000) * seededRandom((fault.seed ?? 1) * 7919 + fault.fired)();
}

/** Resolves to true for a 2xx answer. */
function post(url: string, agent: Agent, body: string, sign: (body: string) => Record<string, string>) {
  return new Promise<boolean>((resolve, reject) => {
    const headers = {'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...sign(body)};
    const request = httpRequest(url, {method: 'POST', agent, headers, timeout: ANSWER_TIMEOUT_MS}, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => resolve((response.statusCode ?? 500) >= 200 && (response.statusCode ?? 500) < 300));
    });
    request.once('timeout', () => request.destroy(new Error('no answer')));
    request.once('error', reject);
    request.end(body);
  });
}
