import type {Policy} from '../../domain/policy/policy.ts';
import type {StoreContext} from '../context.ts';
import type {orders} from '../generated/client.ts';

export interface RunFacts {
  order: orders;
  line_count: number;
  policy: Policy;
}

/** What is needed to start the run of a stored order; the policy is the one it was placed under. */
export async function readRunFacts(context: StoreContext, orderId: string): Promise<RunFacts> {
  const {prisma} = context;
  const order = await prisma.orders.findUniqueOrThrow({where: {id: orderId}});
  const [policy, lines] = await Promise.all([
    prisma.policies.findUniqueOrThrow({where: {version: order.policy_version}}),
    prisma.order_lines.count({where: {order_id: orderId}}),
  ]);
  return {order, line_count: lines, policy: policy.body as unknown as Policy};
}
