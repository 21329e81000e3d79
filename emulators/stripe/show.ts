import {cardFace} from './cards.ts';
import type {
  ChargeRecord,
  CustomerRecord,
  IntentRecord,
  PaymentFailure,
  PaymentMethodRecord,
  RefundRecord,
} from './records.ts';
import type {EventRecord, Snapshot, State} from './state.ts';

/** Records as Stripe's JSON shows them. Times are in whole seconds. */

export const API_VERSION = '2026-10-28.endive';

const seconds = (ms: number | null) => (ms === null ? null : Math.floor(ms / 1000));

/** `expand` names fields such as `latest_charge`; customer and payment method need the state to be looked up in. */
export function show(about: Snapshot, expand: readonly string[] = [], state?: State): Record<string, unknown> {
  switch (about.kind) {
    case 'customer':
      return showCustomer(about.record);
    case 'payment_method':
      return showPaymentMethod(about.record);
    case 'intent':
      return showIntent(about.record, expand, state);
    case 'charge':
      return showCharge(about.record, about.intent);
    case 'refund':
      return showRefund(about.record, expand, state);
  }
}

export function showEvent({id, type, at, about}: EventRecord): Record<string, unknown> {
  return {
    id,
    object: 'event',
    api_version: API_VERSION,
    created: seconds(at),
    data: {object: show(about)},
    livemode: false,
    pending_webhooks: 1,
    request: {id: null, idempotency_key: null},
    type,
  };
}

export function showCustomer({id, created, metadata, details}: CustomerRecord): Record<string, unknown> {
  const empty = {address: null, description: null, email: null, name: null, phone: null, shipping: null};
  return {
    id,
    object: 'customer',
    created: seconds(created),
    ...empty,
    ...details,
    balance: 0,
    currency: null,
    default_source: null,
    delinquent: false,
    invoice_settings: {custom_fields: null, default_payment_method: null, footer: null, rendering_options: null},
    livemode: false,
    metadata,
  };
}

export function showPaymentMethod({id, created, card, customer}: PaymentMethodRecord): Record<string, unknown> {
  return {
    id,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: {address: null, email: null, name: null, phone: null},
    card: {...cardFace(card), checks: null, three_d_secure_usage: {supported: true}, wallet: null},
    created: seconds(created),
    customer,
    livemode: false,
    metadata: {},
    type: 'card',
  };
}

export function showIntent(
  intent: IntentRecord,
  expand: readonly string[] = [],
  state?: State,
): Record<string, unknown> {
  const charge = intent.charges.at(-1);
  const {customer, payment_method: method} = intent;
  const customerRecord = customer && expand.includes('customer') ? state?.customers.get(customer) : undefined;
  const methodRecord = method && expand.includes('payment_method') ? state?.paymentMethods.get(method) : undefined;
  const held = intent.status === 'requires_capture' && charge ? charge.amount - charge.amount_captured : 0;
  return {
    id: intent.id,
    object: 'payment_intent',
    amount: intent.amount,
    amount_capturable: held,
    amount_received: intent.amount_received,
    application: null,
    automatic_payment_methods: intent.automatic_payment_methods ? {allow_redirects: 'always', enabled: true} : null,
    canceled_at: seconds(intent.canceled_at),
    cancellation_reason: intent.cancellation_reason,
    capture_method: intent.capture_method,
    client_secret: intent.client_secret,
    confirmation_method: 'automatic',
    created: seconds(intent.created),
    currency: intent.currency,
    description: null,
    receipt_email: null,
    shipping: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    transfer_group: null,
    ...intent.details,
    customer: customerRecord ? showCustomer(customerRecord) : customer,
    last_payment_error: intent.failure && showFailure(intent.failure, intent),
    latest_charge: charge && expand.includes('latest_charge') ? showCharge(charge, intent) : (charge?.id ?? null),
    livemode: false,
    metadata: intent.metadata,
    next_action: intent.status === 'requires_action' ? nextAction(intent) : null,
    payment_method: methodRecord ? showPaymentMethod(methodRecord) : method,
    payment_method_options: {card: paymentOptions(intent)},
    payment_method_types: intent.payment_method_types,
    processing: null,
    review: null,
    setup_future_usage: intent.setup_future_usage,
    status: intent.status,
  };
}

