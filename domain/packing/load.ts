import type {Kind} from './kinds.ts';
import {type Flat, occupy, overlap} from './levels.ts';
import {type Dims, FRAGILE_BEARS_G} from './types.ts';

/** The inside of a box, and what it takes. */
export interface Room {
  dims: Dims;
  /** Of the units, without the box. */
  grams: number;
  /** Of several units; a single one only has to fit. */
  volume: number;
}

/** Equal units side by side and on top of each other, all turned alike. */
export interface Block {
  kind: number;
  x: number;
  y: number;
  z: number;
  turn: Dims;
  /** Units along x, y and z. */
  n: Dims;
}

/** A fragile block and what stands on it already. */
interface Frail extends Omit<Flat, 'z'> {
  top: number;
  bears: number;
}

/** A box partly filled. Never changed: putting something in makes another. */
export interface Load {
  room: Room;
  kinds: readonly Kind[];
  /** Units of each kind that are not in it yet. */
  left: readonly number[];
  flats: readonly Flat[];
  blocks: readonly Block[];
  frail: readonly Frail[];
  units: number;
  volume: number;
  grams: number;
}

export function emptyLoad(room: Room, kinds: readonly Kind[], left: readonly number[]): Load {
  const [w, d] = room.dims;
  return {
    room,
    kinds,
    left,
    flats: [{x: 0, y: 0, z: 0, w, d}],
    blocks: [],
    frail: [],
    units: 0,
    volume: 0,
    grams: 0,
  };
}

/** Grams that may still stand on a footprint at a height, without what lies below being crushed. */
export function bearsAt(load: Load, foot: Omit<Flat, 'z'>, z: number): number {
  let bears = Number.POSITIVE_INFINITY;
  for (const one of load.frail) if (one.top <= z && one.bears < bears && overlap(one, foot)) bears = one.bears;
  return bears;
}

/** How many units of a kind the load's weight and volume still allow. */
export function unitsAllowed(load: Load, kind: number): number {
  const {grams, volume} = load.kinds[kind] as Kind;
  const byWeight = grams > 0 ? Math.floor((load.room.grams - load.grams) / grams) : Number.POSITIVE_INFINITY;
  // the edges of a single unit are its only limit
  const byVolume = Math.max(Math.floor((load.room.volume - load.volume) / volume), load.units === 0 ? 1 : 0);
  return Math.min(load.left[kind] ?? 0, byWeight, byVolume);
}

/** The load with a block in it; the caller has seen that it fits. */
export function put(load: Load, block: Block): Load {
  const {kind, x, y, z, turn, n} = block;
  const {grams, volume, fragile} = load.kinds[kind] as Kind;
  const count = n[0] * n[1] * n[2];
  const foot = {x, y, z, w: turn[0] * n[0], d: turn[1] * n[1]};
  const top = z + turn[2] * n[2];
  const left = [...load.left];
  left[kind] = (left[kind] ?? 0) - count;
  const pressed = load.frail.map((one) =>
    one.top <= z && overlap(one, foot) ? {...one, bears: one.bears - grams * count} : one,
  );
  if (fragile) pressed.push({...foot, top: z + turn[2], bears: FRAGILE_BEARS_G - grams * (n[2] - 1) * n[0] * n[1]});
  return {
    ...load,
    left,
    flats: occupy(load.flats, foot, top, load.room.dims[2]),
    blocks: [...load.blocks, block],
    frail: pressed,
    units: load.units + count,
    volume: load.volume + volume * count,
    grams: load.grams + grams * count,
  };
}
