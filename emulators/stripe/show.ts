import {cardFace} from './cards.ts';
import {NO_DETAILS, seconds, showCharge} from './show-charge.ts';
import {showDispute} from './show-dispute.ts';
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
    case 'dispute':
      return showDispute(about.record);
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
    discount: null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    next_invoice_sequence: 1,
    preferred_locales: [],
    tax_exempt: 'none',
    test_clock: null,
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
    billing_details: NO_DETAILS,
    card: methodCard(card),
    created: seconds(created),
    customer,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  };
}

function methodCard(card: string) {
  const {network, ...face} = cardFace(card);
  return {
    ...face,
    checks: null,
    display_brand: network,
    generated_from: null,
    networks: {available: [network], preferred: null},
    regulated_status: null,
    three_d_secure_usage: {supported: true},
    wallet: null,
  };
}

/** Fields that are always empty here: nothing of what fills them is emulated. */
const INTENT_EMPTY = {
  amount_details: {},
  application: null,
  application_fee_amount: null,
  customer_account: null,
  description: null,
  excluded_payment_method_types: null,
  managed_payments: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  processing: null,
  receipt_email: null,
  review: null,
  shipping: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
};

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
    allowed_payment_method_types: intent.allowed_payment_method_types,
    amount: intent.amount,
    amount_capturable: held,
    amount_received: intent.amount_received,
    automatic_payment_methods: intent.automatic_payment_methods && {...intent.automatic_payment_methods, enabled: true},
    canceled_at: seconds(intent.canceled_at),
    cancellation_reason: intent.cancellation_reason,
    capture_method: intent.capture_method,
    client_secret: intent.client_secret,
    confirmation_method: 'automatic',
    created: seconds(intent.created),
    currency: intent.currency,
    ...INTENT_EMPTY,
    ...intent.details,
    customer: customerRecord ? showCustomer(customerRecord) : customer,
    last_payment_error: intent.failure && showFailure(intent.failure, intent),
    latest_charge:
      charge && expand.includes('latest_charge') ? chargeOf(charge, intent, expand, state) : (charge?.id ?? null),
    livemode: false,
    metadata: intent.metadata,
    next_action: intent.status === 'requires_action' ? nextAction(intent) : null,
    payment_method: methodRecord ? showPaymentMethod(methodRecord) : method,
    payment_method_options: {card: paymentOptions(intent)},
    payment_method_types: intent.payment_method_types,
    setup_future_usage: intent.setup_future_usage,
    status: intent.status,
  };
}

/** Its refunds are shown only when they are asked for as well. */
function chargeOf(charge: ChargeRecord, intent: IntentRecord, expand: readonly string[], state?: State) {
  const shown = showCharge(charge, intent);
  if (!expand.includes('latest_charge.refunds') || !state) return shown;
  const ids = (state.refundsByIntent.get(intent.id) ?? []).toReversed();
  const data = ids.map((id) => state.refunds.get(id)).filter((refund) => refund !== undefined);
  const url = `/v1/charges/${charge.id}/refunds`;
  return {...shown, refunds: {object: 'list', data: data.map((refund) => showRefund(refund)), has_more: false, url}};
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
    customer: null,
    customer_account: null,
    destination_details: {type: 'card', card: {type: 'refund'}},
    payment_method: null,
    source_transfer_reversal: null,
    transfer_reversal: null,
    charge: refund.charge,
    created: seconds(refund.at),
    currency: refund.currency,
    metadata: refund.metadata,
    payment_intent: intent ? showIntent(intent) : refund.payment_intent,
    reason: refund.reason,
    receipt_number: null,
    status: refund.status,
    ...(refund.failure_reason && {failure_reason: refund.failure_reason}),
    ...(refund.status === 'pending' && {pending_reason: 'processing'}),
  };
}
