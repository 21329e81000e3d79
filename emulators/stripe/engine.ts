import type {Books} from '../shared/books.ts';
import type {EmulatorClock} from '../shared/clock.ts';
import type {WebhookQueue} from '../shared/webhooks.ts';
import {dueChanges} from './due.ts';
import type {Change, Entry} from './records.ts';
import {showEvent} from './show.ts';
import {applyEntry, emptyState, type EventRecord, type State} from './state.ts';

/** Memory, books and time in step: every change goes through `commit`. */
export interface Engine {
  state(): State;
  now(): number;
  /** Writes the changes to the books, then to the memory, then sends their events. */
  commit(changes: Change[]): void;
  /** Has everything happen whose time has come. Call it before looking at the state. */
  expireDue(): void;
  clockMoved(): void;
  reset(): void;
  stop(): void;
}

/** The longest real time between two looks at the deadlines. */
const MAX_TIMER_MS = 60_000;

/** `wanted`: the event types an endpoint subscribed to (Stripe's `enabled_events`); null for all. */
export function createEngine(
  books: Books<Entry>,
  clock: EmulatorClock,
  webhooks: WebhookQueue,
  wanted: ReadonlySet<string> | null = null,
): Engine {
  let state = emptyState();
  let timer: NodeJS.Timeout | undefined;
  let armedFor: number | undefined;

  const send = (from: number) => {
    for (const event of state.events.slice(from)) {
      if (!wanted || wanted.has(event.type)) webhooks.enqueue(outgoing(event));
    }
  };
  const commit = (changes: Change[]) => {
    if (changes.length === 0) return;
    const sent = state.events.length;
    books.append(changes);
    applyEntry(state, changes);
    send(sent);
    arm();
  };
  const expireDue = () => {
    const now = clock.now();
    for (let id = state.deadlines.takeDue(now); id !== undefined; id = state.deadlines.takeDue(now)) {
      commit(dueChanges(state, id, now));
    }
  };
  const arm = (again = false) => {
    const next = state.deadlines.next();
    if (next === armedFor && !again) return;
    clearTimeout(timer);
    armedFor = next;
    if (next === undefined) return;
    timer = setTimeout(wake, Math.min(Math.max(clock.realDelay(next - clock.now()), 1), MAX_TIMER_MS));
    timer.unref();
  };
  const wake = () => {
    expireDue();
    arm(true);
  };

  books.replay((entry) => applyEntry(state, entry));
  clock.restore(state.clockOffset);
  send(0);
  arm();
  return {
    state: () => state,
    now: clock.now,
    commit,
    expireDue,
    clockMoved: () => {
      commit([{set: 'clock', offset: clock.offset()}]);
      wake();
      webhooks.clockMoved();
    },
    reset: () => {
      webhooks.reset();
      books.reset();
      state = emptyState();
      clock.restore(0);
      arm(true);
    },
    stop: () => {
      clearTimeout(timer);
      webhooks.stop();
      books.close();
    },
  };
}

function outgoing(event: EventRecord) {
  return {id: event.id, body: () => JSON.stringify(showEvent(event))};
}
