import {percentOf, splitByWeight} from '../money/share.ts';

export interface PricedProduct {
  sku: string;
  /** minor units */
  unit_amount: number;
  capacity_units: number;
}

export interface TaxRule {
  rate_bp: number;
  /** true: the catalogue price already contains the tax */
  inclusive: boolean;
}

export interface LinePrice {
  items: number;
  discount: number;
  tax: number;
  /** the line's share of the order's one shipping charge, by value */
  shipping: number;
  /** what the customer owes for the line: items - discount + shipping, plus the tax where prices exclude it */
  total: number;
}

export interface OrderPrice {
  lines: LinePrice[];
  items: number;
  discount: number;
  tax: number;
  shipping: number;
  total: number;
  capacity: number;
}

/**
 * The price snapshot of an order. The discount and the shipping charge are shared over the lines by value (largest
 * remainder), so that every unit carries its exact part of them. Tax is computed per line on what the goods cost after
 * the discount; the shipping charge is a final price.
 * @param discount minor units, at most the value of the goods
 */
export function priceOrder(
  lines: readonly {product: PricedProduct; qty: number}[],
  shipping: number,
  tax: TaxRule,
  discount = 0,
): OrderPrice {
  const items = lines.map((l) => l.product.unit_amount * l.qty);
  const shares = splitByWeight(shipping, items);
  const discounts = splitByWeight(discount, items);
  const priced = items.map((amount, i): LinePrice => {
    const [share = 0, off = 0] = [shares[i], discounts[i]];
    const lineTax = taxOn(amount - off, tax);
    const total = amount - off + share + (tax.inclusive ? 0 : lineTax);
    return {items: amount, discount: off, tax: lineTax, shipping: share, total};
  });
  const sum = (pick: (l: LinePrice) => number) => priced.reduce((a, l) => a + pick(l), 0);
  return {
    lines: priced,
    items: sum((l) => l.items),
    discount: sum((l) => l.discount),
    tax: sum((l) => l.tax),
    shipping,
    total: sum((l) => l.total),
    capacity: lines.reduce((a, l) => a + l.product.capacity_units * l.qty, 0),
  };
}

/** The tax on (or, for inclusive prices, inside) an amount, half a minor unit rounded up. */
export function taxOn(amount: number, rule: TaxRule): number {
  if (!rule.inclusive) return percentOf(amount, rule.rate_bp);
  const divisor = BigInt(10_000 + rule.rate_bp);
  return Number((2n * BigInt(amount) * BigInt(rule.rate_bp) + divisor) / (2n * divisor));
}
