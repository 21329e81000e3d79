import type {HoldBooks} from './hold-rows.ts';
import {type Order, recordChange} from './order-rows.ts';
import {add, type Books, type Row, tick} from './rows.ts';

export interface Given {
  kind: string;
  amount: number;
  lines: {line_id: unknown; qty: number; amount: number}[];
}

/** Money given back of a capture, as the store, the provider and the relay write it down. */
export function giveBack(books: Books, order: Order, {payment, hold}: HoldBooks, sub: Row, given: Given): void {
  const at = tick(books);
  const {kind, amount, lines} = given;
  const id = `rfd_${order.id}`;
  const key = `${id}:refund:1`;
  const ref = `re_${order.id}`;
  const about = {refund_id: id, kind, amount};
  const by = {actor: 'ann', role: 'support'};
  recordChange(books, order, 'order.refund_requested', {}, {sub, data: about, by});
  recordChange(books, order, 'order.refund_asked', {}, {data: {refund_id: id, amount, attempt: 1}});
  add(books, 'refunds', {
    id,
    order_id: order.id,
    payment_id: payment['id'],
    capture_id: `cap_${String(sub['id'])}`,
    sub_order_id: sub['id'],
    kind,
    lines,
    amount,
    currency: 'USD',
    state: 'succeeded',
    attempt: 1,
    idempotency_key: key,
    provider_ref: ref,
    failure_code: null,
    credit_note: 'CN-000001',
    reason: 'it came late',
    requested_by: 'ann',
    requested_role: 'support',
    decided_by: null,
    decided_role: null,
    note: null,
    request_id: `request-${order.id}`,
    subject_id: null,
    created_at: at,
    updated_at: at,
  });
  const call = {provider: 'stripe', operation: 'refund', order_id: order.id, params_hash: 'x', state: 'done', ref};
  add(books, 'provider_calls', {key, ...call, attempts: 1, first_at: at, last_at: at});
  payment['refunded_amount'] = amount;
  const metadata = {refund_id: id, order_id: order.id, attempt: '1'};
  const refund = {id: ref, payment_intent: hold.id, amount, currency: 'usd', status: 'succeeded', at, metadata};
  books.stripe.refunds.push({...refund, idempotency_key: key});
  hold.history.push({at, what: 'refunded', amount});
  const done = {...about, payment_id: payment['id'], credit_note: 'CN-000001'};
  recordChange(books, order, 'order.refunded_part', {}, {sub, data: done});
}

/** A bank disputed money and gave it back to us. */
export function disputeWon(books: Books, order: Order, {payment, hold}: HoldBooks, amount: number): void {
  const at = tick(books);
  const id = `dsp_${order.id}`;
  const ref = `du_${order.id}`;
  const reason = 'product_not_received';
  const about = {dispute_id: id, payment_id: payment['id'], amount, reason};
  recordChange(books, order, 'order.dispute_opened', {}, {data: about});
  recordChange(books, order, 'order.dispute_answered', {}, {data: about});
  add(books, 'disputes', {
    id,
    order_id: order.id,
    payment_id: payment['id'],
    provider_ref: ref,
    amount,
    currency: 'USD',
    reason,
    state: 'won',
    withdrawn: true,
    due_by: at,
    evidence: {},
    submitted_at: at,
    opened_at: at,
    closed_at: at,
    updated_at: at,
  });
  books.stripe.disputes?.push({id: ref, payment_intent: hold.id, amount, currency: 'usd', status: 'won', reason});
  recordChange(books, order, 'order.dispute_won', {}, {data: about});
}
