import {percentOf, runningShare} from '../money/share.ts';
import type {ReturnPolicy} from './policy.ts';
import {type Grade, isShopsFault, type ReturnReason} from './terms.ts';

/** What was paid for the delivered units of a line, minor units. */
export interface PaidLine {
  /** tax included, without the shipping charge */
  goods: number;
  /** the line's part of the shipping charge */
  shipping: number;
  /** units that share both */
  units: number;
  /** of these, units already paid back */
  before: number;
}

export interface GradedUnits {
  grade: Grade;
  qty: number;
}

export interface LineRefund {
  /** units that something is paid back for */
  qty: number;
  goods: number;
  shipping: number;
}

/**
 * What goes back for units of one line, minor units. Differences of a running share: all units of a line together bring
 * back exactly what was paid for it, in whatever portions they come. Missing units bring nothing, and neither do units
 * that were paid back before.
 */
export function refundOf(
  policy: ReturnPolicy,
  paid: PaidLine,
  reason: ReturnReason,
  graded: readonly GradedUnits[],
): LineRefund {
  const ours = isShopsFault(reason);
  const withShipping = policy.refund_shipping === 'share' || (policy.refund_shipping === 'fault' && ours);
  const sum: LineRefund = {qty: 0, goods: 0, shipping: 0};
  for (const {grade, qty} of graded) {
    if (grade === 'missing') continue;
    const before = paid.before + sum.qty;
    const units = Math.max(0, Math.min(qty, paid.units - before));
    const share = (amount: number) =>
      runningShare(amount, before + units, paid.units) - runningShare(amount, before, paid.units);
    const goods = share(paid.goods);
    sum.goods += ours ? goods : goods - percentOf(goods, policy.deductions[grade]);
    sum.shipping += withShipping ? share(paid.shipping) : 0;
    sum.qty += units;
  }
  return sum;
}

/** The refunds after the fee, which is taken from the goods of the first line that can bear it, then of the next. */
export function lessFee<T extends LineRefund>(refunds: readonly T[], fee: number): T[] {
  let left = fee;
  return refunds.map((refund) => {
    const taken = Math.min(left, refund.goods);
    left -= taken;
    return {...refund, goods: refund.goods - taken};
  });
}

/** No more than there is to give, taken off the last first. */
export function atMost<T extends LineRefund>(refunds: readonly T[], possible: number): T[] {
  let left = possible;
  return refunds.map((refund) => {
    const goods = Math.min(left, refund.goods);
    const shipping = Math.min(left - goods, refund.shipping);
    left -= goods + shipping;
    return {...refund, goods, shipping};
  });
}

export const totalOf = (refunds: readonly LineRefund[]): number =>
  refunds.reduce((sum, {goods, shipping}) => sum + goods + shipping, 0);
