import {compareNatural} from '../text/natural-order.ts';

export interface WalkStop {
  bin: string;
  aisle: string;
  rack: string;
  shelf: string;
}

/**
 * The order of a serpentine (S-shape) walk: every aisle with a stop is walked through once, up the first, down the
 * next (R. W. Hall, "Distance approximations for routing manual pickers in a warehouse", IIE Transactions 25, 1993).
 * Aisles in natural order ("A2" before "A10"); racks ascending in the 1st, 3rd, ... visited aisle, descending in the
 * others; at one rack by shelf, then bin. Stops equal in all four keep their order; the input is not changed.
 */
export function serpentine<T extends WalkStop>(stops: readonly T[]): T[] {
  const aisles = new Map<string, T[]>();
  for (const stop of stops) {
    const own = aisles.get(stop.aisle);
    if (own) own.push(stop);
    else aisles.set(stop.aisle, [stop]);
  }
  return [...aisles.keys()].sort(compareNatural).flatMap((aisle, visited) => {
    const direction = visited % 2 === 0 ? 1 : -1;
    return (aisles.get(aisle) ?? []).sort((a, b) => compareInAisle(a, b, direction));
  });
}

function compareInAisle(a: WalkStop, b: WalkStop, direction: 1 | -1): number {
  return direction * compareNatural(a.rack, b.rack) || compareNatural(a.shelf, b.shelf) || compareNatural(a.bin, b.bin);
}
