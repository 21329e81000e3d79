import {randomBytes} from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** An opaque id, e.g. `ord_01k…`: 48 bits of the service's time, then 80 random bits, in Crockford's base 32. */
export function newId(prefix: string, now: Date): string {
  let time = '';
  for (let rest = now.getTime(), i = 0; i < 10; i += 1, rest = Math.floor(rest / 32)) time = ALPHABET[rest % 32] + time;
  let random = '';
  for (const byte of randomBytes(16)) random += ALPHABET[byte % 32];
  return `${prefix}_${time}${random}`;
}

/** 160 unguessable bits for a link. */
export function newToken(): string {
  return randomBytes(20).toString('base64url');
}