function paymentOptions(intent: IntentRecord) {
  return {
    installments: null,
    mandate_options: null,
    network: null,
    request_three_d_secure: 'automatic',
    ...(intent.request_extended && {request_extended_authorization: 'if_available'}),
    ...(intent.request_multicapture && {request_multicapture: 'if_available'}),
  };
}

function nextAction(intent: IntentRecord) {
  return {
    type: 'use_stripe_sdk',
    use_stripe_sdk: {
      type: 'three_d_secure_redirect',
      source: intent.id,
      stripe_js: 'emulated',
      directory_server: 'visa',
    },
  };
}

export function showFailure(failure: PaymentFailure, intent: IntentRecord) {
  const {code, decline_code, message, charge, payment_method, card} = failure;
  const method = {id: payment_method, card, created: intent.created, customer: intent.customer, used: false};
  return {
    type: charge ? ('card_error' as const) : ('invalid_request_error' as const),
    code,
    ...(decline_code && {decline_code}),
    ...(charge && {charge}),
    doc_url: `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}`,
    message,
    payment_method: showPaymentMethod(method),
  };
}

export function showCharge(charge: ChargeRecord, intent: IntentRecord): Record<string, unknown> {
  return {
    id: charge.id,
    object: 'charge',
    amount: charge.amount,
    amount_captured: charge.amount_captured,
    amount_refunded: charge.amount_refunded,
    balance_transaction: null,
    billing_details: {address: null, email: null, name: null, phone: null},
    captured: charge.captured,
    created: seconds(charge.created),
    currency: intent.currency,
    customer: intent.customer,
    disputed: false,
    failure_code: charge.failure?.code ?? null,
    failure_message: charge.failure?.message ?? null,
    livemode: false,
    metadata: intent.metadata,
    outcome: showOutcome(charge),
    paid: charge.status === 'succeeded',
    payment_intent: intent.id,
    payment_method: charge.payment_method,
    payment_method_details: {type: 'card', card: chargedCard(charge)},
    refunded: charge.amount_captured > 0 && charge.amount_refunded === charge.amount_captured,
    status: charge.status,
  };
}

function chargedCard(charge: ChargeRecord) {
  return {
    ...cardFace(charge.card),
    amount_authorized: charge.status === 'succeeded' ? charge.amount : null,
    ...(charge.capture_before !== null && {capture_before: seconds(charge.capture_before)}),
    checks: null,
    extended_authorization: {status: charge.extended ? 'enabled' : 'disabled'},
    incremental_authorization: {status: 'unavailable'},
    multicapture: {status: charge.multicapture ? 'available' : 'unavailable'},
    overcapture: {maximum_amount_capturable: charge.amount, status: 'unavailable'},
    three_d_secure: null,
    wallet: null,
  };
}

function showOutcome({failure}: ChargeRecord) {
  return failure
    ? {network_status: 'declined_by_network', reason: failure.decline_code ?? failure.code, type: 'issuer_declined'}
    : {network_status: 'approved_by_network', reason: null, type: 'authorized', risk_level: 'normal'};
}

export function showRefund(
  refund: RefundRecord,
  expand: readonly string[] = [],
  state?: State,
): Record<string, unknown> {
  const intent = expand.includes('payment_intent') ? state?.intents.get(refund.payment_intent) : undefined;
  return {
    id: refund.id,
    object: 'refund',
    amount: refund.amount,
    balance_transaction: null,
    charge: refund.charge,
    created: seconds(refund.at),
    currency: refund.currency,
    metadata: refund.metadata,
    payment_intent: intent ? showIntent(intent) : refund.payment_intent,
    reason: refund.reason,
    receipt_number: null,
    status: 'succeeded',
  };
}
