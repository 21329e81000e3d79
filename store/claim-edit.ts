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

/** Milliseconds of the service's time: whoever was cut off before anything came of it keeps nobody out for longer. */
const KEPT_FOR = 5 * 60_000;

/**
 * Takes the one place that each version of an order has for somebody who changes it on what they saw. False when the
 * order has gone on since, or when somebody else is changing the very same version. A repeat is true again.
 */
export function claimEdit(context: StoreContext, {order_id, version, by, request_id}: Edit): Promise<boolean> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, order_id);
    const where = {order_id_version: {order_id, version}};
    const known = await tx.order_edits.findUnique({where});
    if (known?.request_id === request_id) return true;
    const at = context.now();
    if (known && known.at.getTime() > at.getTime() - KEPT_FOR) return false;
    if (order.last_seq !== version) return false;
    const place = {request_id, actor: by.actor, role: by.role, at};
    await tx.order_edits.upsert({where, create: {order_id, version, ...place}, update: place});
    return true;
  });
}

/** What came to nothing leaves the place to others. */
export async function giveEditBack(context: StoreContext, {order_id, version, request_id}: Edit): Promise<void> {
  await context.prisma.order_edits.deleteMany({where: {order_id, version, request_id}});
}
