/** A tour that is still walked. */
export interface HeldTour {
  claimed_by: string | null;
  /** milliseconds of the epoch */
  lease_until: number | null;
  paused: boolean;
}

export type TourWord = 'yours' | 'theirs' | 'paused';

/** Whether somebody may work at the stops of a tour: its live holder, or whoever comes first while it has none. */
export function mayWalk(tour: HeldTour, who: {actor: string; now: number}): TourWord {
  if (tour.paused) return 'paused';
  const others = tour.claimed_by !== null && tour.claimed_by !== who.actor;
  return others && tour.lease_until !== null && tour.lease_until > who.now ? 'theirs' : 'yours';
}
