import {disputeReason} from './cards.ts';
import {newId} from './ids.ts';
import {withHistory, withLatestCharge} from './payment-intents.ts';
import type {Change, DisputeRecord, EventType, IntentRecord, Metadata} from './records.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** From the money being taken to the cardholder's word. */
const DISPUTED_AFTER = MINUTE;
/** Card networks give 7 to 21 days. */
const TIME_TO_ANSWER = 7 * DAY;
const BANK_DECIDES = 2 * DAY;

/** When the cardholder disputes what was taken of this intent; null for most. */
export function disputeDue(intent: IntentRecord): number | null {
  const charge = intent.charges.at(-1);
  if (!charge || charge.disputed || charge.amount_captured === 0 || !disputeReason(charge.card)) return null;
  const taken = intent.history.findLast(({what}) => what === 'captured' || what === 'charged');
  return taken ? taken.at + DISPUTED_AFTER : null;
}

/** When a dispute is decided without anybody doing more. */
export function decisionDue({status, due_by, submitted_at}: DisputeRecord): number | null {
  if (status === 'needs_response') return due_by;
  return status === 'under_review' && submitted_at !== null ? submitted_at + BANK_DECIDES : null;
}

/** The bank takes the money back, until it has decided. */
export function disputeChanges(intent: IntentRecord, reason: string, amount: number | null, at: number): Change[] {
  const charge = intent.charges.at(-1);
  const left = charge ? charge.amount_captured - charge.amount_refunded : 0;
  const taken = Math.min(amount ?? left, left);
  if (!charge || taken < 1) return [];
  const record: DisputeRecord = {
    id: newId('du'),
    charge: charge.id,
    payment_intent: intent.id,
    amount: taken,
    currency: intent.currency,
    card: charge.card,
    reason,
    status: 'needs_response',
    at,
    due_by: at + TIME_TO_ANSWER,
    evidence: {},
    submitted_at: null,
    closed_at: null,
    metadata: {},
  };
  const disputed = withHistory(withLatestCharge(intent, {disputed: true}), {at, what: 'disputed', amount: taken});
  return [
    {set: 'intent', record: disputed},
    {set: 'dispute', record},
    ...told(record, ['charge.dispute.created', 'charge.dispute.funds_withdrawn'], at),
  ];
}

export function evidenceChanges(dispute: DisputeRecord, evidence: Metadata, submit: boolean, at: number): Change[] {
  const record: DisputeRecord = {
    ...dispute,
    evidence: {...dispute.evidence, ...evidence},
    ...(submit ? {status: 'under_review', submitted_at: at} : {}),
  };
  return [{set: 'dispute', record}, ...told(record, ['charge.dispute.updated'], at)];
}

export function decisionChanges(dispute: DisputeRecord, status: 'won' | 'lost', at: number): Change[] {
  if (dispute.closed_at !== null) return [];
  const record: DisputeRecord = {...dispute, status, closed_at: at};
  const reinstated: EventType[] = status === 'won' ? ['charge.dispute.funds_reinstated'] : [];
  return [{set: 'dispute', record}, ...told(record, [...reinstated, 'charge.dispute.closed'], at)];
}

/** Who gets the money: who says nothing loses, and goods that were carried to the door were received. */
export function judge({status, reason, evidence}: DisputeRecord): 'won' | 'lost' {
  const said = evidence['uncategorized_text'] ?? '';
  if (status !== 'under_review' || said.includes('losing_evidence')) return 'lost';
  if (said.includes('winning_evidence')) return 'won';
  return reason === 'product_not_received' && evidence['shipping_tracking_number'] ? 'won' : 'lost';
}

function told({id}: DisputeRecord, types: EventType[], at: number): Change[] {
  return types.map((type) => ({add: 'event', id: newId('evt'), type, at, about: {kind: 'dispute', id}}));
}
