/** Stands in for node:crypto inside store/, so that ids follow from the seed. */
import {Random} from './random.ts';

export {createCipheriv, createDecipheriv, createHash, createHmac} from 'node:crypto';

const chance = new Random(1);

export function seedIds(seed: number): void {
  chance.reseed(seed);
}

export function randomBytes(size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  for (let i = 0; i < size; i += 1) bytes[i] = chance.bits() & 0xff;
  return bytes;
}

export function randomUUID(): string {
  const hex = Array.from({length: 4}, () => chance.bits().toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
