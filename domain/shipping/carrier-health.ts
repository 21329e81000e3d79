/**
 * Is a carrier to be asked for labels? A breaker for each: closed (asked), open (routed around), half open (one parcel
 * finds out). Times are epoch milliseconds, durations milliseconds.
 */
export type BreakerState = 'closed' | 'open' | 'half_open';

export interface CarrierHealth {
  state: BreakerState;
  /** purchases that failed since it was last well */
  failures: number;
  /** weighs failures against successes; see `CarrierTerms` */
  strain: number;
  opened_at: number | null;
  /** open: when a parcel may find out; half open: until when that one parcel has the word */
  probe_at: number | null;
  /** the parcel that finds out */
  probe_by: string | null;
  /** probes that failed in a row: each makes the next one wait longer */
  probes_failed: number;
}

export interface CarrierTerms {
  /**
   * A failure adds `failure_weight`, a success takes `success_weight` off; at `open_at` the breaker opens. With 2, 1 and
   * 8: after four failures in a row, after at most eight where every second purchase fails, never where three of four
   * succeed.
   */
  open_at: number;
  failure_weight: number;
  success_weight: number;
  /** the first probe comes after this; the pause doubles with each that fails, up to `probe_at_most` */
  probe_after: number;
  probe_at_most: number;
  /** a probe that was not heard of for so long is given to another parcel */
  probe_lease: number;
}

export const CARRIERS: CarrierTerms = {
  open_at: 8,
  failure_weight: 2,
  success_weight: 1,
  probe_after: 60_000,
  probe_at_most: 30 * 60_000,
  probe_lease: 2 * 60_000,
};

/** `said_nothing`: about the parcel or the rate, not about the carrier. */
export type PurchaseOutcome = 'succeeded' | 'failed' | 'said_nothing';

export interface Heard {
  outcome: PurchaseOutcome;
  /** whose label it was */
  parcel: string;
  /** how long the carrier wants to be left alone; null: it did not say */
  retry_after: number | null;
  at: number;
}

export const WELL: CarrierHealth = {
  state: 'closed',
  failures: 0,
  strain: 0,
  opened_at: null,
  probe_at: null,
  probe_by: null,
  probes_failed: 0,
};

/** May a label be bought there: yes, by one parcel that finds out, or no. */
export function admits({state, probe_at}: CarrierHealth, now: number): 'yes' | 'probe' | 'no' {
  if (state === 'closed') return 'yes';
  return probe_at !== null && now >= probe_at ? 'probe' : 'no';
}

/** The carrier is tried out by this parcel alone; null when it is not the time, or another one is at it. */
export function beginProbe(
  health: CarrierHealth,
  parcel: string,
  now: number,
  terms: CarrierTerms,
): CarrierHealth | null {
  const own = health.state === 'half_open' && health.probe_by === parcel;
  if (!own && admits(health, now) !== 'probe') return null;
  return {...health, state: 'half_open', probe_by: parcel, probe_at: now + terms.probe_lease};
}

/** What is known of the carrier after a purchase ended. Of an open one only its probe is believed. */
export function afterPurchase(health: CarrierHealth, heard: Heard, terms: CarrierTerms): CarrierHealth {
  if (health.state === 'closed') return afterOrdinary(health, heard, terms);
  if (health.state === 'open' || health.probe_by !== heard.parcel) return health;
  if (heard.outcome === 'succeeded') return WELL;
  // the next parcel may find out at once
  if (heard.outcome === 'said_nothing') return {...health, state: 'open', probe_by: null, probe_at: heard.at};
  const failed = {...health, failures: health.failures + 1, probes_failed: health.probes_failed + 1};
  return open(failed, heard, terms);
}

function afterOrdinary(health: CarrierHealth, heard: Heard, terms: CarrierTerms): CarrierHealth {
  if (heard.outcome === 'said_nothing') return health;
  if (heard.outcome === 'succeeded') {
    const strain = Math.max(0, health.strain - terms.success_weight);
    return strain === 0 ? WELL : {...health, strain};
  }
  const strained = {...health, failures: health.failures + 1, strain: health.strain + terms.failure_weight};
  return strained.strain < terms.open_at ? strained : open({...strained, opened_at: heard.at}, heard, terms);
}

function open(health: CarrierHealth, {at, retry_after}: Heard, terms: CarrierTerms): CarrierHealth {
  const pause = Math.min(terms.probe_at_most, terms.probe_after * 2 ** Math.min(20, health.probes_failed));
  const wished = Math.min(terms.probe_at_most, retry_after ?? 0);
  return {...health, state: 'open', probe_by: null, probe_at: at + Math.max(pause, wished)};
}
