/** How carriers are unhealthy in the drill: each in every way, one at a time. */
export type CarrierName = 'SwiftPost' | 'NordFreight';

export interface Bout {
  carrier: CarrierName;
  name: string;
  fault: Record<string, unknown>;
  /** purchases fail, so that the breaker must open; false: no price is named, and nobody asks it */
  shuts: boolean;
}

/**
 * What makes a carrier the best for a parcel from Dallas. SwiftPost alone is at the door within two days; to Seattle
 * (zone 5, and time enough for every service) a heavy parcel is cheapest with NordFreight.
 */
export const FROM = 'SIM-DAL';
const DENVER = {city: 'Denver', region: 'CO', postal_code: '80202', country: 'US', lat: 39.74, lng: -104.99};
const SEATTLE = {city: 'Seattle', region: 'WA', postal_code: '98101', country: 'US', lat: 47.61, lng: -122.33};
export const GOODS = {
  SwiftPost: {sku: 'SIM-URGENT', weight_g: 300, to: DENVER, sla: 'TWO_DAY'},
  NordFreight: {sku: 'SIM-HEAVY', weight_g: 13_000, to: SEATTLE, sla: 'STANDARD'},
} as const satisfies Record<CarrierName, object>;

/** What the emulator's books say of a shipment. */
export interface Sale {
  reference: string | null;
  carrier: string;
  bought_at: string | null;
}

const refusal = (code: string, when: 'before' | 'after') => ({
  mode: 'status',
  status: 422,
  when,
  body: JSON.stringify({error: {code, message: 'the carrier did not answer', errors: []}}),
});

const WAYS: Record<string, Record<string, unknown>> = {
  'fails inside': {mode: 'status', status: 503},
  'fails after it sold': {mode: 'error_after', status: 500},
  'wants to be left alone': {mode: 'status', status: 429, retry_after: 2},
  'answers with garbage': {mode: 'garbage'},
  'answers with garbage after it sold': {mode: 'garbage', when: 'after'},
  'hangs up': {mode: 'drop'},
  'is slow': {mode: 'delay', delay_ms: 60_000},
  'times out': refusal('SHIPMENT.POSTAGE.TIMED_OUT', 'before'),
  'gives no response and sold': refusal('SHIPMENT.POSTAGE.NO_RESPONSE', 'after'),
  'names no price': {mode: 'status'},
};

export const BOUTS: readonly Bout[] = Object.entries(WAYS).flatMap(([name, fault], i) => {
  const all: CarrierName[] = ['SwiftPost', 'NordFreight'];
  // the slow ways are tried on one of them
  const carriers = name === 'is slow' ? all.slice(i % 2, (i % 2) + 1) : all;
  return carriers.map((carrier): Bout => ({carrier, name, fault, shuts: name !== 'names no price'}));
});

/** The fault as the emulator takes it: without end, of this carrier only. */
export function faultOf({carrier, name, fault}: Bout): Record<string, unknown> {
  const what = name === 'names no price' ? 'rates' : 'buy';
  return {operation: `shipment.${what}.${carrier}`, count: 1_000_000, ...fault};
}
