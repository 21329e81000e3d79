import type {CarrierPickup, PickupOffer, PickupRequest} from '../activities/ports.ts';
import {parseAmount} from '../domain/money/decimal.ts';
import {addressParams} from './easypost-address.ts';
import {asRecord} from './json.ts';
import {providerFailure} from './provider-failures.ts';

const STATES: Readonly<Record<string, CarrierPickup['state']>> = {
  unknown: 'offered',
  scheduled: 'booked',
  canceled: 'cancelled',
};

/** Asked with one of the shipments: a batch of all of them would bind each to one pickup and is made while one waits. */
export function pickupParams({reference, shipment_ref, address, from, until, instructions}: PickupRequest) {
  return {
    ...{reference, instructions, is_account_address: false},
    ...{address: addressParams(address), shipment: {id: shipment_ref}},
    ...{min_datetime: new Date(from).toISOString(), max_datetime: new Date(until).toISOString()},
  };
}

/** Reads a Pickup. Throws ProviderError for an answer that is none. */
export function readPickup(answer: unknown): CarrierPickup {
  const {id, status, confirmation, pickup_rates: rates} = asRecord(answer) ?? {};
  const state = STATES[String(status)];
  if (typeof id !== 'string' || !state || !Array.isArray(rates)) throw providerFailure.unreadable('EasyPost');
  const offers = rates.map((rate) => readOffer(asRecord(rate) ?? {})).filter((offer) => offer !== null);
  return {pickup_ref: id, state, confirmation: typeof confirmation === 'string' ? confirmation : null, offers};
}

function readOffer({carrier, service, rate, currency}: Record<string, unknown>): PickupOffer | null {
  if (typeof carrier !== 'string' || typeof service !== 'string' || typeof currency !== 'string') return null;
  const amount = parseAmount(String(rate), currency);
  return amount === null ? null : {carrier, service, amount, currency};
}
