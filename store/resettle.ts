import {BACKORDER} from '../domain/policy/policy.ts';
import {closeParts} from './cancel-lines.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';
import {tellOrder} from './queue-signal.ts';
import {placeHomeless, type Sent} from './reallocate.ts';
import {SYSTEM} from './record-change.ts';
import {policyOf} from './policies.ts';

interface Why {
  /** the units may lie in a bin that is to be counted, so that none is given up before */
  in_doubt?: boolean;
  /** a person wants them elsewhere */
  sent?: Sent | undefined;
}

/** The sub-orders that lost units close or go on with the rest; the units get another place or wait. */
export async function resettle(
  context: StoreContext,
  tx: Tx,
  order: orders,
  subOrderIds: string[],
  cause: string,
  {in_doubt = false, sent}: Why = {},
): Promise<void> {
  const current = await closeParts(context, tx, order, subOrderIds, SYSTEM, cause);
  const policy = await policyOf(tx, order);
  const counted_within = policy.backorder.count ?? BACKORDER.count;
  await placeHomeless(context, tx, current, {policy, sent, ...(in_doubt && {counted_within})});
  await tellOrder(context, tx, order.id, 'shortPicked', `${cause}:${order.id}`, {operation_id: cause});
}
