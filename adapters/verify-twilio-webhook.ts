import {createHmac, timingSafeEqual} from 'node:crypto';
import {isUtf8} from 'node:buffer';
import {WebhookRefused} from './webhook-refused.ts';

/**
 * Checks `X-Twilio-Signature` over the address that was called and every field, and gives the fields. Throws WebhookRefused.
 * The signature has no time: whoever keeps the event must take each only once.
 * @param url the address as the sender knows it, with its query
 * @param tokens all that are valid now: the primary one, and the secondary while it is promoted
 */
export function verifyTwilioWebhook(
  raw: Buffer,
  url: string,
  header: string | undefined,
  tokens: readonly string[],
): Readonly<Record<string, string>> {
  if (!header) throw new WebhookRefused('signature_missing');
  if (!/^[A-Za-z0-9+/]{27}=$/.test(header)) throw new WebhookRefused('signature_malformed');
  if (!isUtf8(raw)) throw new WebhookRefused('signature_mismatch');
  const pairs = [...new URLSearchParams(raw.toString('utf8'))];
  const fields = Object.fromEntries(pairs);
  // two values of one name could be signed as one and read as another
  if (Object.keys(fields).length !== pairs.length) throw new WebhookRefused('body_malformed');
  const given = Buffer.from(header, 'base64');
  const fitting = tokens.filter((token) => token.trim() !== '' && isSignedBy(token, url, fields, given));
  if (fitting.length === 0) throw new WebhookRefused('signature_mismatch');
  if (!fields['MessageSid']) throw new WebhookRefused('body_malformed');
  return fields;
}

function isSignedBy(token: string, url: string, fields: Readonly<Record<string, string>>, given: Buffer): boolean {
  const names = Object.keys(fields).sort();
  const signed = names.reduce((text, name) => `${text}${name}${fields[name] ?? ''}`, url);
  const expected = createHmac('sha1', token).update(signed, 'utf8').digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
}
