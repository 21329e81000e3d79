import {randomBytes, scrypt, timingSafeEqual} from 'node:crypto';

const BYTES = 32;
const COST = {N: 16_384, r: 8, p: 1};

const stretch = (secret: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(secret.normalize('NFKC'), salt, BYTES, COST, (error, key) => (error ? reject(error) : resolve(key))),
  );

/** `scrypt:<salt>:<key>`, base64url: every secret has a salt of its own, and guessing one costs 16 MiB a try. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(16);
  return ['scrypt', salt.toString('base64url'), (await stretch(secret, salt)).toString('base64url')].join(':');
}

/** Takes as long for one who has no secret as for one who has. */
export async function isSecret(secret: string, hash: string | null): Promise<boolean> {
  const [, salt = '', key = ''] = (hash ?? '').split(':');
  const made = await stretch(secret, Buffer.from(salt, 'base64url'));
  const kept = Buffer.from(key, 'base64url');
  return kept.length === BYTES && timingSafeEqual(made, kept);
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 80 bits in Crockford's base 32: what a badge's barcode carries beside the person's number. */
export function newBadgeSecret(): string {
  return Array.from(randomBytes(16), (byte) => ALPHABET[byte % 32]).join('');
}
