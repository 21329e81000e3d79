import {cardFace} from './cards.ts';
import type {ChargeRecord, IntentRecord} from './records.ts';

/** Times are in whole seconds. */
export const seconds = (ms: number | null) => (ms === null ? null : Math.floor(ms / 1000));

export const NO_DETAILS = {address: null, email: null, name: null, phone: null, tax_id: null};

const CHARGE_EMPTY = {
  application: null,
  application_fee: null,
  application_fee_amount: null,
  balance_transaction: null,
  calculated_statement_descriptor: null,
  description: null,
  failure_balance_transaction: null,
  fraud_details: {},
  on_behalf_of: null,
  receipt_email: null,
  receipt_number: null,
  receipt_url: null,
  review: null,
  shipping: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
};

export function showCharge(charge: ChargeRecord, intent: IntentRecord): Record<string, unknown> {
  return {
    id: charge.id,
    object: 'charge',
    amount: charge.amount,
    amount_captured: charge.amount_captured,
    amount_refunded: charge.amount_refunded,
    ...CHARGE_EMPTY,
    billing_details: NO_DETAILS,
    captured: charge.captured,
    created: seconds(charge.created),
    currency: intent.currency,
    customer: intent.customer,
    disputed: charge.disputed ?? false,
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
    authorization_code: null,
    installments: null,
    mandate: null,
    network_token: {used: false},
    network_transaction_id: null,
    regulated_status: null,
    transaction_link_id: null,
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
  const none = {advice_code: null, network_advice_code: null, network_decline_code: null, seller_message: null};
  return failure
    ? {
        ...none,
        network_status: 'declined_by_network',
        reason: failure.decline_code ?? failure.code,
        type: 'issuer_declined',
      }
    : {...none, network_status: 'approved_by_network', reason: null, type: 'authorized', risk_level: 'normal'};
}
