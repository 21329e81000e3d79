import {fitsInside, place, sortedDims, volumeOf} from './space.ts';
import type {Dims} from './space.ts';

export interface PackItem {
  line_id: string;
  sku: string;
  qty: number;
  /** Per unit. */
  weight_g: number;
  length_mm: number;
  width_mm: number;
  height_mm: number;
}

export interface Box {
  id: string;
  inner_mm: [number, number, number];
  /** Of the empty box. */
  weight_g: number;
  /** Of the closed box, its own weight included. */
  max_weight_g: number;
  /** Minor units. */
  cost_amount: number;
}

export interface PlannedParcel {
  /** Null = the unit travels in its own carton. */
  box_id: string | null;
  items: {line_id: string; sku: string; qty: number}[];
  expected_g: number;
  /** Inner edges of the box, or the unit's own. */
  dims_mm: [number, number, number];
}

/** Share of a box that several units may fill; the rest is for padding. A single unit only has to fit. */
export const FILL_FACTOR = 0.85;

interface Open {
  box: Box;
  rooms: Dims[];
  volume: number;
  weight_g: number;
  /** Units in the order they went in. */
  units: PackItem[];
}

/**
 * Chooses boxes for a sub-order: the smallest one that holds all; when none does, first-fit decreasing by volume (D. S.
 * Johnson, 1973) into the largest box a unit fits, each parcel then moved to the smallest box that holds it. Every unit
 * is given a real place in the box (right-angled turns), within the fill factor and the box's weight limit. A unit that
 * fits no box travels in its own carton.
 */
export function planParcels(items: readonly PackItem[], boxes: readonly Box[]): PlannedParcel[] {
  const bySize = [...boxes].sort(
    (a, b) => volumeOf(a.inner_mm) - volumeOf(b.inner_mm) || a.cost_amount - b.cost_amount || (a.id < b.id ? -1 : 1),
  );
  const fitsSome = (item: PackItem) => bySize.some((box) => add(opened(box), item) !== null);
  const boxed = largestFirst(items.filter(fitsSome));
  const units = boxed.flatMap((item) => Array.from({length: item.qty}, () => item));
  const one = units.length > 0 ? smallestBox(units, bySize) : null;
  const parcels = one ? [one] : firstFit(units, bySize).map((parcel) => smallestBox(parcel.units, bySize) ?? parcel);
  const alone = items
    .filter((item) => !fitsSome(item))
    .flatMap((item) => Array.from({length: item.qty}, () => ownCarton(item)));
  return [...parcels.map((parcel) => parcelOf(parcel, items)), ...alone];
}

/** What a parcel should weigh: grams of all units and of the box (null = own carton, counted with the unit). */
export function expectedWeight(
  items: readonly {weight_g: number; qty: number}[],
  box: {weight_g: number} | null,
): number {
  return items.reduce((sum, item) => sum + item.weight_g * item.qty, box?.weight_g ?? 0);
}

/** Whether a measured weight is near enough: within a share of the expected one, but at least within `floor_g`. */
export function weightOk(measured_g: number, expected_g: number, tolerance: {share: number; floor_g: number}): boolean {
  return Math.abs(measured_g - expected_g) <= Math.max(tolerance.floor_g, tolerance.share * expected_g);
}

function largestFirst(items: readonly PackItem[]): PackItem[] {
  return [...items].sort((a, b) => volumeOf(dimsOf(b)) - volumeOf(dimsOf(a)) || longest(b) - longest(a));
}

function smallestBox(units: readonly PackItem[], bySize: readonly Box[]): Open | null {
  const volume = units.reduce((sum, unit) => sum + volumeOf(dimsOf(unit)), 0);
  const weight_g = units.reduce((sum, unit) => sum + unit.weight_g, 0);
  for (const box of bySize) {
    if (weight_g + box.weight_g > box.max_weight_g || volume > volumeOf(box.inner_mm)) continue;
    let open: Open | null = opened(box);
    for (const unit of units) {
      open = add(open, unit);
      if (open === null) break;
    }
    if (open !== null) return open;
  }
  return null;
}

/** A unit equal to the one before needs no look at the parcels that one did not fit. */
function firstFit(units: readonly PackItem[], bySize: readonly Box[]): Open[] {
  const parcels: Open[] = [];
  let [from, before]: [number, PackItem | null] = [0, null];
  for (const unit of units) {
    if (unit !== before) [from, before] = [0, unit];
    for (let filled = null; filled === null; ) {
      const parcel = parcels[from] ?? largestFor(unit, bySize);
      filled = add(parcel, unit);
      if (filled === null) from += 1;
      else parcels[from] = filled;
    }
  }
  return parcels;
}

function largestFor(unit: PackItem, bySize: readonly Box[]): Open {
  const box = bySize.findLast((candidate) => add(opened(candidate), unit) !== null);
  if (box === undefined) throw new RangeError(`${unit.sku} fits no box`);
  return opened(box);
}

function opened(box: Box): Open {
  return {box, rooms: [box.inner_mm], volume: 0, weight_g: box.weight_g, units: []};
}

function add(open: Open, unit: PackItem): Open | null {
  const dims = dimsOf(unit);
  const volume = open.volume + volumeOf(dims);
  const weight_g = open.weight_g + unit.weight_g;
  if (weight_g > open.box.max_weight_g) return null;
  if (open.units.length === 0 && !fitsInside(dims, open.box.inner_mm)) return null;
  if (open.units.length > 0 && volume > FILL_FACTOR * volumeOf(open.box.inner_mm)) return null;
  const rooms = place(open.rooms, dims);
  return rooms && {box: open.box, rooms, volume, weight_g, units: [...open.units, unit]};
}

function parcelOf(parcel: Open, items: readonly PackItem[]): PlannedParcel {
  const counts = new Map<PackItem, number>();
  for (const unit of parcel.units) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  return {
    box_id: parcel.box.id,
    items: items
      .filter((item) => counts.has(item))
      .map((item) => ({line_id: item.line_id, sku: item.sku, qty: counts.get(item) ?? 0})),
    expected_g: parcel.weight_g,
    dims_mm: [...parcel.box.inner_mm],
  };
}

function ownCarton(item: PackItem): PlannedParcel {
  return {
    box_id: null,
    items: [{line_id: item.line_id, sku: item.sku, qty: 1}],
    expected_g: item.weight_g,
    dims_mm: [...dimsOf(item)],
  };
}

function dimsOf(item: PackItem): [number, number, number] {
  return [item.length_mm, item.width_mm, item.height_mm];
}

function longest(item: PackItem): number {
  return sortedDims(dimsOf(item))[0];
}
