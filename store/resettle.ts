import {closeParts} from './cancel-lines.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';
import {tellOrder} from './queue-signal.ts';
import {placeHomeless} from './reallocate.ts';
import {SYSTEM} from './record-change.ts';
import {policyOf} from './policies.ts';

/** The sub-orders that lost units close or go on with the rest; the units get another place or wait. */
export async function resettle(
  context: StoreContext,
  tx: Tx,
  order: orders,
  subOrderIds: string[],
  cause: string,
): Promise<void> {
  const current = await closeParts(context, tx, order, subOrderIds, SYSTEM, cause);
  await placeHomeless(context, tx, current, {policy: await policyOf(tx, order)});
  await tellOrder(context, tx, order.id, 'shortPicked', `${cause}:${order.id}`, {operation_id: cause});
}
