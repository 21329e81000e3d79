import type {Address} from './types.ts';

/** What a carrier's platform says of an address that it is asked to verify. */
export interface Verification {
  success: boolean;
  errors: {code: string; field: string; message: string; suggestion: null}[];
}

/** Words that everybody spells wrong, and how they are spelt. */
const SPELLING: readonly [RegExp, string][] = [
  [/\bstret\b/gi, 'Street'],
  [/\bavenu\b/gi, 'Avenue'],
];
/** Streets that no carrier knows say so. */
const NOWHERE = /\bunfindable\b/i;

/** The address as the carriers write it, and whether they can deliver there. */
export function verified(address: Address): {address: Address; verification: Verification} {
  const {street1, city, zip} = address;
  const errors = [
    ...(street1 === null || (city === null && zip === null)
      ? [fault('E.ADDRESS.INSUFFICIENT', 'address', 'Insufficient address data provided')]
      : []),
    ...(NOWHERE.test(street1 ?? '') ? [fault('E.ADDRESS.NOT_FOUND', 'address', 'Address not found')] : []),
  ];
  const spelt = SPELLING.reduce((text, [wrong, right]) => text.replace(wrong, right), street1 ?? '');
  const corrected = errors.length === 0 && street1 !== null ? {...address, street1: spelt} : address;
  return {address: corrected, verification: {success: errors.length === 0, errors}};
}

const fault = (code: string, field: string, message: string) => ({code, field, message, suggestion: null});
