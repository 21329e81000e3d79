import {type Kind, sixTurns} from './kinds.ts';
import {type Block, bearsAt, emptyLoad, type Load, put, type Room} from './load.ts';
import type {Budget} from './moves.ts';
import type {Dims} from './types.ts';

/** More units than that are not joined. */
const UNITS_AT_MOST = 24;

/** A unit, or two solid cuboids with one whole face in common, which are a solid cuboid again. */
type Solid = {dims: Dims} & (
  | {kind: number}
  | {
      first: Solid;
      second: Solid;
      /** Edges of the two that are added; the others are the common face. */
      edges: [number, number];
    }
);

/**
 * Looks for a solid cuboid of all units that fits the room, by joining two with an equal face again and again: guillotine
 * cuts backwards. What was cut from a full box that way is found almost at once, because faces seldom agree by chance.
 * Null when there is none or the budget ends.
 */
export function joinAll(room: Room, kinds: readonly Kind[], left: readonly number[], budget: Budget): Load | null {
  const units = kinds.flatMap((kind, k) => Array.from({length: left[k] ?? 0}, () => ({dims: kind.dims, kind: k})));
  if (units.length > UNITS_AT_MOST || units.length === 0) return null;
  const inner = sorted(room.dims);
  const seen = new Set<string>();
  const search = (solids: readonly Solid[]): Load | null => {
    if (solids.length === 1) return settle(solids[0] as Solid, room, kinds, left);
    const key = keyOf(solids);
    if (seen.has(key)) return null;
    seen.add(key);
    for (const pair of pairsOf(solids, inner, budget)) {
      if (budget.left <= 0) return null;
      const others = solids.filter((_, i) => i !== pair.i && i !== pair.j);
      const found = search([...others, pair.joined]);
      if (found) return found;
    }
    return null;
  };
  return search(units.map((unit) => ({...unit, dims: sorted(unit.dims)})));
}

interface Pair {
  i: number;
  j: number;
  joined: Solid;
  face: number;
}

/** What can be joined, largest common face first. */
function pairsOf(solids: readonly Solid[], inner: Dims, budget: Budget): Pair[] {
  const pairs: Pair[] = [];
  for (let i = 0; i < solids.length; i += 1) {
    for (let j = i + 1; j < solids.length; j += 1) {
      const [first, second] = [solids[i] as Solid, solids[j] as Solid];
      budget.left -= 1;
      for (const a of AXES) {
        for (const b of AXES) {
          const [p, q] = others(first.dims, a);
          const [r, s] = others(second.dims, b);
          if (p !== r || q !== s || sameAxisAgain(first.dims, a) || sameAxisAgain(second.dims, b)) continue;
          const edges: [number, number] = [first.dims[a], second.dims[b]];
          const dims = sorted([p, q, edges[0] + edges[1]]);
          if (dims.some((edge, axis) => edge > (inner[axis] ?? 0))) continue;
          pairs.push({i, j, face: p * q, joined: {dims, first, second, edges}});
        }
      }
    }
  }
  return pairs.sort((x, y) => y.face - x.face);
}

const AXES = [0, 1, 2] as const;

/** Equal edges need only one look. */
function sameAxisAgain(dims: Dims, axis: 0 | 1 | 2): boolean {
  return axis > 0 && dims[axis] === dims[axis - 1];
}

function others(dims: Dims, axis: 0 | 1 | 2): [number, number] {
  if (axis === 0) return [dims[1], dims[2]];
  return axis === 1 ? [dims[0], dims[2]] : [dims[0], dims[1]];
}

/** Puts the cuboid into the corner, turned so that all that must stay upright does, and nothing fragile is crushed. */
function settle(solid: Solid, room: Room, kinds: readonly Kind[], left: readonly number[]): Load | null {
  for (const turn of sixTurns(solid.dims)) {
    if (turn.some((edge, axis) => edge > (room.dims[axis] ?? 0))) continue;
    const blocks: Block[] = [];
    spread(solid, [0, 0, 0], turn, blocks);
    const load = loadOf(blocks, room, kinds, left);
    if (load) return load;
  }
  return null;
}

function spread(solid: Solid, at: Dims, turn: Dims, into: Block[]): void {
  if ('kind' in solid) {
    into.push({kind: solid.kind, x: at[0], y: at[1], z: at[2], turn, n: [1, 1, 1]});
    return;
  }
  const {first, second, edges} = solid;
  const axis = AXES.findIndex(
    (i) => turn[i] === edges[0] + edges[1] && same(sorted([...others(turn, i), edges[0]]), first.dims),
  );
  spread(first, at, withEdge(turn, axis, edges[0]), into);
  spread(second, withEdge(at, axis, (at[axis] ?? 0) + edges[0]), withEdge(turn, axis, edges[1]), into);
}

function loadOf(blocks: Block[], room: Room, kinds: readonly Kind[], left: readonly number[]): Load | null {
  let load = emptyLoad(room, kinds, left);
  for (const block of blocks.sort((p, q) => p.z - q.z || p.y - q.y || p.x - q.x)) {
    const kind = kinds[block.kind] as Kind;
    if (kind.upright && block.turn[2] !== kind.dims[2]) return null;
    const foot = {x: block.x, y: block.y, w: block.turn[0], d: block.turn[1]};
    if (kind.grams > bearsAt(load, foot, block.z)) return null;
    load = put(load, block);
  }
  return load;
}

function withEdge(dims: Dims, axis: number, edge: number): Dims {
  const out: [number, number, number] = [...dims];
  out[axis] = edge;
  return out;
}

function sorted(dims: Dims): Dims {
  const [a, b, c] = [...dims].sort((p, q) => q - p);
  return [a ?? 0, b ?? 0, c ?? 0];
}

function same(a: Dims, b: Dims): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}

function keyOf(solids: readonly Solid[]): string {
  return solids
    .map(({dims}) => dims.join('x'))
    .sort()
    .join(' ');
}
