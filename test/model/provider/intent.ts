/** One payment intent of the model's bank. */
export interface Intent {
  id: string;
  status: 'requires_payment_method' | 'requires_action' | 'requires_capture' | 'succeeded' | 'canceled';
  amount: number;
  captured: number;
  currency: string;
  customer: string;
  metadata: Record<string, string>;
  card: string;
  method: string;
  capture_before: number | null;
  multicapture: boolean;
  made_at: number;
  captures: number[];
  gone: 'canceled' | 'expired' | null;
}

export type IntentAnswer = ReturnType<typeof showIntent>;

/** The intent as the SDK gives it, with what the adapter reads expanded. */
export function showIntent(intent: Intent) {
  const {id, status, amount, captured, currency, customer, metadata, card, method, multicapture} = intent;
  const authorised = intent.capture_before !== null;
  const charge = {
    amount_captured: captured,
    amount_refunded: 0,
    refunds: {data: [], has_more: false},
    status: authorised ? 'succeeded' : 'failed',
    payment_method: method,
    payment_method_details: {
      card: {
        ...(intent.capture_before !== null && {capture_before: Math.floor(intent.capture_before / 1_000)}),
        multicapture: {status: multicapture ? 'available' : 'unavailable'},
        fingerprint: `card of ${customer}`,
      },
    },
  };
  return {
    id,
    status,
    amount,
    amount_received: captured,
    amount_capturable: status === 'requires_capture' ? amount - captured : 0,
    currency,
    customer,
    metadata: {...metadata},
    client_secret: `${id}_secret`,
    latest_charge: authorised ? charge : null,
    last_payment_error:
      status === 'requires_payment_method' ? {code: 'card_declined', decline_code: 'generic_decline', card} : null,
  };
}

export const isLive = (intent: Intent) => intent.status === 'requires_capture' || intent.status === 'requires_action';
