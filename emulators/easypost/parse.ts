import {newId} from './ids.ts';
import type {Address, Parcel} from './types.ts';
import {invalid, missing} from './wire.ts';

export type Fields = Record<string, unknown>;

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** Text, or null for what is absent or empty; numbers are taken as text. */
export function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** An address by its id or by its fields. The country is two letters, US where absent. */
export function parseAddress(value: unknown, field: string, known: Map<string, Address>, now: number): Address {
  const given = fields(value);
  if (Object.keys(given).length === 0) throw missing(field);
  if (typeof given.id === 'string') {
    const found = known.get(given.id);
    if (!found) throw invalid(`${field}.id`, 'no such address');
    return found;
  }
  const country = (text(given.country) ?? 'US').toUpperCase();
  if (!/^[A-Z]{2}$/.test(country)) throw invalid(`${field}.country`, 'must be two letters');
  return {
    id: newId('adr'),
    name: text(given.name),
    company: text(given.company),
    street1: text(given.street1),
    street2: text(given.street2),
    city: text(given.city),
    state: text(given.state),
    zip: text(given.zip),
    country,
    phone: text(given.phone),
    email: text(given.email),
    residential: typeof given.residential === 'boolean' ? given.residential : null,
    created_at: now,
  };
}

/** A parcel with its weight in ounces and its sides in inches. */
export function parseParcel(value: unknown): Parcel {
  const given = fields(value);
  if (Object.keys(given).length === 0) throw missing('parcel');
  if (given.weight === undefined || given.weight === null) throw missing('parcel.weight');
  return {
    length: side(given.length, 'parcel.length'),
    width: side(given.width, 'parcel.width'),
    height: side(given.height, 'parcel.height'),
    weight: positive(given.weight, 'parcel.weight'),
    predefined_package: text(given.predefined_package),
  };
}

function side(value: unknown, field: string): number | null {
  return value === undefined || value === null ? null : positive(value, field);
}

function positive(value: unknown, field: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0)
    throw invalid(field, 'must be greater than zero');
  return number;
}
