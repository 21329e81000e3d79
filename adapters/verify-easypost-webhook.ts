import {isUtf8} from 'node:buffer';
import {createHash, createHmac, timingSafeEqual} from 'node:crypto';
import {asRecord, parseJsonObject} from './json.ts';
import {WebhookRefused} from './webhook-refused.ts';

/** An event whose sender is certain. Parts that are missing come back empty: authentic, but of no kind we know. */
export interface EasyPostEvent {
  /** the provider's; where it gives none, a hash of the body, so that a repeat is still recognised */
  id: string;
  /** such as `tracker.updated` */
  type: string;
  /** the object the event is about, as it stood then */
  object: Record<string, unknown>;
  /** epoch milliseconds; null when the event does not say */
  created: number | null;
}

/**
 * Checks `X-Hmac-Signature` as EasyPost's SDK does and parses the event. Throws WebhookRefused.
 * The signature has no time: whoever stores the event must refuse to go back in state and to take an id twice.
 * @param secrets all that are valid now: two during a rotation
 */
export function verifyEasypostWebhook(
  raw: Buffer,
  header: string | undefined,
  secrets: readonly string[],
): EasyPostEvent {
  if (!header) throw new WebhookRefused('signature_missing');
  if (!/^hmac-sha256-hex=[0-9a-f]{64}$/.test(header)) throw new WebhookRefused('signature_malformed');
  if (!isUtf8(raw)) throw new WebhookRefused('signature_mismatch');
  const body = withFloatWeights(raw.toString('utf8'));
  const given = Buffer.from(header);
  // every secret is tried, so that the time does not tell which one fits
  const fitting = secrets.filter((secret) => secret.trim() !== '' && timingSafeEqual(given, signatureOf(body, secret)));
  if (fitting.length === 0) throw new WebhookRefused('signature_mismatch');
  return parseEvent(body, raw);
}

/** EasyPost signs weights as floats; JavaScript senders and proxies write them back as integers. */
function withFloatWeights(body: string): string {
  return body.replace(/("weight":\s*)(\d+)(\s*)(?=,|\})/g, '$1$2.0');
}

function signatureOf(body: string, secret: string): Buffer {
  const digest = createHmac('sha256', Buffer.from(secret.normalize('NFKD')))
    .update(body)
    .digest('hex');
  return Buffer.from(`hmac-sha256-hex=${digest}`);
}

function parseEvent(body: string, raw: Buffer): EasyPostEvent {
  const event = parseJsonObject(body);
  if (!event) throw new WebhookRefused('body_malformed');
  const {id, description, created_at: createdAt} = event;
  const created = typeof createdAt === 'string' ? Date.parse(createdAt) : Number.NaN;
  return {
    id: typeof id === 'string' && id !== '' ? id : `sha256_${createHash('sha256').update(raw).digest('hex')}`,
    type: typeof description === 'string' ? description : '',
    object: asRecord(event['result']) ?? {},
    created: Number.isNaN(created) ? null : created,
  };
}
