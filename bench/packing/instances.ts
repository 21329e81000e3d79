import type {Box, Dims, PackItem} from '../../domain/packing/types.ts';
import type {Random} from '../../simulation/random.ts';

/** What is packed, and into which boxes. */
export interface Instance {
  items: PackItem[];
  boxes: Box[];
}

/** A box of 200 to 600 mm a side, cut by random guillotine cuts into so many units, each turned at random. */
export function cutFromOneBox(random: Random, pieces: number): Instance {
  const inner: Dims = [random.whole(200, 600), random.whole(200, 600), random.whole(200, 600)];
  const parts: Dims[] = [inner];
  while (parts.length < pieces) {
    const index = random.whole(0, parts.length - 1);
    const axis = random.whole(0, 2);
    const part = parts[index] as Dims;
    const edge = part[axis] ?? 0;
    if (edge < 40) continue;
    const at = random.whole(20, edge - 20);
    const cut = (length: number) => part.map((own, i) => (i === axis ? length : own)) as unknown as Dims;
    parts.splice(index, 1, cut(at), cut(edge - at));
  }
  const items = parts.map((part, i): PackItem => {
    const [length_mm = 0, width_mm = 0, height_mm = 0] = random.shuffle(part);
    return {line_id: `L${i}`, sku: `S${i}`, qty: 1, weight_g: 100, length_mm, width_mm, height_mm};
  });
  return {items: random.shuffle(items), boxes: [boxOf('full', inner, 100_000, 100)]};
}

/** An order as a shop might have it, with every kind of rule in it. */
export function anyOrder(random: Random, lines: number, units = 4): Instance {
  const items = Array.from({length: lines}, (_, i): PackItem => {
    const edge = () => random.whole(15, random.chance(0.2) ? 450 : 180);
    return {
      line_id: `L${i}`,
      sku: `S${i}`,
      qty: random.whole(1, units),
      weight_g: random.whole(5, 3_000),
      length_mm: edge(),
      width_mm: edge(),
      height_mm: edge(),
      fragile: random.chance(0.15),
      upright: random.chance(0.15),
      hazmat: random.chance(0.06) ? random.pick(['3', '8', '9']) : null,
    };
  });
  return {items, boxes: SHOP};
}

const boxOf = (id: string, [w, d, h]: Dims, max_weight_g: number, cost_amount: number): Box => ({
  id,
  inner_mm: [w, d, h],
  outer_mm: [w + 6, d + 6, h + 10],
  weight_g: Math.round((w * d + w * h + d * h) / 800),
  max_weight_g,
  cost_amount,
});

const SHOP: Box[] = [
  boxOf('XS', [200, 150, 80], 5_000, 35),
  boxOf('S', [300, 200, 120], 10_000, 55),
  boxOf('FLAT', [400, 300, 60], 8_000, 60),
  boxOf('M', [350, 300, 200], 15_000, 90),
  boxOf('L', [500, 400, 300], 20_000, 160),
  boxOf('XL', [600, 400, 400], 25_000, 240),
];
