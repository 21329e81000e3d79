import fc from 'fast-check';
import {expectedWeight, FILL_FACTOR, planParcels, weightOk} from './boxes.ts';
import type {Box, PackItem} from './boxes.ts';

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
const plan = (...items: PackItem[]) => planParcels(items, boxes);

describe('planParcels', () => {
  it('takes the smallest box that holds all, and says what it will weigh', () => {
    expect(plan(item('PHONE', 2, [160, 80, 20], 200))).toEqual([
      {box_id: 'S', items: [{line_id: 'line-PHONE', sku: 'PHONE', qty: 2}], expected_g: 500, dims_mm: [200, 150, 100]},
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
      },
      expect.objectContaining({box_id: null, expected_g: 30_000}),
    ]);
    expect(plan(item('ANVIL', 1, [50, 50, 50], 60_000))[0]?.box_id).toBeNull();
    expect(planParcels([item('PEN', 1, [150, 20, 20])], [])).toHaveLength(1);
  });
  it('takes the cheaper of two boxes of one size', () => {
    const twins = [box('A', [200, 150, 100]), box('B', [100, 150, 200], {cost_amount: 50})];
    expect(planParcels([item('PEN', 1, [150, 20, 20])], twins)[0]?.box_id).toBe('B');
  });
  it('packs nothing for nothing', () => {
    expect(plan()).toEqual([]);
    expect(plan(item('PEN', 0, [150, 20, 20]))).toEqual([]);
  });
  it('keeps up with ten thousand units of one line', () => {
    const parcels = plan(item('PEN', 10_000, [150, 20, 20], 20));
    expect(parcels.flatMap((p) => p.items).reduce((sum, i) => sum + i.qty, 0)).toBe(10_000);
  });

  const edge = fc.integer({min: 10, max: 700});
  const arbitraryItems = fc
    .array(fc.tuple(fc.tuple(edge, edge, edge), fc.integer({min: 1, max: 6}), fc.integer({min: 1, max: 12_000})), {
      maxLength: 6,
    })
    .map((list) => list.map(([dims, qty, grams], i) => item(`S${i}`, qty, dims, grams)));
  it('never loses a unit, is never overweight, keeps to the fill factor and the edges', () => {
    fc.assert(
      fc.property(arbitraryItems, (items) => {
        const parcels = planParcels(items, boxes);
        for (const {line_id, qty} of items) {
          const packed = parcels.flatMap((p) => p.items).filter((i) => i.line_id === line_id);
          expect(packed.reduce((sum, i) => sum + i.qty, 0)).toBe(qty);
        }
        for (const parcel of parcels) {
          const used = boxes.find((b) => b.id === parcel.box_id) ?? null;
          const own = parcel.items.map((i) => ({
            ...(items.find((x) => x.line_id === i.line_id) as PackItem),
            qty: i.qty,
          }));
          expect(parcel.expected_g).toBe(expectedWeight(own, used));
          if (used === null) continue;
          expect(parcel.expected_g).toBeLessThanOrEqual(used.max_weight_g);
          const volume = own.reduce((sum, i) => sum + i.qty * i.length_mm * i.width_mm * i.height_mm, 0);
          const units = own.reduce((sum, i) => sum + i.qty, 0);
          const room = used.inner_mm[0] * used.inner_mm[1] * used.inner_mm[2];
          expect(volume).toBeLessThanOrEqual(units > 1 ? FILL_FACTOR * room : room);
          const inner = [...used.inner_mm].sort((a, b) => b - a);
          for (const i of own) {
            const dims = [i.length_mm, i.width_mm, i.height_mm].sort((a, b) => b - a);
            expect(dims.every((d, axis) => d <= Number(inner[axis]))).toBe(true);
          }
        }
      }),
    );
  });
});

describe('weighing', () => {
  it('adds units and box', () => {
    expect(
      expectedWeight(
        [
          {weight_g: 200, qty: 2},
          {weight_g: 50, qty: 1},
        ],
        {weight_g: 100},
      ),
    ).toBe(550);
    expect(expectedWeight([{weight_g: 200, qty: 2}], null)).toBe(400);
  });
  it('accepts a share of the weight, and a floor for light parcels', () => {
    const tolerance = {share: 0.03, floor_g: 20};
    expect([weightOk(1_030, 1_000, tolerance), weightOk(1_031, 1_000, tolerance)]).toEqual([true, false]);
    expect([weightOk(70, 50, tolerance), weightOk(29, 50, tolerance)]).toEqual([true, false]);
  });
});
