import type {StoreContext} from '../context.ts';
import {type MoneyView, money, type Page, readTimeCursor, toPage, type WaitingView, waitingView} from './shapes.ts';

export interface OrderSummary {
  order_id: string;
  number: string;
  status: string;
  waiting_on: WaitingView | null;
  total: MoneyView;
  delivery_sla: string;
  placed_at: string;
}

export interface ListOptions {
  status?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** Orders, newest first; a cursor that is not one of ours starts at the beginning. */
export async function listOrders(context: StoreContext, options: ListOptions): Promise<Page<OrderSummary>> {
  const last = readTimeCursor(options.cursor);
  const rows = await context.prisma.orders.findMany({
    where: {
      ...(options.status ? {status: options.status} : {}),
      ...(last ? {OR: [{placed_at: {lt: last.at}}, {placed_at: last.at, id: {lt: last.id}}]} : {}),
    },
    orderBy: [{placed_at: 'desc'}, {id: 'desc'}],
    take: options.limit + 1,
  });
  return toPage(
    rows,
    options.limit,
    (order) => ({
      order_id: order.id,
      number: order.number,
      status: order.status,
      waiting_on: waitingView(order),
      total: money(order.total_amount, order.currency),
      delivery_sla: order.delivery_sla,
      placed_at: order.placed_at.toISOString(),
    }),
    (order) => [order.placed_at.toISOString(), order.id],
  );
}
