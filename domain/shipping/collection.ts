/** What a carrier collects at a warehouse: how its platform is asked for manifests and pickups. Durations are milliseconds. */
export interface CollectionTerms {
  /** one relay is at a question for so long, then another may be */
  lease: number;
  /** after an answer that settles nothing: the first pause, and how long it grows by doubling */
  retry_first: number;
  retry_max: number;
  /** the driver is asked to come between the cut-off of the site and so much later */
  pickup_window: number;
  /** a pickup is asked for at least so long before the end of that; what is later is the next open day's */
  pickup_notice: number;
  /** with so many parcels more than it was booked for it is booked anew, as a share of those */
  pickup_growth: number;
  /** so often a driver who was booked is asked after: carriers call pickups off, too */
  pickup_look?: number;
}

const HOUR = 3_600_000;

export const COLLECTION: CollectionTerms = {
  lease: 60_000,
  retry_first: 1_000,
  retry_max: 300_000,
  pickup_window: 3 * HOUR,
  pickup_notice: 2 * HOUR,
  pickup_growth: 0.25,
  pickup_look: HOUR / 4,
};

/**
 * How long a question rests after an answer that settled nothing.
 * @param attempts how often it was asked, 1 or more
 * @param asked_for what the platform wants to be left alone for; null: it did not say
 */
export function restOf(terms: CollectionTerms, attempts: number, asked_for: number | null = null): number {
  const own = Math.min(terms.retry_max, terms.retry_first * 2 ** (attempts - 1));
  return Math.max(own, asked_for ?? 0);
}
