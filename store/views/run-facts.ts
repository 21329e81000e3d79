import type {Policy} from '../../domain/policy/policy.ts';
import type {StoreContext} from '../context.ts';
import type {orders} from '../generated/client.ts';
import {policyOf} from '../policies.ts';

export interface RunFacts {
  order: orders;
  line_count: number;
  policy: Policy;
  /** the intent of a shop that authorises by itself */
  shop_hold: string | null;
}

/** What is needed to start the run of a stored order; the policy is the one it was placed under. */
export async function readRunFacts(context: StoreContext, orderId: string): Promise<RunFacts> {
  const {prisma} = context;
  const order = await prisma.orders.findUniqueOrThrow({where: {id: orderId}});
  const [policy, lines, hold] = await Promise.all([
    policyOf(prisma, order),
    prisma.order_lines.count({where: {order_id: orderId}}),
    prisma.shop_holds.findUnique({where: {order_id: orderId}}),
  ]);
  return {order, line_count: lines, policy, shop_hold: hold?.intent ?? null};
}
