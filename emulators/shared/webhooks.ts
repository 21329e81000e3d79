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
  const timers = new Set<NodeJS.Timeout>();
  let ready: {event: OutgoingEvent; attempt: number; generation: number}[] = [];
  let head = 0;
  let inFlight = 0;
  let waiting = 0;
  let generation = 0;
  let stopped = false;

  const later = (ms: number, action: () => void) => {
    const started = generation;
    waiting += 1;
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (started !== generation || stopped) return;
      waiting -= 1;
      action();
    }, ms);
    timers.add(timer);
  };
  const push = (event: OutgoingEvent, attempt: number) => {
    ready.push({event, attempt, generation});
    pump();
  };
  const markDone = (id: string) => {
    if (done.has(id)) return;
    done.add(id);
    books.append({done: id});
  };
  const deliver = async (item: (typeof ready)[number]) => {
    const delivered = await post(url, agent, item.event.body(), sign).catch(() => false);
    inFlight -= 1;
    if (stopped) return;
    if (item.generation === generation) {
      if (delivered) markDone(item.event.id);
      else later(backOffMs(item.attempt), () => push(item.event, item.attempt + 1));
    }
    pump();
  };
  const pump = () => {
    while (!stopped && inFlight < MAX_IN_FLIGHT && head < ready.length) {
      const item = ready[head++];
      if (!item) break;
      inFlight += 1;
      void deliver(item);
    }
    if (head > 1024 || head === ready.length) {
      ready = ready.slice(head);
      head = 0;
    }
  };
  const dropTimers = () => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  };
  return {
    enqueue: (event) => {
      if (done.has(event.id)) return;
      const fault = faults.take('webhook');
      if (fault?.mode === 'drop') return markDone(event.id);
      const copies = fault?.mode === 'duplicate' ? 2 : 1;
      const wait = holdBackMs(fault);
      for (let copy = 0; copy < copies; copy++) {
        if (wait > 0) later(wait, () => push(event, 0));
        else push(event, 0);
      }
    },
    pending: () => ready.length - head + inFlight + waiting,
    reset: () => {
      generation += 1;
      dropTimers();
      ready = [];
      head = 0;
      waiting = 0;
      done.clear();
      books.reset();
    },
    stop: () => {
      if (stopped) return;
      stopped = true;
      dropTimers();
      agent.destroy();
      books.close();
    },
  };
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
