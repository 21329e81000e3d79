import {isTerminal, type OrderStatus} from '../domain/order/status.ts';
import {LINKS} from '../domain/policy/policy.ts';
import type {StoreContext} from './context.ts';
import type {orders} from './generated/client.ts';
import {policyOf} from './policies.ts';

const TOKEN = /^[A-Za-z0-9_-]{20,64}$/;

/**
 * The order behind a customer's link. Null alike for a link that never was one and for one that has ended: some time
 * after the order has, counted from the last thing that happened to it.
 */
export async function findTracked(context: StoreContext, token: string): Promise<orders | null> {
  if (!TOKEN.test(token)) return null;
  const order = await context.prisma.orders.findUnique({where: {tracking_token: token}});
  if (!order || !isTerminal(order.status as OrderStatus)) return order;
  const {open_for} = (await policyOf(context.prisma, order)).links ?? LINKS;
  return context.now().getTime() > order.updated_at.getTime() + open_for ? null : order;
}
