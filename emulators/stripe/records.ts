/** What the emulator remembers. Records are immutable: a change is a new record. Times are virtual milliseconds. */

export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled';

export type Metadata = Readonly<Record<string, string>>;

export interface CustomerRecord {
  readonly id: string;
  readonly created: number;
  readonly metadata: Metadata;
  /** The other parameters of the create call, given back as they came. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface PaymentMethodRecord {
  readonly id: string;
  readonly created: number;
  /** The magic test id this object was made from; it decides how charges end. */
  readonly card: string;
  readonly customer: string | null;
  /** Charged once already: Stripe refuses to use it again unless it is attached to a customer. */
  readonly used: boolean;
}

export interface Failure {
  readonly code: string;
  readonly decline_code: string | null;
  readonly message: string;
}

/** Why the last attempt to pay failed, and with what. */
export interface PaymentFailure extends Failure {
  readonly payment_method: string;
  readonly card: string;
  /** Null when the payment failed before a charge was tried. */
  readonly charge: string | null;
}

export interface ChargeRecord {
  readonly id: string;
  readonly created: number;
  readonly amount: number;
  readonly payment_method: string;
  readonly card: string;
  readonly status: 'succeeded' | 'failed';
  readonly captured: boolean;
  readonly amount_captured: number;
  readonly amount_refunded: number;
  /** End of the hold; null when the charge was captured at once or failed. */
  readonly capture_before: number | null;
  readonly extended: boolean;
  readonly multicapture: boolean;
  readonly failure: Failure | null;
  /** A bank took its money back at least for a while. */
  readonly disputed?: boolean;
}

export interface HistoryLine {
  readonly at: number;
  readonly what: string;
  readonly amount?: number;
}

export interface IntentRecord {
  readonly id: string;
  readonly created: number;
  readonly client_secret: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: IntentStatus;
  readonly customer: string | null;
  readonly payment_method: string | null;
  readonly payment_method_types: readonly string[];
  readonly automatic_payment_methods: {readonly allow_redirects: 'always' | 'never'} | null;
  readonly allowed_payment_method_types: readonly string[] | null;
  readonly capture_method: 'manual' | 'automatic';
  readonly setup_future_usage: 'on_session' | 'off_session' | null;
  readonly metadata: Metadata;
  readonly details: Readonly<Record<string, unknown>>;
  readonly request_extended: boolean;
  readonly request_multicapture: boolean;
  readonly charges: readonly ChargeRecord[];
  readonly amount_received: number;
  readonly authorized_at: number | null;
  readonly canceled_at: number | null;
  readonly cancellation_reason: string | null;
  readonly failure: PaymentFailure | null;
  /** The key of the create call. */
  readonly idempotency_key: string | null;
  readonly history: readonly HistoryLine[];
}

export interface CaptureRecord {
  readonly id: string;
  readonly payment_intent: string;
  readonly amount: number;
  readonly at: number;
  readonly idempotency_key: string | null;
}

export interface CancelRecord {
  readonly payment_intent: string;
  readonly at: number;
  readonly idempotency_key: string | null;
  readonly reason: string | null;
}

export interface RefundRecord {
  readonly id: string;
  readonly payment_intent: string;
  readonly charge: string;
  readonly amount: number;
  readonly currency: string;
  readonly reason: string | null;
  readonly metadata: Metadata;
  readonly at: number;
  readonly idempotency_key: string | null;
  readonly status: RefundStatus;
  readonly failure_reason: string | null;
  /** What becomes of it by itself, and when. */
  readonly later: {readonly at: number; readonly status: RefundStatus} | null;
}

export type RefundStatus = 'pending' | 'succeeded' | 'failed';

export type DisputeStatus = 'needs_response' | 'under_review' | 'won' | 'lost';

export interface DisputeRecord {
  readonly id: string;
  readonly charge: string;
  readonly payment_intent: string;
  readonly amount: number;
  readonly currency: string;
  readonly card: string;
  readonly reason: string;
  readonly status: DisputeStatus;
  readonly at: number;
  /** No answer by then is an answer. */
  readonly due_by: number;
  readonly evidence: Metadata;
  readonly submitted_at: number | null;
  readonly closed_at: number | null;
  readonly metadata: Metadata;
}

export type EventType =
  | `payment_intent.${'created' | 'amount_capturable_updated' | 'succeeded' | 'payment_failed' | 'canceled' | 'requires_action'}`
  | `charge.${'succeeded' | 'failed' | 'captured' | 'expired' | 'refunded'}`
  | `charge.dispute.${'created' | 'updated' | 'closed' | 'funds_withdrawn' | 'funds_reinstated'}`
  | 'charge.refund.updated'
  | `refund.${'created' | 'updated' | 'failed'}`;

/** Points at an object; in the journal it means the object as it stood at that place. */
export interface Reference {
  readonly kind: 'customer' | 'payment_method' | 'intent' | 'charge' | 'refund' | 'dispute';
  readonly id: string;
}

export interface RequestRecord {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly idempotency_key: string | null;
  readonly param_hash: string;
  /** The status sent; 0 when the connection was dropped instead. */
  readonly status: number;
  readonly replayed: boolean;
}

/** An answer: an object to show, or a finished body. */
export type Answer =
  | {readonly status: number; readonly about: Reference; readonly expand: readonly string[]}
  | {readonly status: number; readonly body: string};

export type Change =
  | {readonly set: 'customer'; readonly record: CustomerRecord}
  | {readonly set: 'payment_method'; readonly record: PaymentMethodRecord}
  | {readonly set: 'intent'; readonly record: IntentRecord}
  | {readonly add: 'capture'; readonly record: CaptureRecord}
  | {readonly add: 'cancel'; readonly record: CancelRecord}
  | {readonly add: 'refund'; readonly record: RefundRecord}
  | {readonly set: 'refund'; readonly record: RefundRecord}
  | {readonly set: 'dispute'; readonly record: DisputeRecord}
  | {
      readonly add: 'event';
      readonly id: string;
      readonly type: EventType;
      readonly at: number;
      readonly about: Reference;
    }
  | {readonly add: 'request'; readonly record: RequestRecord}
  | {
      readonly add: 'answer';
      readonly key: string;
      readonly hash: string;
      readonly at: number;
      readonly request: string;
      readonly answer: Answer;
    }
  | {readonly set: 'clock'; readonly offset: number};

/** One journal line: everything one request did, so that no part of it can survive without the rest. */
export type Entry = readonly Change[];
