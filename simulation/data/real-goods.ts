import {createHash} from 'node:crypto';
import type {ProductBody} from '../api-types.ts';
import {turnOf} from './mapping.ts';
import type {RealItem, RealOrder} from './real-orders.ts';

/** Twelve letters that stand for a longer id; letters only, since long runs of digits look like card numbers. */
export function shortHash(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 12);
  return [...bytes].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
}

/** One product per offer: the same goods from another seller or at another price are another product. */
export function skuOf(order: RealOrder, item: RealItem): string {
  const offer = `${item.product}/${item.seller}/${item.price}`;
  return turnOf(order).ending === 'out_of_stock' ? `GONE-${shortHash(`${order.id}/${offer}`)}` : shortHash(offer);
}

export function warehouseOf(seller: string): string {
  return `SELLER-${shortHash(seller)}`;
}

type Sizes = Pick<ProductBody, 'weight_g' | 'length_mm' | 'width_mm' | 'height_mm'>;
const UNKNOWN: Sizes = {weight_g: 500, length_mm: 200, width_mm: 150, height_mm: 100};

/** Recorded weight and sizes; where one is missing the median of its category, else 500 g and 200 x 150 x 100 mm. */
export function usualSizes(orders: readonly RealOrder[]): (item: RealItem) => Sizes {
  const byCategory = new Map<string, RealItem[]>();
  for (const item of orders.flatMap((order) => order.items)) {
    byCategory.set(item.category, [...(byCategory.get(item.category) ?? []), item]);
  }
  const medians = new Map([...byCategory].map(([category, items]) => [category, medianSizes(items)]));
  return (item) => {
    const usual = medians.get(item.category) ?? UNKNOWN;
    return {
      weight_g: Math.round(item.weight_g) || usual.weight_g,
      length_mm: Math.round(item.length_cm * 10) || usual.length_mm,
      width_mm: Math.round(item.width_cm * 10) || usual.width_mm,
      height_mm: Math.round(item.height_cm * 10) || usual.height_mm,
    };
  };
}

function medianSizes(items: readonly RealItem[]): Sizes {
  return {
    weight_g: median(items.map((i) => i.weight_g)) ?? UNKNOWN.weight_g,
    length_mm: median(items.map((i) => i.length_cm * 10)) ?? UNKNOWN.length_mm,
    width_mm: median(items.map((i) => i.width_cm * 10)) ?? UNKNOWN.width_mm,
    height_mm: median(items.map((i) => i.height_cm * 10)) ?? UNKNOWN.height_mm,
  };
}

function median(values: readonly number[]): number | undefined {
  const known = values.filter((value) => value > 0).sort((a, b) => a - b);
  const middle = known[Math.floor(known.length / 2)];
  return middle === undefined ? undefined : Math.round(middle);
}
