import {noSuch} from './errors.ts';
import {eventChanges} from './events.ts';
import type {Form} from './form.ts';
import type {Context, Features, Transition} from './payment-intents.ts';
import type {Answer, Change, Reference} from './records.ts';
import type {State} from './state.ts';

/**
 * One API call while it is carried out. A route reads `state`, collects changes, and answers; the changes reach books
 * and state together with the answer, or not at all when the route throws.
 */
export interface Call extends Context {
  readonly state: State;
  readonly form: Form;
  /** The named parts of the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly key: string | null;
  readonly changes: Change[];
}

export type Handler = (call: Call) => Answer;

export interface Route {
  method: 'GET' | 'POST';
  /** Such as `/v1/payment_intents/:id/capture`. */
  path: string;
  /** The name faults are injected by. */
  operation: string;
  handle: Handler;
}

export function newCall(
  state: State,
  features: Features,
  now: number,
  request: Pick<Call, 'form' | 'path' | 'key'>,
): Call {
  return {state, features, now, changes: [], ...request};
}

/** Records an intent's move and the events it causes. */
export function move(call: Call, {intent, events}: Transition): void {
  call.changes.push({set: 'intent', record: intent}, ...eventChanges(intent, events, call.now));
}

export function answerWith(kind: Reference['kind'], id: string, expand: readonly string[] = [], status = 200): Answer {
  return {status, about: {kind, id}, expand};
}

export function answerJson(value: unknown, status = 200): Answer {
  return {status, body: JSON.stringify(value)};
}

/** The record of an id in the path (404) or, given `param`, in a parameter (400). */
export function findRecord<T>(records: ReadonlyMap<string, T>, what: string, id: string, param?: string): T {
  const record = records.get(id);
  if (!record) throw noSuch(what, id, param ?? what.replace('payment_intent', 'intent'), param ? 400 : 404);
  return record;
}

/** Merges as Stripe does: an empty value removes its key. */
export function mergeMetadata(
  old: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  if (!change) return old;
  return Object.fromEntries(Object.entries({...old, ...change}).filter(([, value]) => value !== ''));
}
