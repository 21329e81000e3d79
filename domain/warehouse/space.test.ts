import fc from 'fast-check';
import {fitsInside, place, sortedDims, volumeOf} from './space.ts';
import type {Dims} from './space.ts';

const edge = fc.integer({min: 1, max: 40});
const dims = fc.tuple(edge, edge, edge);

describe('room in a box', () => {
  it('a cuboid fits in some turn when its sorted edges do', () => {
    expect(fitsInside([300, 10, 200], [200, 300, 10])).toBe(true);
    expect(fitsInside([301, 10, 10], [300, 300, 300])).toBe(false);
    expect(sortedDims([9, 100, 20])).toEqual([100, 20, 9]);
  });
  it('two cubes larger than half the box do not go in together, whatever their volume says', () => {
    const rest = place([[100, 100, 100]], [60, 60, 60]);
    expect(rest).not.toBeNull();
    expect(place(rest ?? [], [60, 60, 60])).toBeNull();
    expect(place(rest ?? [], [40, 100, 100])).not.toBeNull();
  });
  it('eight half cubes fill a cube to the last corner', () => {
    let rooms: Dims[] | null = [[100, 100, 100]];
    for (let i = 0; i < 8; i += 1) rooms = place(rooms ?? [], [50, 50, 50]);
    expect(rooms).toEqual([]);
  });
  it('what is placed and what is left make up the room, and every room left lies within', () => {
    fc.assert(
      fc.property(dims, fc.array(dims, {maxLength: 8}), (room, items) => {
        let [rooms, used]: [Dims[], number] = [[room], 0];
        for (const item of items) {
          const next = place(rooms, item);
          expect(next === null).toBe(!rooms.some((r) => fitsInside(item, r)));
          if (next === null) continue;
          [rooms, used] = [next, used + volumeOf(item)];
        }
        expect(rooms.reduce((sum, r) => sum + volumeOf(r), used)).toBe(volumeOf(room));
        expect(rooms.every((r) => fitsInside(r, room))).toBe(true);
      }),
    );
  });
});
