import {isUtf8} from 'node:buffer';
import Stripe from 'stripe';
import {asRecord, parseJsonObject} from './json.ts';
import {WebhookRefused} from './webhook-refused.ts';

/** An event whose sender is certain. Parts that are missing come back empty: authentic, but of no kind we know. */
export interface StripeEvent {
  id: string;
  type: string;
  /** the object the event is about, as it stood then */
  object: Record<string, unknown>;
  /** epoch milliseconds, whole seconds */
  created: number;
}

/**
 * Checks `Stripe-Signature` over the raw bytes and parses the event. Throws WebhookRefused.
 * @param secrets all that are valid now: two during a rotation
 * @param toleranceS how far the signature's time may be from `nowMs`, either way. Stripe signs with real time:
 *   `nowMs` is the machine's clock, not the service's.
 */
export function verifyStripeWebhook(
  raw: Buffer,
  header: string | undefined,
  secrets: readonly string[],
  toleranceS = 300,
  nowMs: number,
): StripeEvent {
  if (!header) throw new WebhookRefused('signature_missing');
  const signedAt = timestampOf(header);
  if (signedAt === undefined) throw new WebhookRefused('signature_malformed');
  // the SDK decodes before it hashes: without this, bytes that differ could pass as the text that was signed
  if (!isUtf8(raw) || startsWithByteOrderMark(raw)) throw new WebhookRefused('signature_mismatch');
  if (!secrets.some((secret) => isSignedBy(raw, header, secret))) throw new WebhookRefused('signature_mismatch');
  const age = Math.floor(nowMs / 1000) - signedAt;
  if (age > toleranceS) throw new WebhookRefused('timestamp_too_old');
  if (age < -toleranceS) throw new WebhookRefused('timestamp_in_future');
  return parseEvent(raw, signedAt);
}

/** Seconds. The SDK takes the last of several and the digits a text begins with; Stripe sends exactly one number. */
function timestampOf(header: string): number | undefined {
  const stamps = header.split(',').filter((item) => item.startsWith('t='));
  const [stamp = ''] = stamps;
  return stamps.length === 1 && /^t=\d{1,12}$/.test(stamp) ? Number(stamp.slice(2)) : undefined;
}

function startsWithByteOrderMark(raw: Buffer): boolean {
  return raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf;
}

/** Tolerance 0 makes the SDK leave the age alone: it knows no future, and its errors cannot be told apart. */
function isSignedBy(raw: Buffer, header: string, secret: string): boolean {
  try {
    return Stripe.webhooks.signature?.verifyHeader(raw, header, secret, 0) === true;
  } catch {
    return false;
  }
}

function parseEvent(raw: Buffer, signedAt: number): StripeEvent {
  const event = parseJsonObject(raw.toString('utf8'));
  if (event?.['object'] !== 'event' || typeof event['id'] !== 'string' || event['id'] === '') {
    throw new WebhookRefused('body_malformed');
  }
  const {id, type, created} = event;
  return {
    id,
    type: typeof type === 'string' ? type : '',
    object: asRecord(asRecord(event['data'])?.['object']) ?? {},
    created: (typeof created === 'number' ? created : signedAt) * 1000,
  };
}
