import {cardBrand} from './cards.ts';
import type {DisputeRecord} from './records.ts';
import {seconds} from './show-charge.ts';

/** Every kind of evidence Stripe's API of today takes as text. */
export const EVIDENCE = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_communication',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'customer_signature',
  'duplicate_charge_documentation',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'receipt',
  'refund_policy',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'service_documentation',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_documentation',
  'shipping_tracking_number',
  'uncategorized_file',
  'uncategorized_text',
] as const;

/** Stripe's dispute object. */
export function showDispute(dispute: DisputeRecord): Record<string, unknown> {
  const {id, amount, charge, at, currency, evidence, metadata, payment_intent, reason, status} = dispute;
  const submitted = dispute.submitted_at !== null;
  return {
    id,
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge,
    created: seconds(at),
    currency,
    enhanced_eligibility_types: [],
    evidence: {...Object.fromEntries(EVIDENCE.map((name) => [name, null])), ...evidence, enhanced_evidence: {}},
    evidence_details: {
      due_by: seconds(dispute.due_by),
      enhanced_eligibility: {},
      has_evidence: Object.keys(evidence).length > 0,
      past_due: !submitted && dispute.closed_at !== null,
      submission_count: submitted ? 1 : 0,
      submission_method: submitted ? 'manual' : 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata,
    payment_intent,
    payment_method_details: {
      type: 'card',
      card: {brand: cardBrand(dispute.card), case_type: 'chargeback', network_reason_code: null},
    },
    reason,
    status,
  };
}
