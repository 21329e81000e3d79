import fc from 'fast-check';
import {judgeParcels} from './judge.ts';
import {planParcels} from './plan-parcels.ts';
import {PACKING} from './rules.ts';
import type {Box, PackItem, PackingRules} from './types.ts';

function item(sku: string, qty: number, dims: [number, number, number], weight_g = 500): PackItem {
  const [length_mm, width_mm, height_mm] = dims;
  return {line_id: `line-${sku}`, sku, qty, weight_g, length_mm, width_mm, height_mm};
}
function box(id: string, inner_mm: [number, number, number], more: Partial<Box> = {}): Box {
  return {id, inner_mm, weight_g: 100, max_weight_g: 20_000, cost_amount: 100, ...more};
}
const small = box('S', [200, 150, 100]);
const medium = box('M', [300, 250, 200]);
const large = box('L', [600, 400, 400], {weight_g: 600});
const tube = box('TUBE', [1_000, 80, 80]);
const boxes = [large, tube, small, medium];
const plan = (...items: PackItem[]) => planParcels(items, boxes, PACKING);

describe('planParcels', () => {
  it('takes the smallest box that holds all, and says what it will weigh', () => {
    expect(plan(item('PHONE', 2, [160, 80, 20], 200))).toEqual([
      {
        box_id: 'S',
        items: [{line_id: 'line-PHONE', sku: 'PHONE', qty: 2}],
        expected_g: 500,
        dims_mm: [200, 150, 100],
        placements: [
          expect.objectContaining({line_id: 'line-PHONE', sku: 'PHONE', x: 0, y: 0, z: 0}),
          expect.objectContaining({line_id: 'line-PHONE', sku: 'PHONE'}),
        ],
      },
    ]);
  });
  it('takes a box for its longest edge', () => {
    expect(plan(item('POSTER', 1, [60, 900, 60]))[0]?.box_id).toBe('TUBE');
  });
  it('lets one unit fill a box to the edge, but leaves room for padding beside several', () => {
    expect(plan(item('BRICK', 1, [200, 150, 100]))[0]?.box_id).toBe('S');
    expect(plan(item('HALF', 2, [200, 150, 50]))[0]?.box_id).toBe('M');
  });
  it('does not trust volume alone', () => {
    expect(plan(item('CUBE', 2, [110, 110, 100]))[0]?.box_id).toBe('M');
  });
  it('packs several parcels when one box does not do, each in the smallest that holds it', () => {
    const parcels = plan(item('CASE', 3, [500, 380, 300]), item('PEN', 1, [150, 20, 20], 20));
    expect(parcels.map((p) => p.box_id)).toEqual(['L', 'L', 'L']);
    expect(parcels.flatMap((p) => p.items).filter((i) => i.sku === 'PEN')).toHaveLength(1);
  });
  it('opens another parcel rather than an overweight one', () => {
    expect(plan(item('WEIGHT', 5, [50, 50, 50], 9_000)).map((p) => p.items[0]?.qty)).toEqual([2, 2, 1]);
  });
  it('sends what fits no box in its own carton', () => {
    expect(plan(item('TABLE', 2, [1_800, 900, 100], 30_000), item('PEN', 1, [150, 20, 20]))).toEqual([
      expect.objectContaining({box_id: 'S'}),
      {
        box_id: null,
        items: [{line_id: 'line-TABLE', sku: 'TABLE', qty: 1}],
        expected_g: 30_000,
        dims_mm: [1_800, 900, 100],
        placements: [{line_id: 'line-TABLE', sku: 'TABLE', x: 0, y: 0, z: 0, dx: 1_800, dy: 900, dz: 100}],
      },
      expect.objectContaining({box_id: null, expected_g: 30_000}),
    ]);
    expect(plan(item('ANVIL', 1, [50, 50, 50], 60_000))[0]?.box_id).toBeNull();
    expect(planParcels([item('PEN', 1, [150, 20, 20])], [], PACKING)).toHaveLength(1);
  });
  it('takes the cheaper of two boxes of one size', () => {
    const twins = [box('A', [200, 150, 100]), box('B', [100, 150, 200], {cost_amount: 50})];
    expect(planParcels([item('PEN', 1, [150, 20, 20])], twins, PACKING)[0]?.box_id).toBe('B');
  });
  it('packs nothing for nothing', () => {
    expect(plan()).toEqual([]);
    expect(plan(item('PEN', 0, [150, 20, 20]))).toEqual([]);
  });
  it('keeps up with ten thousand units of one line', () => {
    const parcels = plan(item('PEN', 10_000, [150, 20, 20], 20));
    expect(parcels.flatMap((p) => p.items).reduce((sum, i) => sum + i.qty, 0)).toBe(10_000);
  });

  it('takes two small boxes where a large one costs more to send', () => {
    const half = box('HALF', [200, 200, 200]);
    const huge = box('HUGE', [900, 900, 900], {cost_amount: 900});
    const cubes = [item('CUBE', 2, [190, 190, 190])];
    const ids = (costs: PackingRules['costs']) =>
      planParcels(cubes, [half, huge], {...PACKING, costs}).map((parcel) => parcel.box_id);
    expect(ids({per_parcel: 100, per_kg: 80, dim_divisor: 5_000})).toEqual(['HALF', 'HALF']);
    expect(ids({per_parcel: 2_000, per_kg: 0, dim_divisor: 5_000})).toEqual(['HUGE']);
  });
  it('keeps what must stay upright upright', () => {
    const bottle = {...item('BOTTLE', 1, [80, 80, 300]), upright: true};
    const [flat, high] = [box('FLAT', [400, 300, 100]), box('HIGH', [400, 300, 310])];
    expect(planParcels([bottle], [flat, high], PACKING)[0]?.box_id).toBe('HIGH');
    expect(planParcels([bottle], [flat], PACKING)[0]?.box_id).toBeNull();
    expect(planParcels([{...bottle, upright: false}], [flat, high], PACKING)[0]?.box_id).toBe('FLAT');
  });
  it('puts nothing heavy on what is fragile', () => {
    const tower = [box('TOWER', [100, 100, 200])];
    const glass = {...item('GLASS', 1, [100, 100, 80], 900), fragile: true};
    const [brick, feather] = [item('BRICK', 1, [100, 100, 80], 950), item('FEATHER', 1, [100, 100, 80], 20)];
    const order = (...items: PackItem[]) =>
      planParcels(items, tower, PACKING).map((parcel) => parcel.placements.map(({sku}) => sku));
    expect(order(glass, brick)).toEqual([['BRICK', 'GLASS']]);
    expect(order(glass, feather)).toHaveLength(1);
    expect(order(glass, {...glass, sku: 'VASE', line_id: 'line-VASE'})).toHaveLength(2);
  });
  it('counts volume as the carrier does that a parcel costs least with', () => {
    // light goods: the flat box is dearer than the cube, which takes more room
    const flat = {
      ...(boxes[0] as Box),
      id: 'FLAT',
      inner_mm: [400, 300, 100] as [number, number, number],
      cost_amount: 90,
    };
    const cube = {...flat, id: 'CUBE', inner_mm: [400, 300, 300] as [number, number, number], cost_amount: 20};
    const sent = (tariffs: PackingRules['tariffs']) =>
      planParcels([item('SCARF', 1, [300, 200, 80], 200)], [flat, cube], {
        ...PACKING,
        ...(tariffs ? {tariffs} : {}),
      }).map((parcel) => parcel.box_id);
    expect(sent(undefined)).toEqual(['FLAT']);
    expect(sent([{per_parcel: 400, per_kg: 80, dim_divisor: 50_000}])).toEqual(['CUBE']);
    expect(sent([{per_parcel: 400, per_kg: 80, dim_divisor: 5_000, dim_above_mm3: 28_000_000}])).toEqual(['FLAT']);
    expect(sent([{per_parcel: 400, per_kg: 80, dim_divisor: 5_000, dim_above_mm3: 40_000_000}])).toEqual(['CUBE']);
    expect(sent([{per_parcel: 4_000, per_kg: 80, dim_divisor: 50_000}])).toEqual(['FLAT']);
  });
  it('keeps dangerous goods apart, class by class', () => {
    const acid = (sku: string, hazmat: string) => ({...item(sku, 1, [20, 20, 20]), hazmat});
    const parcels = plan(item('PEN', 1, [150, 20, 20]), acid('ACID', '8'), acid('PETROL', '3'), acid('LYE', '8'));
    expect(parcels.map((parcel) => parcel.items.map(({sku}) => sku))).toEqual([['PEN'], ['ACID', 'LYE'], ['PETROL']]);
  });
  it('answers the same question alike', () => {
    const question = () => plan(item('A', 7, [120, 90, 40]), item('B', 5, [200, 60, 30]), item('C', 3, [90, 90, 90]));
    expect(question()).toEqual(question());
  });

  const edge = fc.integer({min: 10, max: 700});
  const rarely = fc.integer({min: 0, max: 5}).map((n) => n === 0);
  const arbitraryItems = fc
    .array(
      fc.record({
        dims: fc.tuple(edge, edge, edge),
        qty: fc.integer({min: 1, max: 6}),
        grams: fc.integer({min: 1, max: 12_000}),
        fragile: rarely,
        upright: rarely,
        hazmat: fc.constantFrom(null, null, null, '3', '8'),
      }),
      {maxLength: 6},
    )
    .map((list) =>
      list.map(({dims, qty, grams, ...rules}, i): PackItem => ({...item(`S${i}`, qty, dims, grams), ...rules})),
    );
  it('never packs anything that the checker has something against, and tells weight and contents truly', () => {
    fc.assert(
      fc.property(arbitraryItems, (items) => {
        const parcels = planParcels(items, boxes, PACKING);
        const boxOf = (id: string | null) => boxes.find((one) => one.id === id) ?? null;
        const packed = parcels.map(({box_id, placements}) => ({box: boxOf(box_id), placements}));
        expect(judgeParcels(items, packed)).toEqual([]);
        for (const parcel of parcels) {
          const used = boxOf(parcel.box_id);
          const own = parcel.items.map((content) => ({
            ...(items.find(({line_id}) => line_id === content.line_id) as PackItem),
            qty: content.qty,
          }));
          const grams = own.reduce((sum, {weight_g, qty}) => sum + weight_g * qty, used?.weight_g ?? 0);
          expect(parcel.expected_g).toBe(grams);
          expect(parcel.placements).toHaveLength(own.reduce((sum, {qty}) => sum + qty, 0));
          for (const {line_id, qty} of own) {
            expect(parcel.placements.filter((place) => place.line_id === line_id)).toHaveLength(qty);
          }
          if (used === null) continue;
          const volume = own.reduce((sum, i) => sum + i.qty * i.length_mm * i.width_mm * i.height_mm, 0);
          const room = used.inner_mm[0] * used.inner_mm[1] * used.inner_mm[2];
          expect(volume).toBeLessThanOrEqual(parcel.placements.length > 1 ? PACKING.fill_share * room : room);
        }
      }),
    );
  });
});
