import {heldKarp, directedLength} from '../domain/picking/directed-search.ts';
import {distance, type Stand, type Ways} from '../domain/picking/distance.ts';
import type {Layout, Spot} from '../domain/picking/layout.ts';
import {lengthInOrder, readyForWalks, shortestWalk} from '../domain/picking/shortest-walk.ts';
import {sShapeLength} from '../domain/picking/s-shape.ts';
import {searchTour, tourLength} from '../domain/picking/tour-search.ts';
import {randomStream} from '../simulation/random.ts';
import type {Benchmark} from './main.ts';
import {drawSpots, plainFloor, tsplib, warehouses} from './picking-data.ts';

const LIMITS = {tsplib_mean_gap_percent: 1, p99_ms: 5};
/** Half of the last digit of what is published, and rounding. */
const SAME_MM = 1;
const SMALL_CASES = 2_000;
const WALKS = 1_000;
const STOPS = 30;
const SEED = 1;

/** Walks against the best known, all orders of small cases, TSPLIB, and the clock. */
export function pickPath(data: string | undefined): Benchmark {
  const walked = walkInstances(data);
  const small = compareSmall();
  const gap = tsplibGap(data);
  const times = {
    one_block: timeOf(plainFloor(2)),
    two_blocks: timeOf(plainFloor(3)),
    one_way: timeOf(oneWay(plainFloor(2))),
  };
  const slowest = Math.max(...Object.values(times).map(({p99}) => p99));
  const ratio = walked.total / walked.s_shape;
  const faults = [
    ...(walked.equal < walked.orders
      ? [`${walked.orders - walked.equal} orders are not walked as short as known`]
      : []),
    ...(small.equal < SMALL_CASES
      ? [`${SMALL_CASES - small.equal} small cases are not walked as short as possible`]
      : []),
    ...(gap > LIMITS.tsplib_mean_gap_percent ? [`TSPLIB: ${gap.toFixed(2)} % above the optimum`] : []),
    ...(slowest > LIMITS.p99_ms ? [`p99 of ${STOPS} stops ${slowest.toFixed(1)} ms`] : []),
  ];
  return {
    figure: {
      name: 'pick-path',
      value: Math.round(walked.total / 1_000),
      unit: 'm',
      baseline: Math.round(walked.s_shape / 1_000),
      ratio: round(ratio),
      details: {
        orders: walked.orders,
        equal_to_optimal: walked.equal,
        brute_force: SMALL_CASES,
        equal_to_brute_force: small.equal,
        tsplib_mean_gap_percent: round(gap),
        ...Object.fromEntries(
          Object.entries(times).flatMap(([name, {p50, p99}]) => [
            [`p50_ms_${name}`, round(p50)],
            [`p99_ms_${name}`, round(p99)],
          ]),
        ),
      },
    },
    lines: [
      `${walked.equal} of ${walked.orders} orders walked as short as known, ${percent(1 - ratio)} less than S-shape`,
      `${small.equal} of ${SMALL_CASES} small cases as short as the best of all orders`,
      `TSPLIB: ${gap.toFixed(3)} % above the optimum in the mean`,
      ...Object.entries(times).map(
        ([name, {p50, p99}]) => `${STOPS} stops, ${name}: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
      ),
    ],
    ...(faults.length > 0 ? {failure: faults.join('; ')} : {}),
  };
}

function walkInstances(data: string | undefined): {orders: number; equal: number; total: number; s_shape: number} {
  const sums = {orders: 0, equal: 0, total: 0, s_shape: 0};
  for (const {layout, loads, optimal} of warehouses(data)) {
    const ways = readyForWalks(layout);
    for (const [i, {spots}] of loads.entries()) {
      const walk = shortestWalk(ways, spots);
      // what counts is the way somebody goes who follows the order of the stops
      const length = lengthInOrder(
        ways,
        walk.order.flatMap((stop) => spots[stop] ?? []),
      );
      sums.orders += 1;
      if (Math.abs(length - (optimal[i] ?? 0)) <= SAME_MM) sums.equal += 1;
      sums.total += length;
      sums.s_shape += sShapeLength(ways.floor, spots);
    }
  }
  return sums;
}

/** Small floors of one and two blocks, with and without one-way aisles, against the best of all orders. */
function compareSmall(): {equal: number} {
  const random = randomStream(SEED, 'small');
  let equal = 0;
  for (let i = 0; i < SMALL_CASES; i += 1) {
    const plain = plainFloor(i % 2 === 0 ? 2 : 3, 6);
    const layout = i % 4 < 2 ? plain : oneWay(plain);
    const ways = readyForWalks(layout);
    const spots = drawSpots(layout, 1 + (i % 8), random);
    const walk = shortestWalk(ways, spots);
    if (Math.abs(walk.length - shortestOfAll(ways, spots)) <= 1e-6) equal += 1;
  }
  return {equal};
}

function shortestOfAll(ways: Ways, spots: readonly Spot[]): number {
  const stands: Stand[] = ['depot', ...spots];
  const between = Float64Array.from(stands.flatMap((from) => stands.map((to) => distance(ways, from, to))));
  const lengths = {size: stands.length, between};
  return directedLength(lengths, heldKarp(lengths));
}

function tsplibGap(data: string | undefined): number {
  const cities = tsplib(data);
  const gaps = cities.map(({distances, optimal}) => {
    const tour = searchTour(distances, {kicks: 100 * distances.size, seed: SEED});
    return tourLength(distances, tour) / optimal - 1;
  });
  return (100 * gaps.reduce((sum, gap) => sum + gap, 0)) / gaps.length;
}

function timeOf(layout: Layout): {p50: number; p99: number} {
  const random = randomStream(SEED, 'walks');
  const ways = readyForWalks(layout);
  const times: number[] = [];
  for (let i = 0; i < WALKS + 50; i += 1) {
    const spots = drawSpots(layout, STOPS, random);
    const begun = performance.now();
    shortestWalk(ways, spots);
    times.push(performance.now() - begun);
  }
  const warm = times.slice(50).sort((a, b) => a - b);
  const share = (part: number) => warm[Math.floor(part * warm.length)] ?? 0;
  return {p50: share(0.5), p99: share(0.99)};
}

const oneWay = (layout: Layout): Layout => ({
  ...layout,
  aisles: layout.aisles.map((aisle, i) => ({...aisle, one_way: i % 2 === 0 ? 'up' : 'down'})),
});

const round = (value: number): number => Math.round(1_000 * value) / 1_000;
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
