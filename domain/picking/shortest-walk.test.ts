import fc from 'fast-check';
import {layoutFaults} from './check-layout.ts';
import {corners, distance} from './distance.ts';
import {isExact} from './exact-walk.ts';
import type {Layout, Point, Spot} from './layout.ts';
import {lengthInOrder, readyForWalks, shortestWalk, walkLength} from './shortest-walk.ts';

interface Case {
  layout: Layout;
  spots: Spot[];
}

interface Shape {
  rows: number;
  /** aisles may end before the last cross aisle or go on behind it */
  irregular?: boolean;
  one_way?: boolean;
  /** many spots in few aisles, so that it matters which gap between them is left out */
  crowded?: boolean;
}

const RUNS = 400;

/** Small floors with a few spots, some at the same place, at a junction or in a dead end. */
function cases({rows, irregular, one_way, crowded}: Shape): fc.Arbitrary<Case> {
  return fc
    .record({
      blocks: fc.array(fc.integer(crowded ? {min: 12, max: 40} : {min: 1, max: 12}), {
        minLength: rows - 1,
        maxLength: rows - 1,
      }),
      gaps: fc.array(
        fc.integer({min: 1, max: 9}),
        crowded ? {minLength: 3, maxLength: 3} : {minLength: 1, maxLength: 5},
      ),
      ends: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(4)), {minLength: 5, maxLength: 5}),
      depot: fc.record({x: fc.integer({min: -5, max: 30}), row: fc.nat({max: rows - 1})}),
      picks: fc.array(fc.tuple(fc.nat(), fc.nat()), crowded ? {minLength: 7, maxLength: 7} : {maxLength: 6}),
    })
    .map(({blocks, gaps, ends, depot, picks}) => {
      const cross_aisles = [0];
      for (const block of blocks) cross_aisles.push((cross_aisles.at(-1) ?? 0) + block);
      const top = cross_aisles.at(-1) ?? 0;
      let x = 0;
      const aisles = gaps.map((gap, i) => {
        x += gap;
        const [low, high, way] = ends[i] ?? [0, 0, 0];
        const row = cross_aisles[low % rows] ?? 0;
        const extent = irregular ? {from: row - (high % 4), to: row + (high % (top + 3))} : {from: 0, to: top};
        const direction = way === 1 ? {one_way: 'up' as const} : way === 2 ? {one_way: 'down' as const} : {};
        return {name: `${i}`, x, ...extent, ...(one_way ? direction : {})};
      });
      const spots = picks.map(([a, b]) => {
        const aisle = a % aisles.length;
        const {from, to} = aisles[aisle] ?? {from: 0, to: 0};
        return {aisle, y: from + (b % (to - from + 1))};
      });
      const layout = {aisles, cross_aisles, depot: {x: depot.x, y: cross_aisles[depot.row] ?? 0}};
      return {layout, spots};
    })
    .filter(({layout}) => layoutFaults(layout).length === 0);
}

/** Shortest ways between all points of the floor by Floyd and Warshall; the spots come first, the depot last. */
function allWays({layout, spots}: Case): number[][] {
  const points: (Point & {aisle: number | null})[] = spots.map(({aisle, y}) => ({
    x: layout.aisles[aisle]?.x ?? 0,
    y,
    aisle,
  }));
  for (const [aisle, {x, from, to}] of layout.aisles.entries()) {
    for (const y of layout.cross_aisles) if (from <= y && y <= to) points.push({x, y, aisle});
  }
  points.push({...layout.depot, aisle: null});
  const isCrossing = (i: number) => i >= spots.length;
  const ways = points.map((a, i) =>
    points.map((b, j) => {
      if (isCrossing(i) && isCrossing(j) && a.y === b.y) return Math.abs(a.x - b.x);
      if (a.aisle === null || a.aisle !== b.aisle) return i === j ? 0 : Infinity;
      const {one_way} = layout.aisles[a.aisle] ?? {};
      const wrong = (one_way === 'up' && b.y < a.y) || (one_way === 'down' && b.y > a.y);
      return wrong ? Infinity : Math.abs(a.y - b.y);
    }),
  );
  for (const [k, onward] of ways.entries()) {
    for (const row of ways) {
      for (const [j, rest] of onward.entries()) row[j] = Math.min(row[j] ?? 0, (row[k] ?? 0) + rest);
    }
  }
  return ways;
}

