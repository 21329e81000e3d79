import {type ConfirmedPart, toPart} from './confirm-plan.ts';
import type {StoreContext} from './context.ts';
import {tellSubOrder} from './queue-signal.ts';
import {lockOrder} from './record-change.ts';
import {transact} from './transact.ts';

/**
 * Parts that waited for stock and have a place now may go to the floor: the runs of `known` ones are told. Returns all
 * parts of the order, those that are to be started among them. Repeats change nothing.
 */
export function beginFilled(
  context: StoreContext,
  input: {order_id: string; known: string[]},
): Promise<ConfirmedPart[]> {
  return transact(context, async (tx) => {
    await lockOrder(tx, input.order_id);
    const parts = await tx.sub_orders.findMany({
      where: {order_id: input.order_id, stage: {not: 'CANCELLED'}},
      orderBy: {position: 'asc'},
    });
    for (const {id, stage} of parts) {
      if (stage === 'ALLOCATED' && input.known.includes(id)) await tellSubOrder(context, tx, id, 'stocked', id);
    }
    return parts.map(toPart);
  });
}
