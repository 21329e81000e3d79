/** An aisle: x across the floor, from..to along it; all in millimetres. */
export interface Aisle {
  name: string;
  x: number;
  from: number;
  to: number;
  /** carts pass it only towards higher (`up`) or lower (`down`) y */
  one_way?: 'up' | 'down';
  zone?: string;
}

/**
 * A floor of parallel aisles, joined by cross aisles that run over its whole width: the space between two cross aisles
 * is a block. An aisle opens onto every cross aisle within its extent; beyond its last one it is a dead end.
 */
export interface Layout {
  aisles: readonly Aisle[];
  /** y of each cross aisle, ascending, in millimetres */
  cross_aisles: readonly number[];
  /** where every walk begins and ends: on a cross aisle */
  depot: Point;
}

export interface Point {
  x: number;
  y: number;
}

/** A place to stand at: in the middle of an aisle, so that its left and right shelves are one. */
export interface Spot {
  /** index in `layout.aisles` */
  aisle: number;
  y: number;
}

/** Rows of the cross aisles the aisle opens onto, ascending. */
export function openings(layout: Layout, aisle: Aisle): number[] {
  return [...layout.cross_aisles.keys()].filter((row) => {
    const y = at(layout.cross_aisles, row);
    return aisle.from <= y && y <= aisle.to;
  });
}

/** Whether carts go both ways everywhere. */
export const isTwoWay = (layout: Layout): boolean => layout.aisles.every((aisle) => aisle.one_way === undefined);

/** The element that must be there. */
export function at<T>(list: ArrayLike<T>, index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`there is no element ${index} of ${list.length}`);
  return found;
}
