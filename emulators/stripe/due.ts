import {disputeReason} from './cards.ts';
import {decisionChanges, decisionDue, disputeChanges, disputeDue, judge} from './disputes.ts';
import {eventChanges} from './events.ts';
import {expire} from './payment-intents.ts';
import type {Change, IntentRecord} from './records.ts';
import {refundChanges} from './refunds.ts';
import type {State} from './state.ts';

/** What happens by itself because its time has come; nothing, when things have gone another way in the meantime. */
export function dueChanges(state: State, id: string, now: number): Change[] {
  const refund = state.refunds.get(id);
  if (refund) return refund.later ? refundChanges(state, refund, refund.later.status, refund.later.at) : [];
  const dispute = state.disputes.get(id);
  if (dispute) {
    const due = decisionDue(dispute);
    return due !== null && due <= now ? decisionChanges(dispute, judge(dispute), due) : [];
  }
  const intent = state.intents.get(id);
  return intent ? intentChanges(intent, now) : [];
}

function intentChanges(intent: IntentRecord, now: number): Change[] {
  const charge = intent.charges.at(-1);
  const disputed = disputeDue(intent);
  if (charge && disputed !== null && disputed <= now) {
    return disputeChanges(intent, disputeReason(charge.card) ?? 'general', null, disputed);
  }
  if (intent.status !== 'requires_capture' || (charge?.capture_before ?? now) > now) return [];
  const {intent: ended, events} = expire(intent);
  const at = ended.canceled_at ?? now;
  return [
    {set: 'intent', record: ended},
    ...eventChanges(ended, events, at),
    {
      add: 'cancel',
      record: {payment_intent: intent.id, at, idempotency_key: null, reason: ended.cancellation_reason},
    },
  ];
}
