import {groupBy} from './group-by.ts';

/** Stripe's books as `GET /_control/ledger?requests=1` tells them; only what the checks read. Amounts in minor units. */
export interface StripeLedger {
  now: string;
  holds: StripeHold[];
  captures: {payment_intent: string; amount: number; at: string; idempotency_key: string | null}[];
  refunds: StripeRefund[];
  disputes?: StripeDispute[];
  requests: {method: string; path: string; idempotency_key: string | null; param_hash: string}[];
}

export interface StripeRefund {
  id: string;
  payment_intent: string;
  amount: number;
  currency: string;
  status: string;
  at: string;
  idempotency_key: string | null;
  metadata: Record<string, string>;
}

export interface StripeDispute {
  id: string;
  payment_intent: string;
  amount: number;
  currency: string;
  status: string;
  reason: string;
}

export interface StripeHold {
  id: string;
  amount: number;
  currency: string;
  status: string;
  created: string;
  authorized_at: string | null;
  canceled_at: string | null;
  metadata: Record<string, string>;
  idempotency_key: string | null;
  history: {at: string; what: string; amount?: number}[];
}

export interface PaymentRow {
  id: string;
  order_id: string;
  provider_ref: string | null;
  purpose: string;
  replaces: string | null;
  idempotency_key: string;
  amount: number;
  currency: string;
  state: string;
  captured_amount: number;
  refunded_amount: number;
  disputed_amount: number;
  updated_at: Date;
}

/** A hold with everything that is known of it on both sides. */
export interface Hold extends StripeHold {
  /** the order it belongs to, by our row or else by what the intent itself says; null when neither tells */
  order_id: string | null;
  payment: PaymentRow | null;
  /** the row it was asked for by, also while the answer with its reference is on the way to it */
  asked: PaymentRow | null;
  captured: number;
  /** went back to the customer, or is on its way there */
  refunded: number;
  /** of it, what has arrived by the provider's word */
  refunded_surely: number;
  /** taken back by a bank for good */
  lost: number;
}

export interface MoneyBooks {
  /** the provider's clock, epoch milliseconds */
  now: number;
  holds: Hold[];
  byOrder: ReadonlyMap<string, Hold[]>;
  payments: PaymentRow[];
  requests: StripeLedger['requests'];
  captures: StripeLedger['captures'];
  refunds: StripeRefund[];
  disputes: StripeDispute[];
}

/** Puts the provider's holds beside our payment rows. */
export function openMoneyBooks(ledger: StripeLedger, payments: PaymentRow[]): MoneyBooks {
  const byRef = new Map(payments.flatMap((p) => (p.provider_ref === null ? [] : [[p.provider_ref, p] as const])));
  const byId = new Map(payments.map((p) => [p.id, p]));
  const captured = sumBy(ledger.captures);
  const given = ledger.refunds.filter(({status}) => status !== 'failed');
  const refunded = sumBy(given);
  const surely = sumBy(given.filter(({status}) => status !== 'pending'));
  const lost = sumBy((ledger.disputes ?? []).filter(({status}) => status === 'lost'));
  const holds = ledger.holds.map((hold): Hold => {
    const payment = byRef.get(hold.id) ?? null;
    return {
      ...hold,
      payment,
      asked: payment ?? byId.get(hold.metadata['payment_id'] ?? '') ?? null,
      order_id: payment?.order_id ?? hold.metadata['order_id'] ?? null,
      captured: captured.get(hold.id) ?? 0,
      refunded: refunded.get(hold.id) ?? 0,
      refunded_surely: surely.get(hold.id) ?? 0,
      lost: lost.get(hold.id) ?? 0,
    };
  });
  const byOrder = groupBy(
    holds.filter((hold) => hold.order_id !== null),
    (hold) => hold.order_id as string,
  );
  const {requests, captures, refunds, disputes = []} = ledger;
  return {now: Date.parse(ledger.now), holds, byOrder, payments, requests, captures, refunds, disputes};
}

const STATUS_OF: Readonly<Record<string, string>> = {
  authorized: 'requires_capture',
  captured: 'succeeded',
  canceled: 'canceled',
  declined: 'requires_payment_method',
  requires_action: 'requires_action',
};

/** What our own rows say of the holds, where the provider keeps no books that we could read. */
export function ownMoneyBooks(payments: PaymentRow[], now: number): MoneyBooks {
  const at = (payment: PaymentRow) => payment.updated_at.toISOString();
  const holds = payments
    .filter((payment) => payment.provider_ref !== null)
    .map(
      (payment): Hold => ({
        id: payment.provider_ref ?? '',
        amount: payment.amount,
        currency: payment.currency,
        status: STATUS_OF[payment.state] ?? 'unknown',
        created: at(payment),
        authorized_at: null,
        canceled_at: payment.state === 'canceled' ? at(payment) : null,
        metadata: {order_id: payment.order_id, payment_id: payment.id},
        idempotency_key: payment.idempotency_key,
        history: [],
        order_id: payment.order_id,
        payment,
        asked: payment,
        captured: payment.captured_amount,
        refunded: payment.refunded_amount,
        refunded_surely: payment.refunded_amount,
        lost: payment.disputed_amount,
      }),
    );
  const byOrder = groupBy(holds, (hold) => hold.order_id ?? '');
  return {now, holds, byOrder, payments, requests: [], captures: [], refunds: [], disputes: []};
}

function sumBy(rows: {payment_intent: string; amount: number}[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const {payment_intent: id, amount} of rows) sums.set(id, (sums.get(id) ?? 0) + amount);
  return sums;
}

export const isLive = (hold: StripeHold): boolean => hold.status === 'requires_capture';

export const total = (holds: readonly Hold[] | undefined, pick: (hold: Hold) => number): number =>
  (holds ?? []).reduce((sum, hold) => sum + pick(hold), 0);

/** `1234` of USD as `12.34 USD`. */
export function amountText(amount: number, currency: string): string {
  const code = currency.toUpperCase();
  const digits =
    new Intl.NumberFormat('en', {style: 'currency', currency: code}).resolvedOptions().maximumFractionDigits ?? 2;
  return `${(amount / 10 ** digits).toFixed(digits)} ${code}`;
}
