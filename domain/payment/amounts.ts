import {runningShare} from '../money/share.ts';

/** A sub-order's part of one line: `amount` is what its `qty` units are worth in the order's price snapshot. */
export interface LinePart {
  qty: number;
  amount: number;
  delivered: number;
  lost: number;
  cancelled: number;
}

/** What may be captured for the part: the exact share of its delivered units, minor units. */
export function deliveredValue(part: LinePart): number {
  return runningShare(part.amount, part.delivered, part.qty);
}

/** What the customer may still have to pay for the part, delivered or not: everything but lost and cancelled units. */
export function openValue(part: LinePart): number {
  return runningShare(part.amount, part.qty - part.cancelled - part.lost, part.qty);
}

/** Sums a value over all parts of a sub-order or an order. */
export function sumOf(parts: readonly LinePart[], value: (part: LinePart) => number): number {
  return parts.reduce((sum, part) => sum + value(part), 0);
}
