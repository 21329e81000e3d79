import {ControlError} from '../shared/control.ts';
import {decisionChanges, disputeChanges} from './disputes.ts';
import type {Engine} from './engine.ts';
import {refundChanges} from './refunds.ts';

/** What a bank and a cardholder do, by the control interface. */

/** POST /_control/refunds `{refund, status: 'succeeded' | 'failed'}`: the bank's word about a refund, at once. */
export function settleRefund(engine: Engine, {refund, status}: Record<string, unknown>) {
  const record = engine.state().refunds.get(String(refund));
  if (!record) throw new ControlError('refund must name a refund');
  if (status !== 'succeeded' && status !== 'failed') throw new ControlError('status must be succeeded or failed');
  engine.commit(refundChanges(engine.state(), record, status, engine.now()));
  return {refund: record.id, status: engine.state().refunds.get(record.id)?.status};
}

/** POST /_control/disputes `{payment_intent, reason?, amount?}`: the cardholder disputes what was taken. */
export function openDispute(engine: Engine, body: Record<string, unknown>) {
  const {payment_intent, reason = 'fraudulent', amount = null} = body;
  const intent = engine.state().intents.get(String(payment_intent));
  if (!intent) throw new ControlError('payment_intent must name an intent');
  const disputed = typeof amount === 'number' ? amount : null;
  const changes = disputeChanges(intent, String(reason), disputed, engine.now());
  if (changes.length === 0) throw new ControlError('nothing was taken that could be disputed');
  engine.commit(changes);
  return {dispute: engine.state().disputeOrder.at(-1)};
}

/** POST /_control/disputes/close `{dispute, outcome: 'won' | 'lost'}`: the bank decides, at once. */
export function closeDispute(engine: Engine, {dispute, outcome}: Record<string, unknown>) {
  const record = engine.state().disputes.get(String(dispute));
  if (!record || record.closed_at !== null) throw new ControlError('dispute must name an open dispute');
  if (outcome !== 'won' && outcome !== 'lost') throw new ControlError('outcome must be won or lost');
  engine.commit(decisionChanges(record, outcome, engine.now()));
  return {dispute: record.id, status: outcome};
}
