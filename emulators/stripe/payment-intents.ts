import {type ChargeOutcome, cardBrand, chargeOutcome} from './cards.ts';
import {refused} from './errors.ts';
import {newId} from './ids.ts';
import type {
  ChargeRecord,
  EventType,
  Failure,
  HistoryLine,
  IntentRecord,
  IntentStatus,
  PaymentMethodRecord,
} from './records.ts';
import {showIntent} from './show.ts';

/** The moves of a payment intent. Each takes a record and gives the next one with the events Stripe would send. */
export interface Transition {
  intent: IntentRecord;
  events: EventType[];
}

/** What the account may do. */
export interface Features {
  multicapture: boolean;
  extended: boolean;
}

export interface Context {
  /** Virtual milliseconds. */
  now: number;
  features: Features;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** docs.stripe.com/payments/place-a-hold-on-a-payment-method: online card payments, and Visa initiated by the merchant. */
const HOLD = 7 * DAY;
const HOLD_VISA_MERCHANT_INITIATED = 4 * DAY + 18 * HOUR;
const HOLD_EXTENDED = 30 * DAY;

/** What can still be captured, in minor units. */
export function amountCapturable(intent: IntentRecord): number {
  const charge = intent.charges.at(-1);
  return intent.status === 'requires_capture' && charge ? charge.amount - charge.amount_captured : 0;
}

/** Charges the payment method: authorised, declined, or waiting for the customer's authentication. */
export function confirm(
  intent: IntentRecord,
  method: PaymentMethodRecord,
  offSession: boolean,
  context: Context,
): Transition {
  const outcome: ChargeOutcome = chargeOutcome(method.card, offSession);
  switch (outcome.kind) {
    case 'approve':
      return authorise(intent, method, offSession, context);
    case 'decline':
      return decline(intent, method, outcome.failure, context);
    case 'authenticate':
      return {
        intent: withHistory(
          {...intent, status: 'requires_action', payment_method: method.id},
          {at: context.now, what: 'requires_action'},
        ),
        events: ['payment_intent.requires_action'],
      };
  }
}

/** The bank says yes: a hold with manual capture, money with automatic capture. */
export function authorise(
  intent: IntentRecord,
  method: PaymentMethodRecord,
  offSession: boolean,
  {now, features}: Context,
): Transition {
  const manual = intent.capture_method === 'manual';
  const extended = manual && features.extended && intent.request_extended;
  const charge: ChargeRecord = {
    ...newCharge(intent, method, now),
    captured: !manual,
    amount_captured: manual ? 0 : intent.amount,
    capture_before: manual ? now + holdLength(method.card, offSession, extended) : null,
    extended,
    multicapture: manual && features.multicapture && intent.request_multicapture,
  };
  const authorised = withHistory(
    {
      ...intent,
      status: manual ? 'requires_capture' : 'succeeded',
      payment_method: method.id,
      charges: [...intent.charges, charge],
      amount_received: charge.amount_captured,
      authorized_at: now,
      failure: null,
    },
    {at: now, what: manual ? 'authorized' : 'charged', amount: intent.amount},
  );
  const after = manual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded';
  return {intent: authorised, events: ['charge.succeeded', after]};
}

function holdLength(card: string, offSession: boolean, extended: boolean): number {
  if (extended) return HOLD_EXTENDED;
  return offSession && cardBrand(card) === 'visa' ? HOLD_VISA_MERCHANT_INITIATED : HOLD;
}

function decline(intent: IntentRecord, method: PaymentMethodRecord, failure: Failure, {now}: Context): Transition {
  const charge: ChargeRecord = {...newCharge(intent, method, now), status: 'failed', failure};
  const failed = failPayment({...intent, charges: [...intent.charges, charge]}, method, failure, charge.id, now);
  return {intent: failed, events: ['charge.failed', 'payment_intent.payment_failed']};
}

/** The customer did not pass 3D Secure. */
export function failAuthentication(intent: IntentRecord, method: PaymentMethodRecord, {now}: Context): Transition {
  const failure: Failure = {
    code: 'payment_intent_authentication_failure',
    decline_code: null,
    message: 'The provided PaymentMethod has failed authentication.',
  };
  return {intent: failPayment(intent, method, failure, null, now), events: ['payment_intent.payment_failed']};
}

function failPayment(
  intent: IntentRecord,
  method: PaymentMethodRecord,
  failure: Failure,
  charge: string | null,
  now: number,
): IntentRecord {
  return withHistory(
    {
      ...intent,
      status: 'requires_payment_method',
      payment_method: null,
      failure: {...failure, payment_method: method.id, card: method.card, charge},
    },
    {at: now, what: `failed: ${failure.decline_code ?? failure.code}`, amount: intent.amount},
  );
}

function newCharge(intent: IntentRecord, method: PaymentMethodRecord, now: number): ChargeRecord {
  return {
    id: newId('ch'),
    created: now,
    amount: intent.amount,
    payment_method: method.id,
    card: method.card,
    status: 'succeeded',
    captured: false,
    amount_captured: 0,
    amount_refunded: 0,
    capture_before: null,
    extended: false,
    multicapture: false,
    failure: null,
  };
}

const CANCELLABLE: readonly IntentStatus[] = [
  'requires_payment_method',
  'requires_capture',
  'requires_confirmation',
  'requires_action',
];

/** Ends the intent; what is still held goes back to the customer. */
export function cancel(intent: IntentRecord, reason: string | null, {now}: Context): Transition {
  if (!CANCELLABLE.includes(intent.status)) throw unexpectedState(intent, 'canceled', CANCELLABLE);
  return {intent: end(intent, reason, 'canceled', now), events: ['payment_intent.canceled']};
}

/** The hold has run out: it ends at its `capture_before`, however late anybody looks. */
export function expire(intent: IntentRecord): Transition {
  const at = intent.charges.at(-1)?.capture_before ?? intent.created;
  return {intent: end(intent, 'expired', 'expired', at), events: ['charge.expired', 'payment_intent.canceled']};
}

function end(intent: IntentRecord, reason: string | null, what: string, now: number): IntentRecord {
  const amount = amountCapturable(intent);
  return withHistory(
    {...intent, status: 'canceled', canceled_at: now, cancellation_reason: reason},
    {at: now, what, ...(amount > 0 && {amount})},
  );
}

export function unexpectedState(intent: IntentRecord, verb: string, allowed: readonly IntentStatus[]) {
  const message =
    `This PaymentIntent could not be ${verb} because it has a status of ${intent.status}. ` +
    `Only a PaymentIntent with one of the following statuses may be ${verb}: ${allowed.join(', ')}.`;
  return refused('payment_intent_unexpected_state', message, {payment_intent: showIntent(intent)});
}

export function withLatestCharge(intent: IntentRecord, change: Partial<ChargeRecord>): IntentRecord {
  const latest = intent.charges.at(-1);
  return latest ? {...intent, charges: [...intent.charges.slice(0, -1), {...latest, ...change}]} : intent;
}

export function withHistory(intent: IntentRecord, ...lines: HistoryLine[]): IntentRecord {
  return {...intent, history: [...intent.history, ...lines]};
}
