import type {orders} from '../store/generated/client.ts';
import {type OrderRows, placedView, readOrder} from '../store/views/order-view.ts';
import type {Verdict} from '../workflows/messages.ts';
import type {ApiDeps} from './deps.ts';
import {Problem, problemBody} from './errors.ts';
import type {Answer} from './route.ts';
import type {Placing} from './start-order.ts';

/** The answer to checkout: the run's verdict, told from the order as it is stored. */
export async function orderAnswer(deps: ApiDeps, orderId: string, placing: Placing): Promise<Answer> {
  const rows = await rowsOf(deps, orderId);
  const verdict: Verdict | null = placing.kind === 'none' || placing.kind === 'closed' ? verdictOf(rows) : placing;
  if (verdict === null) return {status: 202, body: placed(deps, rows)};
  switch (verdict.kind) {
    case 'accepted':
    case 'in_review':
    case 'needs_customer':
      return {status: 201, body: placed(deps, rows)};
    case 'declined':
      return refusal(new Problem('payment_declined', 'the payment was declined', {members: {order_id: orderId}}));
    case 'out_of_stock':
      return refusal(outOfStock(rows, verdict));
    case 'cancelled':
      return refusal(
        new Problem('order_cancelled', 'the order was cancelled meanwhile', {members: {order_id: orderId}}),
      );
  }
}

/** The order as it is, while nothing is decided. */
export async function undecidedAnswer(deps: ApiDeps, orderId: string): Promise<Answer> {
  return {status: 202, body: placed(deps, await rowsOf(deps, orderId))};
}

async function rowsOf({store}: ApiDeps, orderId: string): Promise<OrderRows> {
  const rows = await readOrder(store, {id: orderId});
  if (!rows) throw new Error(`order ${orderId} is gone`);
  return rows;
}

export const trackingUrl = (deps: ApiDeps, order: orders) => `${deps.publicUrl}/track/${order.tracking_token}`;

function placed(deps: ApiDeps, rows: OrderRows) {
  return placedView(rows, trackingUrl(deps, rows.order));
}

/** What became of an order whose run cannot be asked; null while nothing is decided. */
function verdictOf({order, subs, declined}: OrderRows): Verdict | null {
  if (subs.length > 0) return {kind: 'accepted'};
  if (order.status === 'cancelled') return verdictOfEnd(order.cancel_reason ?? '', declined);
  if (order.waiting_on === 'fraud_review') return {kind: 'in_review'};
  if (order.waiting_on === 'customer_authentication') return {kind: 'needs_customer'};
  if (order.waiting_on === 'payment_method') return {kind: 'declined'};
  return order.waiting_on === null ? null : {kind: 'accepted'};
}

const REFUSED = new Set([
  'fraud',
  'fraud_review_rejected',
  'fraud_review_expired',
  'refused_by_provider',
  'nothing_to_pay',
]);

function verdictOfEnd(reason: string, declined: boolean): Verdict {
  if (reason === 'out_of_stock') return {kind: 'out_of_stock', held: true, skus: []};
  return {kind: declined || REFUSED.has(reason) ? 'declined' : 'cancelled'};
}

function outOfStock({order, lines}: OrderRows, verdict: {held: boolean; skus: string[]}): Problem {
  const missing = lines.filter((line) => verdict.skus.length === 0 || verdict.skus.includes(line.sku));
  return new Problem('out_of_stock', 'somebody else was faster', {
    errors: missing.map((line) => {
      return {pointer: `/lines/${line.position - 1}/qty`, code: 'out_of_stock', detail: 'not enough left'};
    }),
    ...(verdict.held ? {members: {order_id: order.id}} : {}),
  });
}

function refusal(problem: Problem): Answer {
  return {status: problem.status, body: problemBody(problem)};
}
