import type {Call} from './call.ts';
import {refundFate} from './cards.ts';
import {eventChanges} from './events.ts';
import {newId} from './ids.ts';
import {type Transition, withHistory, withLatestCharge} from './payment-intents.ts';
import type {Change, ChargeRecord, EventType, IntentRecord, RefundRecord, RefundStatus} from './records.ts';
import type {State} from './state.ts';

/** How long a bank takes over a refund that is not done at once. */
const BANK_TAKES = 3_600_000;

type Fate = Pick<RefundRecord, 'status' | 'failure_reason' | 'later'>;

/** How a refund of this charge begins, and what becomes of it by itself. */
export function fateOf({state, now}: Call, intent: IntentRecord, charge: ChargeRecord): Fate {
  const at = now + BANK_TAKES;
  const first = (state.refundsByIntent.get(intent.id) ?? []).length === 0;
  switch (refundFate(charge.card)) {
    case 'pending':
      return {status: 'pending', failure_reason: null, later: {at, status: 'succeeded'}};
    case 'fail':
      return {status: 'succeeded', failure_reason: null, later: {at, status: 'failed'}};
    case 'fail_once':
      if (first) return {status: 'pending', failure_reason: null, later: {at, status: 'failed'}};
      break;
    case undefined:
  }
  return {status: 'succeeded', failure_reason: null, later: null};
}

/** Books a refund on the charge; the caller has checked the amount. A negative amount has come back. */
export function bookRefund(intent: IntentRecord, amount: number, now: number): Transition {
  const refunded = (intent.charges.at(-1)?.amount_refunded ?? 0) + amount;
  const line = {at: now, what: amount < 0 ? 'refund came back' : 'refunded', amount: Math.abs(amount)};
  return {
    intent: withHistory(withLatestCharge(intent, {amount_refunded: refunded}), line),
    events: amount < 0 ? [] : ['charge.refunded'],
  };
}

/** The bank's word about a refund. Nothing, when it has been heard before. */
export function refundChanges(state: State, record: RefundRecord, status: RefundStatus, at: number): Change[] {
  if (record.status === status || record.status === 'failed') return [];
  const failed = status === 'failed';
  const after = {...record, status, failure_reason: failed ? 'declined' : null, later: null};
  const intent = state.intents.get(record.payment_intent);
  const about = {kind: 'refund', id: record.id} as const;
  const types: EventType[] = failed ? ['charge.refund.updated', 'refund.failed'] : ['refund.updated'];
  const changes: Change[] = [{set: 'refund', record: after}];
  if (failed && intent) {
    const back = bookRefund(intent, -record.amount, at);
    changes.push({set: 'intent', record: back.intent}, ...eventChanges(back.intent, back.events, at));
  }
  return [...changes, ...types.map((type): Change => ({add: 'event', id: newId('evt'), type, at, about}))];
}
