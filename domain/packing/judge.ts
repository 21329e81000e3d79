import {FRAGILE_BEARS_G, type PackItem, type Placement} from './types.ts';

/** A closed parcel, as it claims to be packed. */
export interface Packed {
  /** Null = a unit in its own carton. */
  box: {inner_mm: readonly number[]; weight_g: number; max_weight_g: number} | null;
  placements: readonly Placement[];
}

/**
 * What is wrong with packed parcels, in sentences; empty = nothing. Knows nothing of how they were packed and shares no
 * code with it: looks at each pair of units in turn.
 */
export function judgeParcels(items: readonly PackItem[], parcels: readonly Packed[]): string[] {
  const byLine = new Map(items.map((item) => [item.line_id, item]));
  const packed = new Map<string, number>();
  for (const {line_id} of parcels.flatMap(({placements}) => placements)) {
    packed.set(line_id, (packed.get(line_id) ?? 0) + 1);
  }
  const counts = [...new Set([...byLine.keys(), ...packed.keys()])]
    .filter((line) => (packed.get(line) ?? 0) !== (byLine.get(line)?.qty ?? 0))
    .map((line) => `line ${line}: ${packed.get(line) ?? 0} of ${byLine.get(line)?.qty ?? 0} units are packed`);
  return [
    ...counts,
    ...parcels.flatMap((parcel, i) => judgeOne(parcel, byLine).map((text) => `parcel ${i + 1}: ${text}`)),
  ];
}

function judgeOne({box, placements}: Packed, byLine: ReadonlyMap<string, PackItem>): string[] {
  const units = placements.flatMap((place) => {
    const item = byLine.get(place.line_id);
    return item ? [{place, item}] : [];
  });
  const texts = units.flatMap(({place, item}) => shapeOf(place, item));
  const classes = new Set(units.map(({item}) => item.hazmat ?? 'harmless'));
  if (classes.size > 1) texts.push(`${[...classes].join(' and ')} goods travel together`);
  if (box === null) return units.length === 1 ? texts : [...texts, 'an own carton holds one unit'];
  const grams = units.reduce((sum, {item}) => sum + item.weight_g, box.weight_g);
  if (grams > box.max_weight_g) texts.push(`it weighs ${grams} g of ${box.max_weight_g} g`);
  return [...texts, ...judgePlaces(placements, box.inner_mm), ...crushed(units)];
}

/** Edges of the box, overlaps and what hangs over. */
export function judgePlaces(placements: readonly Placement[], inner_mm: readonly number[]): string[] {
  const texts: string[] = [];
  const [w = 0, d = 0, h = 0] = inner_mm;
  for (const [i, a] of placements.entries()) {
    if (a.x < 0 || a.y < 0 || a.z < 0 || a.x + a.dx > w || a.y + a.dy > d || a.z + a.dz > h) {
      texts.push(`${a.sku} sticks out of the box`);
    }
    let carried = a.z === 0 ? a.dx * a.dy : 0;
    for (const [j, b] of placements.entries()) {
      if (i === j) continue;
      const common = shared(a.x, a.dx, b.x, b.dx) * shared(a.y, a.dy, b.y, b.dy);
      if (j > i && common * shared(a.z, a.dz, b.z, b.dz) > 0) texts.push(`${a.sku} and ${b.sku} overlap`);
      if (b.z + b.dz === a.z) carried += common;
    }
    if (carried < a.dx * a.dy) texts.push(`${a.sku} hangs over: ${carried} of ${a.dx * a.dy} mm² are carried`);
  }
  return texts;
}

function shared(from: number, length: number, other: number, otherLength: number): number {
  return Math.max(0, Math.min(from + length, other + otherLength) - Math.max(from, other));
}

function shapeOf(place: Placement, item: PackItem): string[] {
  const own = [item.length_mm, item.width_mm, item.height_mm].sort((a, b) => a - b);
  const turned = [place.dx, place.dy, place.dz].sort((a, b) => a - b);
  if (own.some((edge, i) => edge !== turned[i])) return [`${item.sku} has another shape`];
  return item.upright && place.dz !== item.height_mm ? [`${item.sku} does not stand upright`] : [];
}

/** All that stands above any part of a fragile unit counts as standing on it. */
function crushed(units: readonly {place: Placement; item: PackItem}[]): string[] {
  return units
    .filter(({item}) => item.fragile)
    .flatMap(({place: a, item}) => {
      const above = units.filter(
        ({place: b}) => b.z >= a.z + a.dz && shared(a.x, a.dx, b.x, b.dx) > 0 && shared(a.y, a.dy, b.y, b.dy) > 0,
      );
      const grams = above.reduce((sum, unit) => sum + unit.item.weight_g, 0);
      return grams > FRAGILE_BEARS_G ? [`${grams} g stand on ${item.sku}, which is fragile`] : [];
    });
}
