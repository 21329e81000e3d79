import type {Floor} from './floor.ts';
import {at, openings, type Point, type Spot} from './layout.ts';

/** A spot or the depot. */
export type Stand = Spot | 'depot';

/** Ways between junctions of the floor. The depot is the last node. */
export interface Ways {
  floor: Floor;
  places: readonly Point[];
  /** nodes on each aisle, ascending in y */
  onAisle: readonly (readonly number[])[];
  next: readonly (readonly {to: number; length: number}[])[];
  /** shortest ways from a node, worked out when first asked for */
  from: Map<number, {length: Float64Array; via: Int32Array}>;
}

export function waysOf(floor: Floor): Ways {
  const {layout} = floor;
  const places: Point[] = [];
  const next: {to: number; length: number}[][] = [];
  const onRow: number[][] = layout.cross_aisles.map(() => []);
  const add = (point: Point, row: number): number => {
    next.push([]);
    at(onRow, row).push(places.length);
    return places.push(point) - 1;
  };
  const link = (a: number, b: number): void => {
    const length = Math.abs(at(places, a).x - at(places, b).x) + Math.abs(at(places, a).y - at(places, b).y);
    at(next, a).push({to: b, length});
  };
  const onAisle = layout.aisles.map((aisle) =>
    openings(layout, aisle).map((row) => add({x: aisle.x, y: at(layout.cross_aisles, row)}, row)),
  );
  add(layout.depot, layout.cross_aisles.indexOf(layout.depot.y));
  for (const [i, nodes] of onAisle.entries()) {
    const {one_way} = at(layout.aisles, i);
    for (const [a, b] of pairs(nodes)) {
      if (one_way !== 'down') link(a, b);
      if (one_way !== 'up') link(b, a);
    }
  }
  for (const nodes of onRow) {
    nodes.sort((a, b) => at(places, a).x - at(places, b).x);
    for (const [a, b] of pairs(nodes)) {
      link(a, b);
      link(b, a);
    }
  }
  return {floor, places, onAisle, next, from: new Map()};
}

const pairs = (nodes: readonly number[]): [number, number][] => nodes.slice(1).map((b, i) => [at(nodes, i), b]);

/** Millimetres on foot from one place to another; Infinity where one-way aisles leave no way. */
export function distance(ways: Ways, from: Stand, to: Stand): number {
  return ways.floor.regular ? plainDistance(ways.floor, from, to) : bestWay(ways, from, to).length;
}

function plainDistance({layout}: Floor, from: Stand, to: Stand): number {
  if (from !== 'depot' && to !== 'depot' && from.aisle === to.aisle) return Math.abs(from.y - to.y);
  const a = pointOf(layout, from);
  const b = pointOf(layout, to);
  let along = Infinity;
  if (from === 'depot' || to === 'depot') along = Math.abs(a.y - b.y);
  else for (const y of layout.cross_aisles) along = Math.min(along, Math.abs(a.y - y) + Math.abs(b.y - y));
  return Math.abs(a.x - b.x) + along;
}

export function pointOf(layout: Floor['layout'], stand: Stand): Point {
  return stand === 'depot' ? layout.depot : {x: at(layout.aisles, stand.aisle).x, y: stand.y};
}

/** The corners of a shortest way, both ends included. */
export function corners(ways: Ways, from: Stand, to: Stand): Point[] {
  const {layout} = ways.floor;
  const ends = [pointOf(layout, from), pointOf(layout, to)] as const;
  const {nodes} = bestWay(ways, from, to);
  return [ends[0], ...nodes.map((node) => at(ways.places, node)), ends[1]];
}

/** The shortest way: straight on in one aisle, or out to a junction, over to another, and in. */
function bestWay(ways: Ways, from: Stand, to: Stand): {length: number; nodes: number[]} {
  let best = {length: straight(ways, from, to), out: -1, into: -1};
  const ins = doors(ways, to, 'in');
  for (const out of doors(ways, from, 'out')) {
    const reach = reachFrom(ways, out.node);
    for (const into of ins) {
      const length = out.length + at(reach.length, into.node) + into.length;
      if (length < best.length) best = {length, out: out.node, into: into.node};
    }
  }
  if (best.out < 0) return {length: best.length, nodes: []};
  const {via} = reachFrom(ways, best.out);
  const nodes = [best.into];
  for (let node = best.into; node !== best.out; node = at(via, node)) nodes.unshift(at(via, node));
  return {length: best.length, nodes};
}

function straight({floor}: Ways, from: Stand, to: Stand): number {
  if (from === 'depot' || to === 'depot') return from === to ? 0 : Infinity;
  if (from.aisle !== to.aisle) return Infinity;
  const {one_way} = at(floor.layout.aisles, from.aisle);
  const up = to.y - from.y;
  return (one_way === 'up' && up < 0) || (one_way === 'down' && up > 0) ? Infinity : Math.abs(up);
}

/** The nearest junctions by which a place is left or reached, in the directions its aisle allows. */
function doors(ways: Ways, stand: Stand, way: 'in' | 'out'): {node: number; length: number}[] {
  if (stand === 'depot') return [{node: ways.places.length - 1, length: 0}];
  const {one_way} = at(ways.floor.layout.aisles, stand.aisle);
  const forward = way === 'out' ? 'up' : 'down';
  const nodes = at(ways.onAisle, stand.aisle).map((node) => ({node, dy: at(ways.places, node).y - stand.y}));
  const above = nodes.find(({dy}) => dy >= 0);
  const below = nodes.findLast(({dy}) => dy <= 0);
  const open = [one_way === undefined || one_way === forward ? above : null];
  open.push(one_way === undefined || one_way !== forward ? below : null);
  return open.flatMap((door) => (door ? [{node: door.node, length: Math.abs(door.dy)}] : []));
}

/** Dijkstra's algorithm. */
export function reachFrom(ways: Ways, start: number): {length: Float64Array; via: Int32Array} {
  const known = ways.from.get(start);
  if (known) return known;
  const length = new Float64Array(ways.places.length).fill(Infinity);
  const via = new Int32Array(ways.places.length).fill(-1);
  length[start] = 0;
  const open = new Set([start]);
  while (open.size > 0) {
    let nearest = -1;
    for (const node of open) if (nearest < 0 || at(length, node) < at(length, nearest)) nearest = node;
    open.delete(nearest);
    for (const step of at(ways.next, nearest)) {
      const reached = at(length, nearest) + step.length;
      if (reached >= at(length, step.to)) continue;
      length[step.to] = reached;
      via[step.to] = nearest;
      open.add(step.to);
    }
  }
  const reach = {length, via};
  ways.from.set(start, reach);
  return reach;
}
