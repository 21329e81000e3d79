import {runningShare} from '../domain/money/share.ts';
import type {Arrival, ReturnableLine} from '../domain/returns/eligibility.ts';
import {RETURNS, type ReturnPolicy, windowDays} from '../domain/returns/policy.ts';
import type {PaidLine} from '../domain/returns/refund.ts';
import {RETURN_ENDS} from '../domain/returns/state.ts';
import type {Tx} from './context.ts';
import type {order_lines, orders} from './generated/client.ts';
import {policyOf} from './policies.ts';
import {readRefundable} from './refundable.ts';

/** The rules that the order was placed under. */
export async function returnPolicyOf(tx: Tx, order: orders): Promise<ReturnPolicy> {
  return (await policyOf(tx, order)).returns ?? RETURNS;
}

/** Every line of an order as far as sending back goes. */
export async function readReturnable(tx: Tx, order: orders, policy: ReturnPolicy): Promise<ReturnableLine[]> {
  const lines = await tx.order_lines.findMany({where: {order_id: order.id}, orderBy: {position: 'asc'}});
  const products = await tx.products.findMany({where: {sku: {in: lines.map((l) => l.sku)}}});
  const arrivals = await readArrivals(tx, order.id);
  const announced = await readAnnounced(tx, order.id);
  return lines.map((line) => {
    const category = products.find(({sku}) => sku === line.sku)?.category ?? null;
    return {
      line_id: line.id,
      bought: line.qty - line.cancelled,
      arrivals: arrivals.get(line.id) ?? [],
      returned: line.returned,
      announced: announced.get(line.id) ?? 0,
      window_days: windowDays(policy, category, order.ship_country),
    };
  });
}

/** Units that reached the customer, parcel by parcel. */
async function readArrivals(tx: Tx, orderId: string): Promise<Map<string, Arrival[]>> {
  const rows = await tx.$queryRaw<{line_id: string; qty: number; at: Date}[]>`
    SELECT i.line_id, i.qty, p.ended_at AS at FROM parcels p JOIN parcel_items i ON i.parcel_id = p.id
    WHERE p.order_id = ${orderId} AND p.ended_at IS NOT NULL AND p.status IN ('delivered', 'return_to_sender')
      AND p.came_back_at IS NULL ORDER BY p.ended_at`;
  const found = new Map<string, Arrival[]>();
  for (const {line_id, qty, at} of rows) {
    found.set(line_id, [...(found.get(line_id) ?? []), {at: at.getTime(), qty}]);
  }
  return found;
}

/** Units in returns that are still open, as far as they are not counted as returned yet. */
async function readAnnounced(tx: Tx, orderId: string): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{line_id: string; qty: number}[]>`
    SELECT l.line_id, sum(l.qty - l.accepted)::int AS qty FROM return_lines l JOIN returns r ON r.id = l.return_id
    WHERE r.order_id = ${orderId} AND NOT (r.state = ANY(${[...RETURN_ENDS]})) GROUP BY l.line_id`;
  return new Map(rows.map((row) => [row.line_id, row.qty]));
}

/** The line whose price a line's units carry: its own, or that of the units they were sent in exchange for. */
export const valueLineOf = (line: Pick<order_lines, 'id' | 'value_line_id'>) => line.value_line_id ?? line.id;

export interface PaidUnits extends PaidLine {
  /** units that reached the customer and whose money is not taken yet */
  unpaid: number;
}

/** What was paid for each line's delivered units, and how many of them were paid back already. */
export async function readPaid(tx: Tx, orderId: string): Promise<(valueLineId: string) => PaidUnits> {
  const {lines: paid} = await readRefundable(tx, orderId);
  const lines = await tx.order_lines.findMany({where: {order_id: orderId}});
  return (id) => {
    const line = lines.find((l) => l.id === id);
    const known = paid.find(({line_id}) => line_id === id);
    if (!line || !known) throw new Error(`line ${id} is not of order ${orderId}`);
    return {
      goods: known.amount,
      shipping: runningShare(Number(line.shipping_amount), known.units, line.qty),
      units: known.units,
      before: known.refunded_units,
      unpaid: Number(line.total_amount) === 0 ? 0 : line.delivered - known.units,
    };
  };
}
