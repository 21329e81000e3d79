import type {Tx} from './context.ts';
import type {orders, returns} from './generated/client.ts';
import {lockOrder} from './record-change.ts';

/** The return under its order's lock; null where there is none. */
export async function lockReturn(tx: Tx, returnId: string): Promise<{order: orders; found: returns} | null> {
  const known = await tx.returns.findUnique({where: {id: returnId}});
  if (!known) return null;
  const order = await lockOrder(tx, known.order_id);
  return {order, found: await tx.returns.findUniqueOrThrow({where: {id: returnId}})};
}
