import fc from 'fast-check';
import {serpentine} from './walk.ts';

/** "A2-3-1" = aisle A2, rack 3, shelf 1. */
function stop(bin: string) {
  const [aisle = '', rack = '', shelf = ''] = bin.split('-');
  return {bin, aisle, rack, shelf};
}
const walk = (...bins: string[]) => serpentine(bins.map(stop)).map((s) => s.bin);

describe('serpentine', () => {
  it('goes up one aisle and down the next, counting aisles as people do', () => {
    expect(walk('A10-1-1', 'A2-2-1', 'A2-10-1', 'A1-9-1', 'A1-3-1', 'A10-7-1')).toEqual([
      'A1-3-1',
      'A1-9-1',
      'A2-10-1',
      'A2-2-1',
      'A10-1-1',
      'A10-7-1',
    ]);
  });
  it('turns by visited aisles, not by aisle numbers', () => {
    expect(walk('A4-1-1', 'A4-2-1', 'A2-1-1', 'A2-2-1')).toEqual(['A2-1-1', 'A2-2-1', 'A4-2-1', 'A4-1-1']);
  });
  it('takes shelves from the lowest whichever way it walks', () => {
    expect(walk('A1-1-1', 'B1-5-2', 'B1-5-1', 'B1-6-1')).toEqual(['A1-1-1', 'B1-6-1', 'B1-5-1', 'B1-5-2']);
  });
  it('loses no stop, keeps what else a stop carries and leaves the input alone', () => {
    const bins = fc.array(
      fc.tuple(fc.integer({max: 12, min: 1}), fc.integer({max: 12, min: 1}), fc.integer({max: 3, min: 1})),
    );
    fc.assert(
      fc.property(bins, (list) => {
        const stops = list.map(([a, r, s], i) => Object.freeze({...stop(`A${a}-${r}-${s}`), task: i}));
        const walked = serpentine(Object.freeze(stops));
        expect(walked.map((s) => s.task).sort((a, b) => a - b)).toEqual(stops.map((s) => s.task));
        expect(
          new Set(walked.map((s, i) => (walked[i - 1]?.aisle === s.aisle ? '' : s.aisle)).filter(Boolean)).size,
        ).toBe(walked.filter((s, i) => walked[i - 1]?.aisle !== s.aisle).length);
      }),
    );
  });
});
