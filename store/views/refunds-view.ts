import type {StoreContext} from '../context.ts';
import type {refunds} from '../generated/client.ts';
import {readRefundable} from '../refundable.ts';
import {type MoneyView, money, type Page, readTimeCursor, toPage} from './shapes.ts';

export interface RefundView {
  refund_id: string;
  order_id: string;
  kind: string;
  state: string;
  amount: MoneyView;
  lines: {line_id: string; qty: number; amount: number}[];
  reason: string;
  requested_by: string;
  decided_by: string | null;
  note: string | null;
  credit_note: string | null;
  failure_code: string | null;
  created_at: string;
  updated_at: string;
}

export function refundView(row: refunds): RefundView {
  return {
    refund_id: row.id,
    order_id: row.order_id,
    kind: row.kind,
    state: row.state,
    amount: money(row.amount, row.currency),
    lines: row.lines as unknown as RefundView['lines'],
    reason: row.reason,
    requested_by: row.requested_by,
    decided_by: row.decided_by,
    note: row.note,
    credit_note: row.credit_note,
    failure_code: row.failure_code,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

export interface OrderRefundsView {
  /** what can still be given back, of what was captured */
  possible: MoneyView;
  possible_shipping: MoneyView;
  possible_lines: {line_id: string; qty: number}[];
  disputed: boolean;
  refunds: RefundView[];
}

/** The refunds of an order, oldest first, and what more is possible; null when there is no such order. */
export function readOrderRefunds(context: StoreContext, orderId: string): Promise<OrderRefundsView | null> {
  return context.prisma.$transaction(
    async (tx) => {
      const order = await tx.orders.findUnique({where: {id: orderId}});
      if (!order) return null;
      const {possible, shipping, lines, disputed} = await readRefundable(tx, orderId);
      const rows = await tx.refunds.findMany({
        where: {order_id: orderId},
        orderBy: [{created_at: 'asc'}, {id: 'asc'}],
      });
      return {
        possible: money(possible, order.currency),
        possible_shipping: money(Math.max(0, Math.min(possible, shipping.paid - shipping.refunded)), order.currency),
        possible_lines: lines.map((line) => ({line_id: line.line_id, qty: line.units - line.refunded_units})),
        disputed,
        refunds: rows.map(refundView),
      };
    },
    {isolationLevel: 'RepeatableRead'},
  );
}

export async function readRefund(context: StoreContext, id: string): Promise<RefundView | null> {
  const row = await context.prisma.refunds.findUnique({where: {id}});
  return row && refundView(row);
}

export interface RefundOptions {
  state?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** Refunds of all orders, oldest first: with a state, a list of work. */
export async function listRefunds(context: StoreContext, options: RefundOptions): Promise<Page<RefundView>> {
  const last = readTimeCursor(options.cursor);
  const rows = await context.prisma.refunds.findMany({
    where: {
      ...(options.state ? {state: options.state} : {}),
      ...(last ? {OR: [{created_at: {gt: last.at}}, {created_at: last.at, id: {gt: last.id}}]} : {}),
    },
    orderBy: [{created_at: 'asc'}, {id: 'asc'}],
    take: options.limit + 1,
  });
  return toPage(rows, options.limit, refundView, (row) => [row.created_at.toISOString(), row.id]);
}
