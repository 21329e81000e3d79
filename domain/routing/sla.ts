export type Sla = 'SAME_DAY' | 'NEXT_DAY' | 'TWO_DAY' | 'STANDARD';

const DAYS: Record<Sla, number | null> = {SAME_DAY: 0, NEXT_DAY: 1, TWO_DAY: 2, STANDARD: null};

/** Days after the day of ordering by which the promise ends; null = no promise (STANDARD). */
export function slaDays(sla: Sla): number | null {
  return DAYS[sla];
}

/**
 * Whether any place is near enough for the promise.
 * @param distances_km from each place that could ship to the door
 * @param reach km within which each promise can be kept; null = any distance
 */
export function slaReachable(sla: Sla, distances_km: readonly number[], reach: Record<Sla, number | null>): boolean {
  const limit = reach[sla];
  return distances_km.some((km) => limit === null || km <= limit);
}
