import {judgeParcels} from './judge.ts';
import type {PackItem, Placement} from './types.ts';

const item = (sku: string, more: Partial<PackItem> = {}): PackItem => ({
  line_id: sku,
  sku,
  qty: 1,
  weight_g: 500,
  length_mm: 100,
  width_mm: 80,
  height_mm: 50,
  ...more,
});
const at = (
  sku: string,
  x: number,
  y: number,
  z: number,
  edges: [number, number, number] = [100, 80, 50],
): Placement => {
  const [dx, dy, dz] = edges;
  return {line_id: sku, sku, x, y, z, dx, dy, dz};
};
const box = {inner_mm: [200, 160, 100], weight_g: 100, max_weight_g: 1_200};
const judge = (items: PackItem[], ...placements: Placement[]) => judgeParcels(items, [{box, placements}]);

describe('the checker of packed parcels', () => {
  it('has nothing against what is well packed', () => {
    expect(judge([item('A'), item('B')], at('A', 0, 0, 0), at('B', 0, 0, 50))).toEqual([]);
    expect(judge([item('A'), item('B')], at('A', 0, 0, 0), at('B', 100, 80, 0))).toEqual([]);
  });
  it.each([
    ['a unit that is missing', [item('A', {qty: 2})], [at('A', 0, 0, 0)], 'line A: 1 of 2 units are packed'],
    ['a unit of nobody', [item('A')], [at('A', 0, 0, 0), at('X', 100, 0, 0)], 'line X: 1 of 0 units are packed'],
    ['an edge beyond the box', [item('A')], [at('A', 101, 0, 0)], 'A sticks out of the box'],
    ['an overlap', [item('A'), item('B')], [at('A', 0, 0, 0), at('B', 99, 79, 0)], 'A and B overlap'],
    [
      'an overhang of a millimetre',
      [item('A'), item('B')],
      [at('A', 0, 0, 0), at('B', 1, 0, 50)],
      'B hangs over: 7920 of 8000 mm² are carried',
    ],
    ['another shape', [item('A')], [at('A', 0, 0, 0, [100, 80, 40])], 'A has another shape'],
    ['a bottle that lies', [item('A', {upright: true})], [at('A', 0, 0, 0, [100, 50, 80])], 'A does not stand upright'],
    [
      'too much weight',
      [item('A', {weight_g: 601}), item('B')],
      [at('A', 0, 0, 0), at('B', 100, 0, 0)],
      'it weighs 1201 g of 1200 g',
    ],
    [
      'a weight on a glass, through something light',
      [item('A', {fragile: true}), item('B', {weight_g: 150, height_mm: 25}), item('C', {weight_g: 60, height_mm: 25})],
      [at('A', 0, 0, 0), at('B', 0, 0, 50, [100, 80, 25]), at('C', 0, 0, 75, [100, 80, 25])],
      '210 g stand on A, which is fragile',
    ],
    [
      'petrol beside bread',
      [item('A', {hazmat: '3'}), item('B')],
      [at('A', 0, 0, 0), at('B', 100, 0, 0)],
      '3 and harmless goods travel together',
    ],
  ])('tells %s', (_, items, placements, text) => {
    expect(judge(items, ...placements).map((fault) => fault.replace('parcel 1: ', ''))).toEqual([text]);
  });
});
