import fc from 'fast-check';
import {seeded} from './random.ts';
import {searchTour, tourLength} from './tour-search.ts';

/** Distances between random points, and as many around a circle. */
function scattered(size: number, seed: number) {
  const random = seeded(seed);
  return distancesOf(Array.from({length: size}, () => [1_000 * random(), 1_000 * random()] as const));
}

function distancesOf(points: readonly (readonly [number, number])[]) {
  const between = points.flatMap(([x, y]) => points.map(([u, v]) => Math.hypot(x - u, y - v)));
  return {size: points.length, between: Float64Array.from(between)};
}

describe('the tour search', () => {
  it('visits every city once, however few or many, and never gets worse by searching on', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 60}), fc.nat(), (size, seed) => {
        const distances = scattered(size, seed);
        const tours = [0, 50, 500].map((kicks) => searchTour(distances, {kicks, seed}));
        for (const tour of tours) {
          expect([...tour].sort((a, b) => a - b)).toEqual(Array.from({length: size}, (_, i) => i));
        }
        const [a = 0, b = 0, c = 0] = tours.map((tour) => tourLength(distances, tour));
        expect(b).toBeLessThanOrEqual(a + 1e-6);
        expect(c).toBeLessThanOrEqual(b + 1e-6);
      }),
      {seed: 1, numRuns: 60},
    );
  });

  it('finds its way round a circle', () => {
    const angles = Array.from({length: 48}, (_, i) => (2 * Math.PI * ((i * 29) % 48)) / 48);
    const distances = distancesOf(angles.map((angle) => [Math.cos(angle), Math.sin(angle)] as const));
    const tour = searchTour(distances, {kicks: 200, seed: 1});
    expect(tourLength(distances, tour)).toBeCloseTo(48 * 2 * Math.sin(Math.PI / 48), 6);
  });

  it('does the same again for the same seed', () => {
    const distances = scattered(80, 7);
    expect(searchTour(distances, {kicks: 300, seed: 5})).toEqual(searchTour(distances, {kicks: 300, seed: 5}));
  });
});
