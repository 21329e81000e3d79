/** Holds and captures on both sides. */
import type {StripeHold} from '../../simulation/invariants/money-books.ts';
import {type Order, recordChange} from './order-rows.ts';
import {add, type Books, type Row, tick} from './rows.ts';

export interface HoldBooks {
  payment: Row;
  hold: StripeHold;
}

/** A hold on both sides; `state` is what the provider made of it. */
export function takeHold(
  books: Books,
  order: Order,
  purpose: string,
  amount: number,
  state: 'authorized' | 'declined' = 'authorized',
): HoldBooks {
  order.holds += 1;
  const key = `${order.id}:hold:${order.holds}`;
  const at = tick(books);
  const ref = `pi_${order.id}_${order.holds}`;
  const payment = add(books, 'payments', {
    id: `pay_${order.id}_${order.holds}`,
    order_id: order.id,
    provider: 'stripe',
    provider_ref: ref,
    purpose,
    replaces: null,
    idempotency_key: key,
    amount,
    currency: 'USD',
    state,
    captured_amount: 0,
    refunded_amount: 0,
    disputed_amount: 0,
    capture_before: null,
    multicapture: false,
    saved_method: null,
    client_secret: null,
    decline_code: null,
    created_at: at,
    updated_at: at,
  });
  call(books, order, key, 'authorize', ref);
  const about = {payment_id: payment.id, amount, purpose};
  recordChange(books, order, 'order.hold_requested', {}, {data: about});
  const good = state === 'authorized';
  const hold: StripeHold = {
    id: ref,
    amount,
    currency: 'usd',
    status: good ? 'requires_capture' : 'requires_payment_method',
    created: at,
    authorized_at: good ? at : null,
    canceled_at: null,
    metadata: {order_id: order.id, payment_id: String(payment.id)},
    idempotency_key: key,
    history: [
      {at, what: 'created'},
      {at, what: good ? 'authorized' : 'failed: card_declined', amount},
    ],
  };
  books.stripe.holds.push(hold);
  books.stripe.requests.push({
    method: 'POST',
    path: '/v1/payment_intents',
    idempotency_key: key,
    param_hash: `hash ${key}`,
  });
  const first = good && purpose === 'initial';
  const type = first ? 'order.authorized' : good ? 'order.hold_renewed' : 'order.payment_declined';
  recordChange(books, order, type, first ? {status: 'paid', card_fingerprint: 'f'} : {}, {data: about});
  return {payment, hold};
}

export function capture(books: Books, order: Order, {payment, hold}: HoldBooks, sub: Row, amount: number): void {
  const at = tick(books);
  const key = `${String(sub['id'])}:capture`;
  add(books, 'captures', {
    id: `cap_${String(sub['id'])}`,
    payment_id: payment['id'],
    order_id: order.id,
    sub_order_id: sub['id'],
    amount,
    idempotency_key: key,
    state: 'done',
    created_at: at,
    updated_at: at,
  });
  Object.assign(payment, {captured_amount: amount, state: 'captured'});
  hold.status = 'succeeded';
  hold.history.push({at, what: 'captured', amount});
  books.stripe.captures.push({payment_intent: hold.id, amount, at, idempotency_key: key});
  books.stripe.requests.push({
    method: 'POST',
    path: `/v1/payment_intents/${hold.id}/capture`,
    idempotency_key: key,
    param_hash: `hash ${key}`,
  });
  call(books, order, key, 'capture', hold.id);
  const data = {sub_order_id: sub['id'], payment_id: payment['id'], amount};
  recordChange(books, order, 'order.captured', {}, {sub, data});
}

export function releaseHold(books: Books, order: Order, {payment, hold}: HoldBooks): void {
  const at = tick(books);
  payment['state'] = 'canceled';
  Object.assign(hold, {status: 'canceled', canceled_at: at});
  hold.history.push({at, what: 'canceled'});
  call(books, order, `${String(payment['idempotency_key'])}:release`, 'release', hold.id);
  recordChange(books, order, 'order.hold_released', {}, {data: {payment_id: payment['id'], reason: 'released'}});
}

function call(books: Books, order: Order, key: string, operation: string, ref: string): void {
  const at = tick(books, 0);
  const done = {params_hash: 'x', state: 'done', ref, attempts: 1, first_at: at, last_at: at};
  add(books, 'provider_calls', {key, provider: 'stripe', operation, order_id: order.id, ...done});
}
