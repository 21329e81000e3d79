import fc from 'fast-check';
import {batchLoads, type Load, totalLength} from './batching.ts';
import type {Spot} from './layout.ts';
import {readyForWalks, walkLength} from './shortest-walk.ts';

const aisles = Array.from({length: 6}, (_, i) => ({name: `${i}`, x: 30 * i, from: 0, to: 200}));
const ways = readyForWalks({aisles, cross_aisles: [0, 200], depot: {x: 0, y: 0}});
const walk = (spots: readonly Spot[]) => walkLength(ways, spots);
const RULES = {capacity: 8, measures: 400, seed: 1};

const loads = (maxLength: number): fc.Arbitrary<Load[]> =>
  fc.array(
    fc.record({
      spots: fc.array(fc.record({aisle: fc.nat(5), y: fc.nat(200)}), {minLength: 1, maxLength: 4}),
      size: fc.integer({min: 1, max: 10}),
    }),
    {maxLength},
  );

/** The least total over all ways to put loads onto carts. */
function bestOfAll(all: readonly Load[]): number {
  const place = (i: number, carts: number[][]): number => {
    if (i === all.length) {
      return carts.reduce((sum, cart) => sum + walk(cart.flatMap((load) => all[load]?.spots ?? [])), 0);
    }
    const size = (cart: readonly number[]) => cart.reduce((sum, load) => sum + (all[load]?.size ?? 0), 0);
    const onto = carts.flatMap((cart, c) =>
      size([...cart, i]) <= RULES.capacity ? [carts.with(c, [...cart, i])] : [],
    );
    return Math.min(...[...onto, [...carts, [i]]].map((next) => place(i + 1, next)));
  };
  return place(0, []);
}

describe('batching', () => {
  it('puts every load onto one cart, none too full but for one load alone, and says how long the walks are', () => {
    fc.assert(
      fc.property(loads(20), (all) => {
        const batches = batchLoads(all, RULES, walk);
        const placed = batches.flatMap((batch) => batch.loads).sort((a, b) => a - b);
        expect(placed).toEqual(all.map((_, i) => i));
        for (const batch of batches) {
          expect(batch.size).toBe(batch.loads.reduce((sum, i) => sum + (all[i]?.size ?? 0), 0));
          if (batch.loads.length > 1) expect(batch.size).toBeLessThanOrEqual(RULES.capacity);
          expect(batch.length).toBe(walk(batch.loads.flatMap((i) => all[i]?.spots ?? [])));
        }
        const alone = all.reduce((sum, load) => sum + walk(load.spots), 0);
        expect(totalLength(batches)).toBeLessThanOrEqual(alone);
      }),
      {seed: 1, numRuns: 100},
    );
  });

  it('finds the best of all ways for a few loads', () => {
    fc.assert(
      fc.property(loads(6), (all) => {
        expect(totalLength(batchLoads(all, RULES, walk))).toBe(bestOfAll(all));
      }),
      {seed: 1, numRuns: 150},
    );
  });

  it('does the same again', () => {
    fc.assert(
      fc.property(loads(12), (all) => expect(batchLoads(all, RULES, walk)).toEqual(batchLoads(all, RULES, walk))),
      {seed: 1, numRuns: 20},
    );
  });
});
