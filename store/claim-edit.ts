import type {StoreContext} from './context.ts';
import {type Actor, lockOrder} from './record-change.ts';
import {transact} from './transact.ts';

export interface Edit {
  order_id: string;
  /** what the person had before them: the number of the order's last event */
  version: number;
  by: Actor;
  /** the same request has its claim already */
  request_id: string;
}

/**
 * Takes the one place that each version of an order has for somebody who changes it on what they saw. False when the
 * order has gone on since, or when somebody else is changing the very same version. A repeat is true again.
 */
export function claimEdit(context: StoreContext, {order_id, version, by, request_id}: Edit): Promise<boolean> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, order_id);
    const known = await tx.order_edits.findUnique({where: {order_id_version: {order_id, version}}});
    if (known) return known.request_id === request_id;
    if (order.last_seq !== version) return false;
    await tx.order_edits.create({
      data: {order_id, version, request_id, actor: by.actor, role: by.role, at: context.now()},
    });
    return true;
  });
}

/** What came to nothing leaves the place to others. */
export async function giveEditBack(context: StoreContext, {order_id, version, request_id}: Edit): Promise<void> {
  await context.prisma.order_edits.deleteMany({where: {order_id, version, request_id}});
}
