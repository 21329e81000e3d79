import {answerWith, type Call, move} from '../call.ts';
import {errorJson} from '../errors.ts';
import {confirm, type Transition} from '../payment-intents.ts';
import type {Answer, IntentRecord, PaymentMethodRecord} from '../records.ts';
import {showFailure, showIntent} from '../show.ts';

/** Confirms the intent: 200 with it, or 402 when the card is declined. */
export function pay(
  call: Call,
  intent: IntentRecord,
  method: PaymentMethodRecord,
  offSession: boolean,
  expand: readonly string[] = [],
): Answer {
  const transition = confirm(intent, method, offSession, call);
  settleMethod(call, transition, method);
  move(call, transition);
  const {failure} = transition.intent;
  return failure ? declined(transition.intent, failure) : answerWith('intent', intent.id, expand);
}

/** A method that has paid is spent, or saved with the customer when `setup_future_usage` asks for it. */
export function settleMethod(call: Call, {intent}: Transition, method: PaymentMethodRecord): void {
  const paid = intent.status === 'requires_capture' || intent.status === 'succeeded';
  if (!paid) return;
  const saved = intent.setup_future_usage !== null ? intent.customer : null;
  const record = {...method, used: true, customer: method.customer ?? saved};
  call.changes.push({set: 'payment_method', record});
}

function declined(intent: IntentRecord, failure: NonNullable<IntentRecord['failure']>): Answer {
  return {status: 402, body: errorJson({...showFailure(failure, intent), payment_intent: showIntent(intent)})};
}
