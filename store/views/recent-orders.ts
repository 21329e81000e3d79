import type {StoreContext} from '../context.ts';
import {type MoneyView, money, type WaitingView, waitingView} from './shapes.ts';

export interface RecentOrder {
  number: string;
  status: string;
  waiting_on: WaitingView | null;
  total: MoneyView;
  token: string;
}

/** The newest orders with the tokens of their links: for the development start page only. */
export async function readRecentOrders(context: StoreContext, limit: number): Promise<RecentOrder[]> {
  const rows = await context.prisma.orders.findMany({orderBy: [{placed_at: 'desc'}, {id: 'desc'}], take: limit});
  return rows.map((order) => ({
    number: order.number,
    status: order.status,
    waiting_on: waitingView(order),
    total: money(order.total_amount, order.currency),
    token: order.tracking_token,
  }));
}
