import {answerJson, answerWith, type Call, findRecord, mergeMetadata, move, type Route} from '../call.ts';
import {capture} from '../capture.ts';
import {newId} from '../ids.ts';
import {PAGE, page, recordsOf} from '../list.ts';
import {readParams, required} from '../params.ts';
import {cancel, unexpectedState} from '../payment-intents.ts';
import {checkMethodOwner, resolveMethod} from '../payment-methods.ts';
import type {Answer, IntentRecord, IntentStatus} from '../records.ts';
import {searchIntents} from '../search.ts';
import {showIntent} from '../show.ts';
import {checkReturnUrl, createIntent, DETAILS, PAYMENT_OPTIONS} from './create-intent.ts';
import {pay} from './pay.ts';

const BASE = '/v1/payment_intents';
const EXPAND = {expand: 'texts'} as const;
const CONFIRMABLE: readonly IntentStatus[] = ['requires_payment_method', 'requires_confirmation', 'requires_action'];
const CANCEL_REASONS = ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'] as const;

/** The search stands before `:id`, which would take it for an id. */
export const paymentIntentRoutes: Route[] = [
  {method: 'POST', path: BASE, operation: 'payment_intents.create', handle: createIntent},
  {method: 'GET', path: BASE, operation: 'payment_intents.list', handle: list},
  {method: 'GET', path: `${BASE}/search`, operation: 'payment_intents.search', handle: search},
  {method: 'GET', path: `${BASE}/:id`, operation: 'payment_intents.retrieve', handle: retrieve},
  {method: 'POST', path: `${BASE}/:id`, operation: 'payment_intents.update', handle: update},
  {method: 'POST', path: `${BASE}/:id/confirm`, operation: 'payment_intents.confirm', handle: confirmIntent},
  {method: 'POST', path: `${BASE}/:id/capture`, operation: 'payment_intents.capture', handle: captureIntent},
  {method: 'POST', path: `${BASE}/:id/cancel`, operation: 'payment_intents.cancel', handle: cancelIntent},
];

function intentOf({state, path}: Call): IntentRecord {
  return findRecord(state.intents, 'payment_intent', path['id'] ?? '');
}

function retrieve(call: Call): Answer {
  const {expand} = readParams(call.form, {...EXPAND, client_secret: 'text'});
  return answerWith('intent', intentOf(call).id, expand);
}

function update(call: Call): Answer {
  const {expand, metadata, ...details} = readParams(call.form, {...EXPAND, ...DETAILS, metadata: 'map'});
  const intent = intentOf(call);
  // An empty text in place of the map empties it.
  const merged = call.form['metadata'] === '' ? {} : mergeMetadata(intent.metadata, metadata);
  const record = {...intent, metadata: merged, details: {...intent.details, ...details}};
  call.changes.push({set: 'intent', record});
  return answerWith('intent', intent.id, expand);
}

export function confirmIntent(call: Call): Answer {
  const params = readParams(call.form, {
    ...EXPAND,
    off_session: 'boolean',
    payment_method: 'text',
    payment_method_options: PAYMENT_OPTIONS,
    receipt_email: 'text',
    return_url: 'text',
    setup_future_usage: ['on_session', 'off_session'],
  });
  const intent = intentOf(call);
  if (!CONFIRMABLE.includes(intent.status)) throw unexpectedState(intent, 'confirmed', CONFIRMABLE);
  checkReturnUrl(intent, params.return_url);
  const methodId = required(params.payment_method ?? intent.payment_method ?? undefined, 'payment_method');
  const method = resolveMethod(call, methodId, 'payment_method');
  checkMethodOwner(method, intent.customer);
  call.changes.push({set: 'payment_method', record: method});
  const card = params.payment_method_options?.card;
  const wanted: IntentRecord = {
    ...intent,
    failure: null,
    setup_future_usage: params.setup_future_usage ?? intent.setup_future_usage,
    request_extended: wants(card?.request_extended_authorization, intent.request_extended),
    request_multicapture: wants(card?.request_multicapture, intent.request_multicapture),
  };
  return pay(call, wanted, method, params.off_session ?? false, params.expand);
}

function wants(choice: 'if_available' | 'never' | undefined, before: boolean): boolean {
  return choice === undefined ? before : choice === 'if_available';
}

function captureIntent(call: Call): Answer {
  const params = readParams(call.form, {
    ...EXPAND,
    amount_to_capture: 'integer',
    final_capture: 'boolean',
    metadata: 'map',
    statement_descriptor: 'text',
    statement_descriptor_suffix: 'text',
  });
  const before = intentOf(call);
  const done = capture(before, {amount: params.amount_to_capture, final: params.final_capture ?? true}, call);
  const intent = {...done.intent, metadata: mergeMetadata(before.metadata, params.metadata)};
  move(call, {intent, events: done.events});
  if (done.captured > 0) {
    const {id} = intent;
    const record = {
      id: newId('capt'),
      payment_intent: id,
      amount: done.captured,
      at: call.now,
      idempotency_key: call.key,
    };
    call.changes.push({add: 'capture', record});
  }
  return answerWith('intent', intent.id, params.expand);
}

function cancelIntent(call: Call): Answer {
  const params = readParams(call.form, {...EXPAND, cancellation_reason: CANCEL_REASONS});
  const intent = intentOf(call);
  const reason = params.cancellation_reason ?? null;
  move(call, cancel(intent, reason, call));
  const record = {payment_intent: intent.id, at: call.now, idempotency_key: call.key, reason};
  call.changes.push({add: 'cancel', record});
  return answerWith('intent', intent.id, params.expand);
}

function list({state, form}: Call): Answer {
  const params = readParams(form, {...PAGE, customer: 'text', created: 'range'});
  const ids = params.customer === undefined ? state.intentOrder : (state.intentsByCustomer.get(params.customer) ?? []);
  const expand = inList(params.expand);
  const request = {url: BASE, limit: params.limit, startingAfter: params.starting_after, created: params.created};
  return answerJson(
    page(
      recordsOf(ids, state.intents),
      (intent) => intent.created,
      (intent) => showIntent(intent, expand, state),
      request,
    ),
  );
}

function search({state, form}: Call): Answer {
  const params = readParams(form, {query: 'text', limit: 'integer', page: 'text', expand: 'texts'});
  const found = searchIntents(state, required(params.query, 'query'));
  const start = Number(params.page ?? 0);
  const end = start + Math.min(Math.max(params.limit ?? 10, 1), 100);
  const has_more = end < found.length;
  return answerJson({
    object: 'search_result',
    url: `${BASE}/search`,
    has_more,
    next_page: has_more ? String(end) : null,
    data: found.slice(start, end).map((intent) => showIntent(intent, inList(params.expand), state)),
  });
}

/** In lists fields to expand are named `data.latest_charge`. */
function inList(expand: readonly string[] = []): string[] {
  return expand.map((field) => field.replace(/^data\./, ''));
}