/** The shortest of all orders. */
function bruteForce(one: Case): number {
  const ways = allWays(one);
  const depot = ways.length - 1;
  const go = (from: number, left: number[]): number => {
    const way = (to: number) => ways[from]?.[to] ?? Infinity;
    if (left.length === 0) return way(depot);
    return Math.min(
      ...left.map(
        (to) =>
          way(to) +
          go(
            to,
            left.filter((other) => other !== to),
          ),
      ),
    );
  };
  return go(
    depot,
    one.spots.map((_, i) => i),
  );
}

function expectShortest(one: Case): void {
  const ways = readyForWalks(one.layout);
  const walk = shortestWalk(ways, one.spots);
  const shortest = bruteForce(one);
  expect(walk.length).toBe(shortest);
  expect(walkLength(ways, one.spots)).toBe(shortest);
  expect([...walk.order].sort((a, b) => a - b)).toEqual(one.spots.map((_, i) => i));
  const inOrder = walk.order.flatMap((i) => one.spots[i] ?? []);
  expect(lengthInOrder(ways, inOrder)).toBe(shortest);
}

describe('the shortest walk', () => {
  it.each([
    ['one cross aisle', {rows: 1}, true],
    ['one block', {rows: 2}, true],
    ['one block with many spots in few aisles', {rows: 2, crowded: true}, true],
    ['two blocks', {rows: 3}, true],
    ['three blocks', {rows: 4}, true],
    ['one block with aisles of different lengths', {rows: 2, irregular: true}, true],
    ['two blocks with aisles of different lengths', {rows: 3, irregular: true}, true],
    ['one block with one-way aisles', {rows: 2, one_way: true}, false],
    ['two blocks with one-way aisles', {rows: 3, one_way: true}, false],
  ])('is as long as the best of all orders: %s', (_name, shape, exact) => {
    fc.assert(
      fc.property(cases(shape), (one) => {
        expectShortest(one);
        if (exact) expect(isExact(readyForWalks(one.layout).floor)).toBe(true);
      }),
      {seed: 1, numRuns: RUNS},
    );
  });

  it('is close to it on floors with more blocks than are searched exactly', () => {
    fc.assert(fc.property(cases({rows: 7}), expectShortest), {seed: 1, numRuns: 100});
  });

  it('is no longer by the heuristics than a tenth above the exact one, with thirty stops', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(9), fc.integer({min: 0, max: 20_000})), {minLength: 30, maxLength: 30}),
        (picks) => {
          const aisles = Array.from({length: 10}, (_, i) => ({name: `${i}`, x: 3_000 * i, from: 0, to: 20_000}));
          const spots = picks.map(([aisle, y]) => ({aisle, y}));
          const layout = {aisles, cross_aisles: [0, 20_000], depot: {x: 0, y: 0}};
          const ways = readyForWalks(layout);
          const pretended = {...ways, floor: {...ways.floor, two_way: false}};
          expect(shortestWalk(pretended, spots).length).toBeLessThanOrEqual(1.1 * walkLength(ways, spots));
        },
      ),
      {seed: 1, numRuns: 20},
    );
  });
});

describe('the way between two places', () => {
  it.each([
    ['two blocks', {rows: 3}],
    ['aisles of different lengths', {rows: 3, irregular: true}],
    ['one-way aisles', {rows: 3, one_way: true}],
  ])('is the shortest, and its corners are as long: %s', (_name, shape) => {
    fc.assert(
      fc.property(cases(shape), (one) => {
        const ways = readyForWalks(one.layout);
        const expected = allWays(one);
        for (const [i, from] of one.spots.entries()) {
          for (const [j, to] of one.spots.entries()) {
            expect(distance(ways, from, to)).toBe(expected[i]?.[j]);
            expect(lineLength(corners(ways, from, to))).toBe(expected[i]?.[j]);
          }
        }
      }),
      {seed: 1, numRuns: RUNS},
    );
  });
});

function lineLength(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, b, i) => {
    const a = points[i] ?? b;
    return sum + Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  }, 0);
}
