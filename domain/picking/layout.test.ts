import {layoutFaults} from './check-layout.ts';
import {deriveLayout} from './derive-layout.ts';
import {floorOf} from './floor.ts';
import type {Layout} from './layout.ts';
import {sShapeLength} from './s-shape.ts';
import {readyForWalks} from './shortest-walk.ts';
import {visitOrder} from './visit-order.ts';

const aisle = (name: string, x: number) => ({name, x, from: 0, to: 100});
const LAYOUT: Layout = {
  aisles: [aisle('1', 0), aisle('2', 10), aisle('3', 20)],
  cross_aisles: [0, 100],
  depot: {x: 0, y: 0},
};

describe('a layout', () => {
  const broken: [string, Partial<Layout>, unknown[]][] = [
    ['nothing wrong', {}, []],
    ['two aisles of one name', {aisles: [aisle('1', 0), aisle('1', 10)]}, [['aisles', 1, 'name']]],
    ['cross aisles in disorder', {cross_aisles: [100, 0]}, [['cross_aisles', 1]]],
    ['a depot beside the floor', {depot: {x: 0, y: 7}}, [['depot', 'y']]],
    ['an aisle without a way in', {aisles: [{...aisle('1', 0), from: 10, to: 90}]}, [['aisles', 0]]],
    ['one way up and none down', {aisles: [{...aisle('1', 0), one_way: 'up'}]}, [['aisles', 0]]],
    ['a one-way dead end', {aisles: [{...aisle('1', 0), one_way: 'up', to: 130}]}, [['aisles', 0, 'one_way']]],
    ['a cross aisle nobody reaches', {aisles: [aisle('1', 0), {...aisle('2', 9), from: 100}], depot: {x: 0, y: 0}}, []],
    [
      'a block apart from the depot',
      {
        aisles: [
          {...aisle('1', 0), to: 40},
          {...aisle('2', 9), from: 60},
        ],
      },
      [['aisles', 1]],
    ],
  ];
  it.each(broken)('is told what is wrong: %s', (_name, part, paths) => {
    expect(layoutFaults({...LAYOUT, ...part}).map((fault) => fault.path)).toEqual(paths);
  });
  it('may have one-way aisles that lead round', () => {
    const [up, down] = [
      {...aisle('1', 0), one_way: 'up' as const},
      {...aisle('2', 10), one_way: 'down' as const},
    ];
    expect(layoutFaults({...LAYOUT, aisles: [up, down]})).toEqual([]);
  });
});

describe('a layout derived from bins', () => {
  it('has an aisle for each name, in natural order, between cross aisles around all bins', () => {
    const bins = [
      {aisle: '10', x: 30_000, from: 2_800, to: 2_800},
      {aisle: '2', x: 6_000, from: 0, to: 5_600},
    ];
    const [from, to] = [-1_500, 7_100];
    const aisles = [
      {name: '2', x: 6_000, from, to},
      {name: '10', x: 30_000, from, to},
    ];
    const derived = deriveLayout(bins);
    expect(derived).toEqual({aisles, cross_aisles: [from, to], depot: {x: 6_000, y: from}});
    expect(layoutFaults(derived ?? LAYOUT)).toEqual([]);
  });
  it('is none without bins, and where nobody has measured them', () => {
    expect(deriveLayout([])).toBeNull();
    expect(deriveLayout(['1', '2'].map((aisle) => ({aisle, x: 7, from: 3, to: 3})))).toBeNull();
  });
});

describe('stops in walking order', () => {
  const stop = (aisle: string, rack: string, y: number | null) => ({
    bin: `${aisle}-${rack}`,
    aisle,
    rack,
    shelf: '1',
    y,
  });
  const walk = (...stops: ReturnType<typeof stop>[]) =>
    visitOrder(readyForWalks(LAYOUT), stops, ({y}) => y).map(({bin}) => bin);
  it('come in the order of the shortest walk', () => {
    const around = walk(stop('1', 'A', 95), stop('3', 'C', 60), stop('2', 'B', 95), stop('1', 'D', 5));
    expect([around, around.toReversed()]).toContainEqual(['1-D', '1-A', '2-B', '3-C']);
  });
  it('come in natural order at one place, and at the end where nobody knows the place', () => {
    expect(walk(stop('X', 'A', 5), stop('1', '10', 5), stop('1', '9', 5), stop('2', 'Z', null))).toEqual([
      '1-9',
      '1-10',
      '2-Z',
      'X-A',
    ]);
  });
  it('are walked up to the end of an aisle where a bin lies beyond it', () => {
    expect(walk(stop('1', 'A', 900), stop('1', 'B', -900))).toHaveLength(2);
  });
});

describe('the S-shape walk', () => {
  it.each([
    ['nothing', [], 0],
    ['one aisle, back the same way', [{aisle: 0, y: 30}], 60],
    [
      'two aisles, through both',
      [
        {aisle: 0, y: 30},
        {aisle: 2, y: 1},
      ],
      240,
    ],
    [
      'three aisles, the last in and out',
      [
        {aisle: 0, y: 30},
        {aisle: 1, y: 5},
        {aisle: 2, y: 7},
        {aisle: 2, y: 9},
      ],
      258,
    ],
  ])('is as long as it says: %s', (_name, spots, length) => expect(sShapeLength(floorOf(LAYOUT), spots)).toBe(length));
});
