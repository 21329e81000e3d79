import {luhnLooksLikeCard, textFault} from '../text/plain-text.ts';
import type {TextFault} from '../text/plain-text.ts';
import {isCountryCode} from './countries.ts';
import {postalRule} from './postal-rules.ts';
import {codeInRegion} from './region-codes.ts';

export interface Address {
  name: string;
  line1: string;
  line2?: string | null;
  city: string;
  region?: string | null;
  postal_code?: string | null;
  /** ISO 3166-1 alpha-2, capitals. */
  country: string;
  /** Degrees. */
  lat: number;
  lng: number;
}

export interface AddressFault {
  /** JSON pointer relative to the address, such as `/postal_code`. */
  pointer: string;
  /**
   * `required`, `too_long`, `control_character`, `line_break`, `malformed_unicode`, `card_number`, `unknown_country`,
   * `invalid_postal_code`, `postal_code_not_in_region`, `out_of_range`
   */
  code: string;
  detail: string;
}

type TextField = 'name' | 'line1' | 'line2' | 'city' | 'region' | 'postal_code';

/** Longest values, in characters as people count them: code points. */
const MAX: Record<TextField, number> = {name: 300, line1: 200, line2: 200, city: 200, region: 200, postal_code: 200};

const TEXT_FAULTS: Record<TextFault, string> = {
  blank: 'must not be blank',
  too_long: 'is too long',
  control_character: 'holds a control character',
  line_break: 'must be one line',
  malformed_unicode: 'is not well-formed Unicode',
};

/**
 * All faults of an address by the rules of its country; empty = valid. Countries without rules of their own get the
 * basic checks: name, line, city, texts, coordinates.
 */
export function validateAddress(address: Address): AddressFault[] {
  const known = isCountryCode(address.country);
  const rule = postalRule(address.country);
  const text = (field: TextField, required: boolean) => textFaults(field, address[field] ?? '', required);
  return [
    ...text('name', true),
    ...text('line1', true),
    ...text('line2', false),
    ...text('city', rule.city_required),
    ...text('region', rule.region_required),
    ...text('postal_code', rule.code_required),
    ...postalFaults(address),
    ...(known ? [] : [fault('/country', 'unknown_country', 'is not an ISO 3166-1 alpha-2 country code')]),
    ...degreesFault('/lat', address.lat, 90),
    ...degreesFault('/lng', address.lng, 180),
  ];
}

function textFaults(field: TextField, value: string, required: boolean): AddressFault[] {
  const tooLong = value.length > MAX[field] && [...value].length > MAX[field];
  const found = textFault(value, {max: Number.MAX_SAFE_INTEGER}) ?? (tooLong ? 'too_long' : null);
  if (found === 'blank') {
    return required ? [fault(`/${field}`, 'required', `${field} is needed in this country's addresses`)] : [];
  }
  if (found !== null) return [fault(`/${field}`, found, `${field} ${TEXT_FAULTS[found]}`)];
  if (luhnLooksLikeCard(value)) return [fault(`/${field}`, 'card_number', `${field} must not hold a card number`)];
  return [];
}

function postalFaults({country, region, postal_code}: Address): AddressFault[] {
  const code = (postal_code ?? '').trim().toUpperCase();
  const pattern = postalRule(country).code;
  if (code === '' || pattern === null || textFault(code, {max: MAX.postal_code}) !== null) return [];
  if (!pattern.test(code)) {
    return [fault('/postal_code', 'invalid_postal_code', `is not a postal code of ${country}`)];
  }
  if (codeInRegion(country, region ?? '', code) === false) {
    return [fault('/postal_code', 'postal_code_not_in_region', 'does not belong to the region given')];
  }
  return [];
}

function degreesFault(pointer: string, value: number, most: number): AddressFault[] {
  if (Number.isFinite(value) && Math.abs(value) <= most) return [];
  return [fault(pointer, 'out_of_range', `must be between -${most} and ${most} degrees`)];
}

function fault(pointer: string, code: string, detail: string): AddressFault {
  return {pointer, code, detail};
}
