import {createHmac, timingSafeEqual} from 'node:crypto';
import type {IncomingHttpHeaders} from 'node:http';

/** Standard Webhooks, "Verifying webhook authenticity": five minutes either way. */
const TOLERANCE_S = 300;

/** Why a message is not believed; null when it is signed by who shares the secret. */
export function whyForged(
  headers: IncomingHttpHeaders,
  body: Buffer,
  secret: string,
  now: number,
  speed: number,
): string | null {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    String(headers[name] ?? ''),
  );
  if (!id || !timestamp || !signatures) return 'not signed';
  // on a clock that runs fast a moment on the wire is hours
  const tolerance = TOLERANCE_S + 60 * speed;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1_000 - Number(timestamp)) > tolerance) return 'too old';
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  const given = signatures
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice(3), 'base64'));
  const fits = given.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
  return fits ? null : 'wrong signature';
}
