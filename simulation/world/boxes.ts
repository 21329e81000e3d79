import type {Layout} from './plan.ts';

/** Inner edges in millimetres, the box's own grams, what it may weigh closed, and its price in minor units. */
const SIZES: readonly [string, [number, number, number], number, number, number][] = [
  ['BOX-XS', [200, 150, 80], 60, 3_000, 25],
  ['BOX-S', [300, 220, 150], 140, 8_000, 45],
  ['BOX-M', [400, 300, 250], 300, 15_000, 80],
  ['BOX-L', [600, 400, 400], 650, 25_000, 150],
  ['BOX-XL', [800, 600, 500], 1_200, 32_000, 290],
  ['BOX-LONG', [1_100, 350, 350], 1_100, 32_000, 260],
];
const WALL_MM = 5;

export function boxes(currency: string): Layout['boxes'] {
  return SIZES.map(([id, inner, weight_g, max_weight_g, cost]) => ({
    id,
    body: {
      inner_mm: inner,
      outer_mm: inner.map((edge) => edge + 2 * WALL_MM) as [number, number, number],
      weight_g,
      max_weight_g,
      cost: {amount: cost, currency},
    },
  }));
}

/** Shelves in rows of racks, about three metres apart. */
export function shelf(index: number): {bin: string; body: Layout['bins'][number]['body']} {
  const aisle = 1 + Math.floor(index / 20);
  const rack = Math.floor((index % 20) / 4);
  const level = 1 + (index % 4);
  const letter = 'ABCDE'[rack] ?? 'A';
  return {
    bin: `${String(aisle).padStart(2, '0')}-${letter}-${level}`,
    body: {aisle: String(aisle), rack: letter, shelf: String(level), x_mm: aisle * 3_000, y_mm: rack * 2_800},
  };
}
