import type {StoreContext} from './context.ts';
import type {payments} from './generated/client.ts';

/** A hold as our own books have it; null when there is none of that id in that order. */
export function readHold(
  context: StoreContext,
  input: {order_id: string; payment_id: string},
): Promise<payments | null> {
  return context.prisma.payments.findFirst({where: {id: input.payment_id, order_id: input.order_id}});
}
