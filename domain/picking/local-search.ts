import {at} from './layout.ts';

/** Lengths between n places, row by row; the same both ways. */
export interface Distances {
  size: number;
  between: Float64Array;
}

/** A closed tour that is being shortened; `order[place[c]] === c`. */
export interface Tour {
  distances: Distances;
  order: Int32Array;
  place: Int32Array;
  /** for each city its nearest others, nearest first */
  near: readonly Int32Array[];
  /** cities whose surroundings have changed and were not looked at since */
  queue: number[];
  queued: Uint8Array;
}

const NEIGHBOURS = 10;
/** Differences below this are rounding. */
const TINY = 1e-7;
const LONGEST_SEGMENT = 3;

export function newTour(distances: Distances, order: Int32Array): Tour {
  const {size} = distances;
  const near = Array.from({length: size}, (_, a) =>
    Int32Array.from(
      Array.from({length: size}, (_, b) => b)
        .filter((b) => b !== a)
        .sort((b, c) => length(distances, a, b) - length(distances, a, c) || b - c)
        .slice(0, NEIGHBOURS),
    ),
  );
  const tour = {distances, order, place: new Int32Array(size), near, queue: [], queued: new Uint8Array(size)};
  for (let i = 0; i < size; i += 1) tour.place[at(order, i)] = i;
  for (const city of order) wake(tour, city);
  return tour;
}

export const length = ({size, between}: Distances, a: number, b: number): number => between[a * size + b] as number;

export function wake({queue, queued}: Tour, city: number): void {
  if (queued[city]) return;
  queued[city] = 1;
  queue.push(city);
}

/** The city `steps` further on. */
export function ahead({order, place, distances: {size}}: Tour, city: number, steps: number): number {
  const i = ((place[city] as number) + steps) % size;
  return order[i < 0 ? i + size : i] as number;
}

/** Takes 2-opt and Or-opt moves among near neighbours while one shortens the tour; returns by how much it did. */
export function shorten(tour: Tour): number {
  let gained = 0;
  for (let city = tour.queue.pop(); city !== undefined; city = tour.queue.pop()) {
    tour.queued[city] = 0;
    const gain = twoOpt(tour, city) || orOpt(tour, city);
    if (gain === 0) continue;
    gained += gain;
    wake(tour, city);
  }
  return gained;
}

/** Replaces the edge behind or before the city by one to a near neighbour. */
function twoOpt(tour: Tour, city: number): number {
  const {distances} = tour;
  for (const way of [1, -1]) {
    const beside = ahead(tour, city, way);
    const old = length(distances, city, beside);
    for (const other of tour.near[city] as Int32Array) {
      const toOther = length(distances, city, other);
      if (toOther >= old) break;
      const last = ahead(tour, other, way);
      const gain = old + length(distances, other, last) - toOther - length(distances, beside, last);
      if (gain <= TINY) continue;
      if (way === 1) reverse(tour, beside, other);
      else reverse(tour, other, beside);
      for (const end of [city, beside, other, last]) wake(tour, end);
      return gain;
    }
  }
  return 0;
}

/** Turns round the path between two cities, the shorter side of it. */
export function reverse({order, place, distances: {size}}: Tour, from: number, to: number): void {
  let i = place[from] as number;
  let j = place[to] as number;
  let inside = j - i + 1;
  if (inside <= 0) inside += size;
  if (2 * inside > size) {
    [i, j] = [(j + 1) % size, (i - 1 + size) % size];
    inside = size - inside;
  }
  for (let swaps = inside >> 1; swaps > 0; swaps -= 1) {
    const a = order[i] as number;
    const b = order[j] as number;
    order[i] = b;
    place[b] = i;
    order[j] = a;
    place[a] = j;
    i = i + 1 === size ? 0 : i + 1;
    j = j === 0 ? size - 1 : j - 1;
  }
}

/** Moves up to three cities in a row, of which this is one end, next to a near neighbour of it. */
function orOpt(tour: Tour, city: number): number {
  const {distances} = tour;
  const longest = Math.min(LONGEST_SEGMENT, distances.size - 3);
  for (let size = 1; size <= longest; size += 1) {
    for (const way of [1, -1]) {
      const far = ahead(tour, city, way * (size - 1));
      const before = ahead(tour, city, -way);
      const after = ahead(tour, far, way);
      const closing = length(distances, before, after);
      const saved = length(distances, before, city) + length(distances, far, after) - closing;
      if (saved <= TINY) continue;
      const gain = insert(tour, {city, far, size, way, saved});
      if (gain === 0) continue;
      for (const end of [before, after, far]) wake(tour, end);
      return gain;
    }
  }
  return 0;
}

interface Segment {
  city: number;
  /** its other end, `size - 1` steps in the direction `way` */
  far: number;
  size: number;
  way: number;
  saved: number;
}

function insert(tour: Tour, {city, far, size, way, saved}: Segment): number {
  const {distances} = tour;
  for (const other of tour.near[city] as Int32Array) {
    const toOther = length(distances, city, other);
    if (toOther >= saved) return 0;
    const apart = ((tour.place[other] as number) - (tour.place[city] as number)) * way;
    if ((apart + distances.size) % distances.size < size) continue;
    for (const side of [1, -1]) {
      const beyond = ahead(tour, other, side);
      // the edge is one of the segment's own
      if (beyond === city || beyond === far) continue;
      const gain = saved + length(distances, other, beyond) - toOther - length(distances, far, beyond);
      if (gain <= TINY) continue;
      const cities = Array.from({length: size}, (_, i) => ahead(tour, city, way * i));
      move(
        tour,
        way === 1 ? [city, far] : [far, city],
        side === 1 ? cities : cities.toReversed(),
        [other, beyond],
        side,
      );
      wake(tour, other);
      wake(tour, beyond);
      return gain;
    }
  }
  return 0;
}

/** Shifts what lies between the segment and the edge, on the shorter side, and writes the segment's cities there. */
function move(tour: Tour, ends: number[], cities: number[], edge: number[], side: number): void {
  const {order, place} = tour;
  const n = tour.distances.size;
  const [first, last] = ends.map((c) => place[c] as number) as [number, number];
  const [low, high] = (side === 1 ? edge : edge.toReversed()).map((c) => place[c] as number) as [number, number];
  const put = (i: number, city: number): void => {
    const slot = ((i % n) + n) % n;
    order[slot] = city;
    place[city] = slot;
  };
  const forward = (low - last + n) % n;
  const backward = (first - high + n) % n;
  if (forward <= backward) {
    for (let i = 1; i <= forward; i += 1) put(first + i - 1, order[(last + i) % n] as number);
    for (const [i, city] of cities.entries()) put(first + forward + i, city);
  } else {
    for (let i = 1; i <= backward; i += 1) put(last - i + 1, order[(first - i + n) % n] as number);
    for (const [i, city] of cities.entries()) put(high + i, city);
  }
}
