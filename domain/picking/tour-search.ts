import {at} from './layout.ts';
import {ahead, type Distances, length, newTour, reverse, shorten, type Tour, wake} from './local-search.ts';
import {seeded} from './random.ts';

/** Kicks happen among so many cities in a row. */
const REACH = 100;

/**
 * A short closed tour past all cities: nearest neighbours, then 2-opt and Or-opt, then as often as `kicks` says a
 * double bridge somewhere (O. Martin, S. W. Otto and E. W. Felten, "Large-step Markov chains for the traveling salesman
 * problem", Complex Systems 5, 1991), kept when the tour is no longer for it. The same seed gives the same tour.
 */
export function searchTour(distances: Distances, {kicks, seed}: {kicks: number; seed: number}): Int32Array {
  const {size} = distances;
  const tour = newTour(distances, nearestNeighbours(distances));
  if (size < 4) return tour.order;
  shorten(tour);
  if (size < 8) return tour.order;
  const random = seeded(seed);
  const kept = tour.order.slice();
  for (let i = 0; i < kicks; i += 1) {
    const lost = kick(tour, random);
    if (lost - shorten(tour) <= 1e-9) kept.set(tour.order);
    else restore(tour, kept);
  }
  return tour.order;
}

export function tourLength(distances: Distances, order: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < order.length; i += 1) sum += length(distances, at(order, i), at(order, (i + 1) % order.length));
  return sum;
}

function nearestNeighbours(distances: Distances): Int32Array {
  const {size} = distances;
  const left = new Set(Array.from({length: size}, (_, i) => i));
  const order: number[] = [];
  let city = 0;
  while (left.size > 0) {
    order.push(city);
    left.delete(city);
    let nearest = -1;
    for (const other of left) {
      if (nearest < 0 || length(distances, city, other) < length(distances, city, nearest)) nearest = other;
    }
    city = nearest;
  }
  return Int32Array.from(order);
}

/** Exchanges two neighbouring stretches of cities: a double bridge. Returns by how much longer the tour is. */
function kick(tour: Tour, random: () => number): number {
  const {distances} = tour;
  const longest = Math.max(1, Math.floor(Math.min(REACH, distances.size - 2) / 2));
  const a = at(tour.order, Math.floor(random() * distances.size));
  const b = ahead(tour, a, 1);
  const c = ahead(tour, b, Math.floor(random() * longest));
  const d = ahead(tour, c, 1);
  const e = ahead(tour, d, Math.floor(random() * longest));
  const f = ahead(tour, e, 1);
  const old = length(distances, a, b) + length(distances, c, d) + length(distances, e, f);
  reverse(tour, b, e);
  // whichever way round the tour lies now, each stretch is turned back
  turnBack(tour, d, e);
  turnBack(tour, b, c);
  for (const end of [a, b, c, d, e, f]) wake(tour, end);
  return length(distances, a, d) + length(distances, e, b) + length(distances, c, f) - old;
}

function turnBack(tour: Tour, from: number, to: number): void {
  const {size} = tour.distances;
  const apart = (at(tour.place, to) - at(tour.place, from) + size) % size;
  if (2 * apart < size) reverse(tour, from, to);
  else reverse(tour, to, from);
}

function restore(tour: Tour, order: Int32Array): void {
  tour.order.set(order);
  for (let i = 0; i < order.length; i += 1) tour.place[at(order, i)] = i;
}
