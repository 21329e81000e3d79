import {compareNatural} from '../text/natural-order.ts';
import {at, type Layout} from './layout.ts';

/** A bin as it lies on the floor, in millimetres. */
export interface BinPlace {
  aisle: string;
  x_mm: number;
  y_mm: number;
}

/** How far from the outermost bins the cross aisles are taken to be. */
const MARGIN_MM = 1_500;

/**
 * The layout that bins suggest: an aisle for each name, at the middle x of its bins, from a cross aisle in front of all
 * bins to one behind them, and the depot in front of the leftmost aisle. Null without bins.
 */
export function deriveLayout(bins: readonly BinPlace[]): Layout | null {
  if (bins.length === 0) return null;
  const xs = new Map<string, number[]>();
  let [front, back] = [Infinity, -Infinity];
  for (const {aisle, x_mm, y_mm} of bins) {
    const own = xs.get(aisle) ?? [];
    own.push(x_mm);
    xs.set(aisle, own);
    front = Math.min(front, y_mm);
    back = Math.max(back, y_mm);
  }
  const [from, to] = [front - MARGIN_MM, back + MARGIN_MM];
  const aisles = [...xs.keys()].sort(compareNatural).map((name) => ({name, x: middle(xs.get(name) ?? []), from, to}));
  return {aisles, cross_aisles: [from, to], depot: {x: Math.min(...aisles.map(({x}) => x)), y: from}};
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return at(sorted, Math.floor(sorted.length / 2));
}
