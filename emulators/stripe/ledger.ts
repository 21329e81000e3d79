import type {DisputeRecord, IntentRecord, RefundRecord} from './records.ts';
import type {State} from './state.ts';
import {amountCapturable} from './payment-intents.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

/** Everything that really happened, oldest first. The requests, which are many, only when asked for. */
export function ledger(state: State, now: number, withRequests: boolean) {
  return {
    now: iso(now),
    holds: [...state.intents.values()].map(hold),
    captures: state.captures.map((capture) => ({...capture, at: iso(capture.at)})),
    refunds: [...state.refunds.values()].map(refund),
    disputes: [...state.disputes.values()].map(dispute),
    cancels: state.cancels.map((cancel) => ({...cancel, at: iso(cancel.at)})),
    customers: state.customers.size,
    requests: withRequests ? state.requests.map((request) => ({...request, at: iso(request.at)})) : [],
  };
}

function hold(intent: IntentRecord) {
  return {
    id: intent.id,
    customer: intent.customer,
    amount: intent.amount,
    currency: intent.currency,
    status: intent.status,
    amount_capturable: amountCapturable(intent),
    amount_received: intent.amount_received,
    created: iso(intent.created),
    authorized_at: isoOrNull(intent.authorized_at),
    capture_before: isoOrNull(intent.charges.at(-1)?.capture_before ?? null),
    canceled_at: isoOrNull(intent.canceled_at),
    cancellation_reason: intent.cancellation_reason,
    payment_method: intent.payment_method,
    metadata: intent.metadata,
    idempotency_key: intent.idempotency_key,
    last_payment_error_code: intent.failure?.code ?? null,
    history: intent.history.map((line) => ({...line, at: iso(line.at)})),
  };
}

function refund({at, later: _, ...record}: RefundRecord) {
  return {...record, at: iso(at)};
}

function dispute({at, due_by, submitted_at, closed_at, ...record}: DisputeRecord) {
  const times = {due_by: iso(due_by), submitted_at: isoOrNull(submitted_at), closed_at: isoOrNull(closed_at)};
  return {...record, at: iso(at), ...times};
}
