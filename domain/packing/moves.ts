import type {Kind} from './kinds.ts';
import type {Flat} from './levels.ts';
import {type Block, bearsAt, type Load, unitsAllowed} from './load.ts';
import {type Dims, FRAGILE_BEARS_G} from './types.ts';

/** How much may still be tried, in turned units looked at: an answer depends on the question alone, never on the machine. */
export interface Budget {
  left: number;
}

/** A block that fits on a flat: its kind, turn and number of units along x, y and z. */
type Visit = (kind: number, turn: Dims, nx: number, ny: number, nz: number) => void;

/** Goes through the blocks of a kind that fit on a flat, larger and smaller ones where there are several units. */
export function eachBlock(load: Load, flat: Flat, kind: number, budget: Budget, visit: Visit): void {
  const {turns, least} = load.kinds[kind] as Kind;
  const height = load.room.dims[2] - flat.z;
  if (least > flat.w || least > flat.d || least > height) return;
  const allowed = unitsAllowed(load, kind);
  if (allowed < 1) return;
  budget.left -= turns.length;
  const n: [number, number, number] = [1, 1, 1];
  for (const turn of turns) {
    if (turn[0] > flat.w || turn[1] > flat.d || turn[2] > height) continue;
    if (allowed === 1) {
      if (isBorne(load, flat, kind, turn, 1, 1, 1)) visit(kind, turn, 1, 1, 1);
      continue;
    }
    const most: Dims = [Math.floor(flat.w / turn[0]), Math.floor(flat.d / turn[1]), Math.floor(height / turn[2])];
    for (const order of ORDERS) {
      n.fill(1);
      let units = allowed;
      for (const axis of order) {
        n[axis] = Math.min(most[axis], units);
        units = Math.floor(units / n[axis]);
      }
      if (isBorne(load, flat, kind, turn, n[0], n[1], n[2])) visit(kind, turn, n[0], n[1], n[2]);
    }
  }
}

/** The axes in the order in which a block is filled; none = a single unit. */
const ORDERS: readonly (readonly (0 | 1 | 2)[])[] = [[0, 1, 2], [1, 0, 2], [2, 0, 1], [2, 1, 0], []];

/** Whether what lies below can bear the block, and the block itself. */
function isBorne(load: Load, flat: Flat, kind: number, turn: Dims, nx: number, ny: number, nz: number): boolean {
  const {grams, fragile} = load.kinds[kind] as Kind;
  if (fragile && grams * nx * ny * (nz - 1) > FRAGILE_BEARS_G) return false;
  if (load.frail.length === 0) return true;
  const foot = {x: flat.x, y: flat.y, w: turn[0] * nx, d: turn[1] * ny};
  return grams * nx * ny * nz <= bearsAt(load, foot, flat.z);
}

/** How much a block with these edges is liked on a flat; higher is better. */
export type Liking = (load: Load, flat: Flat, dx: number, dy: number, dz: number) => number;

/** Stays low, then leaves the narrowest gap. */
export const lowest: Liking = (load, flat, dx, dy, dz) =>
  -(flat.z + dz) / load.room.dims[2] - Math.min(flat.w - dx, flat.d - dy) / 1e4;

/** Fills its flat: each edge that fits exactly counts, then the volume. */
export const snuggest: Liking = (load, flat, dx, dy, dz) =>
  (dx === flat.w ? 1 : 0) +
  (dy === flat.d ? 1 : 0) +
  (flat.z + dz === load.room.dims[2] ? 1 : 0) +
  (4 * dx * dy * dz) / load.room.volume;

/** As much as possible at once, flat rather than high. */
export const largest: Liking = (load, flat, dx, dy, dz) =>
  (dx * dy * dz) / load.room.volume - (0.2 * dz) / load.room.dims[2] - Math.min(flat.w - dx, flat.d - dy) / 1e6;

/** Covers the flat it stands on, so that little of the level is wasted. */
export const broadest: Liking = (load, flat, dx, dy, dz) =>
  (dx * dy) / (flat.w * flat.d) + (dx * dy * dz) / load.room.volume;

export const LIKINGS: readonly Liking[] = [snuggest, largest, broadest, lowest];

/** The block that is liked best of some kinds on some flats; null = nothing fits. */
export function bestBlock(
  load: Load,
  flats: readonly Flat[],
  kinds: readonly number[],
  liking: Liking,
  budget: Budget,
): Block | null {
  let [score, found]: [number, Block | null] = [Number.NEGATIVE_INFINITY, null];
  for (const flat of flats) {
    for (const kind of kinds) {
      eachBlock(load, flat, kind, budget, (k, turn, nx, ny, nz) => {
        const own = liking(load, flat, turn[0] * nx, turn[1] * ny, turn[2] * nz);
        if (own > score) [score, found] = [own, {kind: k, x: flat.x, y: flat.y, z: flat.z, turn, n: [nx, ny, nz]}];
      });
    }
  }
  return found;
}

/** The flat to be filled first: the lowest, of these the one in the farthest corner. */
export function firstFlat(flats: readonly Flat[], skip: ReadonlySet<Flat>): Flat | null {
  let best: Flat | null = null;
  for (const flat of flats) {
    if (skip.has(flat)) continue;
    if (best === null || flat.z < best.z || (flat.z === best.z && flat.x + flat.y < best.x + best.y)) best = flat;
  }
  return best;
}
