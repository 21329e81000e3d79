import type {StoreContext} from '../context.ts';
import type {orders, promises} from '../generated/client.ts';
import {time} from './shapes.ts';

/** What was promised for an order and its parts, how it was computed, and what became of it. */
export async function readPromise(context: StoreContext, order: orders) {
  const {prisma} = context;
  const [rows, subs] = await Promise.all([
    prisma.promises.findMany({where: {order_id: order.id}}),
    prisma.sub_orders.findMany({where: {order_id: order.id}, orderBy: {position: 'asc'}}),
  ]);
  const of = (id: string) => rows.find((row) => row.id === id) ?? null;
  return {
    order_id: order.id,
    quote_id: order.quote_id,
    ...kept(of(order.id)),
    sub_orders: subs.map(({id, stage}) => {
      const row = of(id);
      return {sub_order_id: id, stage, estimated_pickup: time(row?.pickup_at ?? null), ...kept(row)};
    }),
  };
}

function kept(row: promises | null) {
  const {window_from: from = null, window_to: to = null} = row ?? {};
  return {
    promised: from && to ? {from: from.toISOString(), to: to.toISOString()} : null,
    delivered_at: time(row?.delivered_at ?? null),
    outcome: row?.outcome ?? null,
    late_by_s: row?.late_by_s ?? null,
    basis: row?.basis ?? {},
  };
}
