import {runningShare} from '../money/share.ts';

/** What of one capture can still be given back. */
export interface CaptureLeft {
  capture_id: string;
  payment_id: string;
  sub_order_id: string;
  left: number;
}

/** What was paid for the goods of one line, without its share of the shipping charge, and what of it went back. */
export interface LinePaid {
  line_id: string;
  /** delivered and captured */
  units: number;
  amount: number;
  refunded_units: number;
  refunded_amount: number;
}

/**
 * What `units` more units of the line give back: the difference of the running share of what was paid for it, so that
 * refunds of all its units add up to what was paid, whatever was asked for first. Null: more units than were paid for.
 */
export function worthOfUnits(line: LinePaid, units: number): number | null {
  const after = line.refunded_units + units;
  if (units < 1 || after > line.units) return null;
  return Math.max(0, runningShare(line.amount, after, line.units) - line.refunded_amount);
}

/** Takes an amount from captures in their order; null when they do not have so much. */
export function takeFrom<T extends CaptureLeft>(
  captures: readonly T[],
  amount: number,
): {capture: T; amount: number}[] | null {
  const takes: {capture: T; amount: number}[] = [];
  let missing = amount;
  for (const capture of captures) {
    const take = Math.min(missing, capture.left);
    if (take > 0) takes.push({capture, amount: take});
    missing -= Math.max(0, take);
  }
  return missing > 0 ? null : takes;
}

export interface RefundLine {
  line_id: string;
  qty: number;
  amount: number;
}

/**
 * Spreads lines over the parts an amount was taken in: amounts exactly, units with the first part of their line. What
 * the parts hold beyond the lines belongs to no line.
 */
export function spreadLines(lines: readonly RefundLine[], parts: readonly number[]): RefundLine[][] {
  const left = lines.map((line) => ({...line}));
  return parts.map((part) => {
    let room = part;
    const mine: RefundLine[] = [];
    for (const line of left) {
      const amount = Math.min(line.amount, room);
      if (amount === 0 && line.qty === 0) continue;
      if (amount === 0 && line.amount > 0) continue;
      mine.push({line_id: line.line_id, qty: line.qty, amount});
      line.qty = 0;
      line.amount -= amount;
      room -= amount;
    }
    return mine;
  });
}
