import type {StoreContext, Tx} from '../context.ts';
import type {orders} from '../generated/client.ts';
import {takeAway} from '../move-work.ts';
import type {Sent} from '../reallocate.ts';

/**
 * Sends what nobody has begun to pick of an order from other places than one warehouse, as far as they have it; says
 * why where nothing of it moves. The caller holds the order's lock.
 */
export async function moveOrderWithin(
  context: StoreContext,
  tx: Tx,
  order: orders,
  {sent, cause}: {sent: Sent; cause: string},
): Promise<{refused: string | null}> {
  const where = {order_id: order.id, source_id: sent.avoid, source_kind: 'warehouse', return_id: null};
  const subs = await tx.sub_orders.findMany({where: {...where, stage: 'ALLOCATED'}, orderBy: {position: 'asc'}});
  if (subs.length === 0) return {refused: 'nothing_there'};
  const {units, settle} = await takeAway(context, tx, order, subs, {cause, sent});
  if (units === 0) return {refused: 'no_other_place'};
  await settle();
  return {refused: null};
}
