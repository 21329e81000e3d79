import type {PostalAddress, VerifiedAddress} from '../activities/ports.ts';
import {asRecord} from './json.ts';
import {providerFailure} from './provider-failures.ts';

type Json = Record<string, unknown>;

export function addressParams(address: PostalAddress): Json {
  const {name, line1, line2, city, region, postal_code, country, phone, email} = address;
  const params = {name, street1: line1, street2: line2, city, state: region, zip: postal_code, country, phone, email};
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined && value !== ''));
}

/** Reads an address that was to be verified. Throws ProviderError for an answer that does not say whether it is. */
export function readVerified(asked: PostalAddress, answer: unknown): VerifiedAddress {
  const told = asRecord(answer);
  const delivery = asRecord(asRecord(told?.['verifications'])?.['delivery']);
  const success = delivery?.['success'];
  if (!told || typeof success !== 'boolean') throw providerFailure.unreadable('EasyPost');
  const errors = Array.isArray(delivery?.['errors']) ? delivery['errors'].map(asRecord) : [];
  const codes = errors.map((error) => error?.['code']).filter((code) => typeof code === 'string');
  const text = (field: string) => (typeof told[field] === 'string' && told[field] !== '' ? told[field] : undefined);
  const address: PostalAddress = {
    ...asked,
    line1: text('street1') ?? asked.line1,
    // what was one line may be two, and the other way round
    line2: text('street1') === undefined ? asked.line2 : text('street2'),
    city: text('city') ?? asked.city,
    region: text('state') ?? asked.region,
    postal_code: text('zip') ?? asked.postal_code,
    country: text('country') ?? asked.country,
  };
  return {deliverable: success, codes, address};
}
