import {splitByWeight} from '../../domain/money/share.ts';
import type {AllocationPlan} from '../../domain/routing/plan.ts';
import type {quotes} from '../generated/client.ts';
import type {QuotedPlan, QuotedPrice} from '../make-quote.ts';
import {money} from './shapes.ts';

/** Warehouses, then suppliers, in the order of their windows; then what waits for stock. */
function partsOf({shipments, supplied = [], backordered}: AllocationPlan) {
  const waits = {source: {kind: null, id: null}, lines: backordered, expected: null};
  return [
    ...shipments.map(({warehouse_id, lines, cost}) => {
      return {source: {kind: 'warehouse', id: warehouse_id}, lines, expected: cost.shipping};
    }),
    ...supplied.map(({supplier_id, lines}) => ({source: {kind: 'supplier', id: supplier_id}, lines, expected: null})),
    ...(backordered.length > 0 ? [waits] : []),
  ];
}

/** A quote as the client is told. */
export function quoteView(row: quotes) {
  const {allocation, windows, warnings} = row.plan as unknown as QuotedPlan;
  const quoted = row.price as unknown as QuotedPrice;
  const {price} = quoted;
  const amount = (value: number) => money(value, row.currency);
  const parts = partsOf(allocation);
  const worth = parts.map(({lines}) =>
    lines.reduce((sum, {line_id, qty}) => sum + (quoted.unit_amounts[Number(line_id)] ?? 0) * qty, 0),
  );
  const costs = splitByWeight(price.shipping, worth);
  const instant = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
  const shipments = parts.map(({source, lines, expected}, i) => {
    const window = windows[i];
    return {
      source,
      lines: lines.map(({sku, qty}) => ({sku, qty})),
      estimated_pickup: instant(window?.pickup_at),
      eta_from: instant(window?.from),
      eta_to: instant(window?.to),
      cost: amount(costs[i] ?? 0),
      expected_cost: expected === null ? null : amount(Math.round(expected)),
    };
  });
  const {items, discount, shipping, tax, total} = price;
  return {
    quote_id: row.id,
    expires_at: row.expires_at.toISOString(),
    holds_stock: row.holds_stock,
    split: parts.length > 1,
    warnings,
    shipments,
    total: amount(total),
    totals: {
      items: amount(items),
      discount: amount(discount),
      shipping: amount(shipping),
      tax: amount(tax),
      total: amount(total),
    },
  };
}
