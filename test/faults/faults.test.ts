import {BOUNDARIES, KINDS, matrix, SHAPES} from './catalogue.ts';
import {runProviderCells} from './provider/index.ts';
import {randomPlan, reached} from './random-plan.ts';
import {runAll} from './run-matrix.ts';

const say = () => undefined;

describe('the plan of the matrix', () => {
  it('strikes every boundary with every kind in every shape it occurs in', () => {
    const cells = matrix();
    const expected = BOUNDARIES.flatMap(({name, twist}) =>
      SHAPES.filter((shape) => twist(shape) !== null).flatMap((shape) => KINDS.map((k) => `${name}:${k}:${shape}`)),
    );
    expect(cells.map((cell) => cell.id).sort()).toEqual(expected.sort());
    expect(new Set(cells.map((cell) => cell.id)).size).toBe(cells.length);
    expect(cells.every((cell) => cell.strikes.length === 1)).toBe(true);
  });

  it('can be cut down to a shape, an activity with what is inside it, and a kind', () => {
    expect(matrix({shape: 'one', only: 'capture:F4'}).map((cell) => cell.id)).toEqual([
      'capture:F4:one',
      'capture.call:F4:one',
    ]);
    expect(matrix({only: ':F3'}).every((cell) => cell.strikes[0]?.kind === 'F3')).toBe(true);
  });
});

describe('a random plan', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(randomPlan(40, 7)).toEqual(randomPlan(40, 7));
    expect(randomPlan(40, 7)).not.toEqual(randomPlan(40, 8));
    expect(randomPlan(80, 7).slice(0, 40)).toEqual(randomPlan(40, 7));
  });

  it('has two to four faults on the way of every order, and all kinds and boundaries among many', () => {
    const plan = randomPlan(1_000, 1);
    for (const {shape, twist, strikes} of plan) {
      expect(strikes.length).toBeGreaterThanOrEqual(2);
      expect(strikes.length).toBeLessThanOrEqual(4);
      for (const {boundary} of strikes) expect(reached(shape, twist)).toContain(boundary);
    }
    const struck = plan.flatMap((cell) => cell.strikes);
    expect([...new Set(struck.map((s) => s.kind))].sort()).toEqual([...KINDS]);
    expect([...new Set(struck.map((s) => s.boundary))].sort()).toEqual(BOUNDARIES.map((b) => b.name).sort());
  });
});

describe('orders that meet a fault', () => {
  it('end as they should, with every fault struck', async () => {
    const wanted = [
      'authorize.call:F2:one',
      'authorize.call:F5:one',
      'buyLabels.call:F2:one',
      'capture.call:F4:one',
      'reservePlan:F2:one',
      'releaseHolds.call:F6:one',
      'notify:F2:one',
    ];
    const cells = matrix({shape: 'one'}).filter((cell) => wanted.includes(cell.id));
    const report = await runAll(cells, {say});
    expect(report).toMatchObject({cells: wanted.length, fired: wanted.length, not_fired: [], violations: []});
  }, 180_000);

  it('do not believe what is signed but not theirs', async () => {
    const report = await runProviderCells(say, 'F24');
    expect(report).toEqual({provider_cells: 4, violations: []});
  }, 120_000);
});
