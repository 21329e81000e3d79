import {ControlError} from '../shared/control.ts';
import {newCall} from './call.ts';
import {decisionChanges, disputeChanges} from './disputes.ts';
import type {Engine} from './engine.ts';
import type {Features} from './payment-intents.ts';
import {refundChanges} from './refunds.ts';
import {createRefund} from './routes/refunds.ts';

/** What a bank and a cardholder do, by the control interface. */

/** POST /_control/refunds `{refund, status: 'succeeded' | 'failed'}`: the bank's word about a refund, at once. */
export function settleRefund(engine: Engine, {refund, status}: Record<string, unknown>) {
  const record = engine.state().refunds.get(String(refund));
  if (!record) throw new ControlError('refund must name a refund');
  if (status !== 'succeeded' && status !== 'failed') throw new ControlError('status must be succeeded or failed');
  engine.commit(refundChanges(engine.state(), record, status, engine.now()));
  return {refund: record.id, status: engine.state().refunds.get(record.id)?.status};
}

/**
 * POST /_control/refunds `{payment_intent | order_id, amount?}`: somebody gives money back by hand in the dashboard; of
 * an order of that name in the metadata, the newest hold that was captured.
 */
export function refundByHand(engine: Engine, features: Features, body: Record<string, unknown>) {
  const {payment_intent, order_id, amount} = body;
  const taken = [...engine.state().intents.values()].filter(
    ({id, metadata, charges}) =>
      (id === payment_intent || (order_id !== undefined && metadata['order_id'] === order_id)) &&
      (charges.at(-1)?.amount_captured ?? 0) > 0,
  );
  const intent = taken.at(-1);
  if (!intent) throw new ControlError('payment_intent or order_id must name money that was taken');
  const form = {payment_intent: intent.id, ...(typeof amount === 'number' ? {amount: String(amount)} : {})};
  const call = newCall(engine.state(), features, engine.now(), {form, path: {}, key: null});
  const answer = createRefund(call);
  engine.commit(call.changes);
  const refund = engine.state().refunds.get('about' in answer ? answer.about.id : '');
  return {refund: refund?.id, payment_intent: intent.id, amount: refund?.amount};
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
