import type {StoreContext, Tx} from '../context.ts';
import type {disputes, order_lines, orders, refunds} from '../generated/client.ts';
import {type PaymentSums, sumPayments} from './payment-sums.ts';
import {type MoneyView, money, type WaitingView, waitingView} from './shapes.ts';
import {readSubOrders, type SubOrderRows, type SubOrderView, subOrderView} from './sub-orders.ts';

export interface OrderRows {
  order: orders;
  lines: order_lines[];
  subs: SubOrderRows[];
  sums: PaymentSums;
  refunds: refunds[];
  disputes: disputes[];
  /** for the customer's bank, while it asks for a confirmation */
  client_secret: string | null;
  /** the bank refused a hold */
  declined: boolean;
}

/** All of one order as of one moment; null when there is none. */
export async function readOrder(
  context: StoreContext,
  where: {id: string} | {tracking_token: string},
): Promise<OrderRows | null> {
  return context.prisma.$transaction(
    async (tx) => {
      const order = await tx.orders.findUnique({where});
      return order && readParts(tx as Tx, order);
    },
    {isolationLevel: 'RepeatableRead'},
  );
}

async function readParts(tx: Tx, order: orders): Promise<OrderRows> {
  const lines = await tx.order_lines.findMany({where: {order_id: order.id}, orderBy: {position: 'asc'}});
  const payments = await tx.payments.findMany({where: {order_id: order.id}, orderBy: {created_at: 'asc'}});
  const subs = await readSubOrders(tx, order.id, lines);
  const given = await tx.refunds.findMany({where: {order_id: order.id}, orderBy: [{created_at: 'asc'}, {id: 'asc'}]});
  const disputed = await tx.disputes.findMany({where: {order_id: order.id}, orderBy: {opened_at: 'asc'}});
  const asking = payments.findLast((payment) => payment.state === 'requires_action');
  const declined = payments.some((payment) => payment.state === 'declined');
  const client_secret = asking?.client_secret ?? null;
  return {order, lines, subs, sums: sumPayments(payments), refunds: given, disputes: disputed, client_secret, declined};
}

export interface OrderView {
  order_id: string;
  number: string;
  status: string;
  waiting_on: WaitingView | null;
  total: MoneyView;
  lines: ReturnType<typeof lineView>[];
  sub_orders: SubOrderView[];
  payment: Record<keyof PaymentSums, MoneyView>;
  refunds: {refund_id: string; kind: string; state: string; amount: MoneyView; credit_note: string | null}[];
  disputes: {dispute_id: string; state: string; amount: MoneyView}[];
  delivery_sla: string;
  placed_at: string;
  tracking_url: string;
}

export function orderView(rows: OrderRows, trackingUrl: string): OrderView {
  const {order, sums} = rows;
  const {currency} = order;
  return {
    order_id: order.id,
    number: order.number,
    status: order.status,
    waiting_on: waitingView(order),
    total: money(order.total_amount, currency),
    lines: rows.lines.map(lineView),
    sub_orders: rows.subs.map((sub) => subOrderView(sub, currency)),
    payment: {
      authorized: money(sums.authorized, currency),
      captured: money(sums.captured, currency),
      refunded: money(sums.refunded, currency),
    },
    refunds: rows.refunds.map(({id, kind, state, amount, credit_note}) => {
      return {refund_id: id, kind, state, amount: money(amount, currency), credit_note};
    }),
    disputes: rows.disputes.map(({id, state, amount}) => ({dispute_id: id, state, amount: money(amount, currency)})),
    delivery_sla: order.delivery_sla,
    placed_at: order.placed_at.toISOString(),
    tracking_url: trackingUrl,
  };
}

/** What ever happened to a line's units, and how many are cancelled or backordered now. */
function lineView(line: order_lines) {
  return {
    line_id: line.id,
    sku: line.sku,
    qty: line.qty,
    allocated: line.ever_allocated,
    picked: line.ever_picked,
    shipped: line.ever_shipped,
    delivered: line.ever_delivered,
    cancelled: line.cancelled,
    backordered: line.backordered,
    returned: line.returned,
    ...(line.backordered > 0 && line.wait_chosen_at !== null
      ? {
          wait: {
            chosen_by: line.wait_chosen_by,
            role: line.wait_chosen_role,
            chosen_at: line.wait_chosen_at.toISOString(),
          },
        }
      : {}),
    ...(line.value_line_id === null ? {} : {exchange_for: line.value_line_id}),
  };
}

export interface PlacedView {
  order_id: string;
  number: string;
  status: string;
  waiting_on: WaitingView | null;
  totals: Record<'items' | 'discount' | 'shipping' | 'tax' | 'total', MoneyView>;
  total_capacity: number;
  sub_orders: SubOrderView[];
  tracking_url: string;
  client_secret?: string;
}

/** What checkout is answered. */
export function placedView(rows: OrderRows, trackingUrl: string): PlacedView {
  const {order} = rows;
  const amount = (value: bigint) => money(value, order.currency);
  return {
    order_id: order.id,
    number: order.number,
    status: order.status,
    waiting_on: waitingView(order),
    totals: {
      items: amount(order.items_amount),
      discount: amount(order.discount_amount),
      shipping: amount(order.shipping_amount),
      tax: amount(order.tax_amount),
      total: amount(order.total_amount),
    },
    total_capacity: order.total_capacity,
    sub_orders: rows.subs.map((sub) => subOrderView(sub, order.currency)),
    tracking_url: trackingUrl,
    ...(rows.client_secret === null ? {} : {client_secret: rows.client_secret}),
  };
}
