import {invalidParameter, refused} from './errors.ts';
import {
  amountCapturable,
  type Context,
  type Transition,
  unexpectedState,
  withHistory,
  withLatestCharge,
} from './payment-intents.ts';
import type {ChargeRecord, HistoryLine, IntentRecord} from './records.ts';
import {showIntent} from './show.ts';

/**
 * Takes `amount` (default: all that can be captured). An ordinary intent takes one capture, and the rest of the hold is
 * released; with multicapture granted, `final: false` keeps the rest, and a final capture of 0 releases it.
 */
export function capture(
  intent: IntentRecord,
  {amount, final}: {amount: number | undefined; final: boolean},
  {now}: Context,
): Transition & {captured: number} {
  const charge = capturableCharge(intent);
  const capturable = amountCapturable(intent);
  const taken = amount ?? capturable;
  if (!final && !charge.multicapture) {
    throw refused('payment_intent_invalid_parameter', 'final_capture=false needs multicapture, which is unavailable.', {
      param: 'final_capture',
      payment_intent: showIntent(intent),
    });
  }
  const releaseOnly = taken === 0 && final && charge.amount_captured > 0;
  if (taken < 1 && !releaseOnly) {
    throw invalidParameter('parameter_invalid_integer', 'amount_to_capture', 'This value must be greater than 0.');
  }
  if (taken > capturable) {
    const message = `The amount to capture (${taken}) is greater than the amount that can be captured (${capturable}).`;
    throw refused('amount_too_large', message, {param: 'amount_to_capture', payment_intent: showIntent(intent)});
  }
  const done = final || taken === capturable;
  const next = withLatestCharge(intent, {captured: true, amount_captured: charge.amount_captured + taken});
  const history: HistoryLine[] = [{at: now, what: 'captured', amount: taken}];
  if (done && taken < capturable) history.push({at: now, what: 'released', amount: capturable - taken});
  const captured = withHistory(
    {...next, status: done ? 'succeeded' : 'requires_capture', amount_received: intent.amount_received + taken},
    ...history,
  );
  const after = done ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated';
  return {intent: captured, captured: taken, events: ['charge.captured', after]};
}

function capturableCharge(intent: IntentRecord): ChargeRecord {
  const charge = intent.charges.at(-1);
  if (intent.status === 'requires_capture' && charge) return charge;
  if (intent.cancellation_reason === 'expired') {
    throw refused('charge_expired_for_capture', 'The charge cannot be captured: its authorization has expired.', {
      ...(charge && {charge: charge.id}),
      payment_intent: showIntent(intent),
    });
  }
  throw unexpectedState(intent, 'captured', ['requires_capture']);
}
