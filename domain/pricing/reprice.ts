import {runningShare} from '../money/share.ts';
import {taxOn, type TaxRule} from './price-order.ts';

/** What of a line's price stays when it goes to another address. Minor units. */
export interface PricedLine {
  items: number;
  discount: number;
  shipping: number;
}

/** A line's tax and total under another rule of tax. */
export function retaxed(line: PricedLine, rule: TaxRule): {tax: number; total: number} {
  const net = line.items - line.discount;
  const tax = taxOn(net, rule);
  return {tax, total: net + line.shipping + (rule.inclusive ? 0 : tax)};
}

/**
 * A line's worth over its parts, in running shares of its units: what has no part yet keeps the rest, and all of them
 * add up to the line.
 */
export function shareOverParts(total: number, units: number, parts: readonly {qty: number}[]): number[] {
  let before = 0;
  return parts.map(({qty}) => {
    const share = runningShare(total, before + qty, units) - runningShare(total, before, units);
    before += qty;
    return share;
  });
}
