const DAY = 86_400_000;

/**
 * Is an estimate worth a message? A day or more after what was promised, and then after what was told last: a carrier's
 * estimate that wanders by hours is no news, and one that comes nearer again is told by the delivery itself.
 */
export function isNewDelay({promised, told, until}: {promised: number; told: number | null; until: number}): boolean {
  return until >= Math.max(promised, told ?? promised) + DAY;
}
