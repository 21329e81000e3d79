import {compareNatural} from '../text/natural-order.ts';
import type {Layout} from './layout.ts';

/** Where the bins of one aisle are, in millimetres. */
export interface BinsOfAisle {
  aisle: string;
  /** the middle of their x */
  x: number;
  /** the least and the greatest y */
  from: number;
  to: number;
}

/** How far from the outermost bins the cross aisles are taken to be. */
const MARGIN_MM = 1_500;

/**
 * The layout that bins suggest: an aisle for each name, from a cross aisle in front of all bins to one behind them, and
 * the depot in front of the leftmost aisle. Null where all bins are at one place: nobody has measured them.
 */
export function deriveLayout(bins: readonly BinsOfAisle[]): Layout | null {
  const [front, back] = [Math.min(...bins.map(({from}) => from)), Math.max(...bins.map(({to}) => to))];
  const left = Math.min(...bins.map(({x}) => x));
  if (bins.every(({x}) => x === left) && front >= back) return null;
  const [from, to] = [front - MARGIN_MM, back + MARGIN_MM];
  const aisles = bins.map(({aisle, x}) => ({name: aisle, x, from, to})).sort((a, b) => compareNatural(a.name, b.name));
  return {aisles, cross_aisles: [from, to], depot: {x: left, y: from}};
}
