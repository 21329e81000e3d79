import {percentOf, runningShare} from '../../domain/money/share.ts';
import {priceOrder, type TaxRule} from '../../domain/pricing/price-order.ts';
import type {LineView, OrderBody, OrderView} from '../api-types.ts';
import type {Layout} from './plan.ts';

/** What the world itself knows of prices, so that it need not believe the service. */
export interface PriceBook {
  /** minor units the customer owes for each line of the body, shipping and tax included */
  lineTotals(body: OrderBody): number[];
  /** minor units for units that are added to a placed order: their price and its tax */
  addedTotal(units: {sku: string; qty: number}, to: OrderBody['ship_to']): number;
  currency: string;
}

export function priceBook(
  layout: Pick<Layout, 'currency' | 'products' | 'shippingRates' | 'taxRates' | 'promoCodes'>,
): PriceBook {
  const percent = new Map(layout.promoCodes?.map(({code, body}) => [code, body.percent_bp]));
  const price = new Map(layout.products.map(({sku, body}) => [sku, body]));
  const shipping = new Map(layout.shippingRates.map((rate) => [rate.sla, rate.price.amount]));
  const tax = new Map(layout.taxRates.map((rate) => [rate.area, rate]));
  const priced = ({sku, qty}: {sku: string; qty: number}) => {
    const product = price.get(sku);
    const unit_amount = product?.price.amount ?? 0;
    return {product: {sku, unit_amount, capacity_units: product?.capacity_units ?? 0}, qty};
  };
  const ruleOf = ({country, region}: OrderBody['ship_to']): TaxRule =>
    tax.get(`${country}-${region}`) ?? tax.get(country) ?? {rate_bp: 0, inclusive: true};
  return {
    currency: layout.currency,
    addedTotal: (units, to) => priceOrder([priced(units)], 0, ruleOf(to)).lines[0]?.total ?? 0,
    lineTotals: (body) => {
      const lines = body.lines.map(priced);
      const items = lines.reduce((sum, {product, qty}) => sum + product.unit_amount * qty, 0);
      const off = (body.promo_codes ?? []).reduce((sum, code) => sum + percentOf(items, percent.get(code) ?? 0), 0);
      return priceOrder(lines, shipping.get(body.delivery_sla) ?? 0, ruleOf(body.ship_to), off).lines.map(
        (line) => line.total,
      );
    },
  };
}

/** The value of the units that were delivered, minor units; a line is recognised by its SKU. */
export function deliveredValue(totals: readonly number[], body: OrderBody, lines: readonly LineView[]): number {
  return body.lines.reduce((sum, {sku, qty}, i) => {
    const delivered = lines.find((line) => line.sku === sku)?.delivered ?? 0;
    return sum + runningShare(totals[i] ?? 0, delivered, qty);
  }, 0);
}

/** The same of lines that were added to the placed order. */
export function addedValue(prices: PriceBook, to: OrderBody['ship_to'], lines: readonly LineView[]): number {
  return lines.reduce((sum, line) => sum + runningShare(prices.addedTotal(line, to), line.delivered, line.qty), 0);
}

/**
 * What was delivered, as its parts add it up: where a line is divided over several and not delivered whole, each part's
 * share is rounded by itself, and together they may lie beside the line's own share by less than one minor unit each.
 */
export function asPartsAddUp(worth: number, {lines, sub_orders, payment}: OrderView): number {
  const divided = lines.filter(({qty, delivered}) => delivered < qty);
  const parts = (line: LineView) => sub_orders.filter((sub) => sub.lines.some((part) => part.line_id === line.line_id));
  const rounding = divided.reduce((sum, line) => sum + Math.max(0, parts(line).length - 1), 0);
  return Math.min(worth + rounding, Math.max(worth - rounding, payment.captured.amount));
}
