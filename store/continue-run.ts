import type {StoreContext, Tx} from './context.ts';
import {orderWorkflowId, subOrderWorkflowId} from '../domain/order/workflow-ids.ts';
import {endOf, isUnplaced, type SubOrderEnd} from './sub-order-end.ts';
import {queueSignal} from './queue-signal.ts';
import {lockOrder} from './record-change.ts';
import {transact} from './transact.ts';

export interface PartEnd {
  sub_order_id: string;
  end: SubOrderEnd;
  unplaced: boolean;
}

/**
 * The order's run is about to go on in a fresh history, which its children do not report to: from here on the end of a
 * part is told by signal. Under the order's lock, so that no end falls between.
 */
export function markContinued(context: StoreContext, input: {order_id: string}): Promise<void> {
  return transact(context, async (tx) => {
    await lockOrder(tx, input.order_id);
    await tx.order_runs.updateMany({where: {order_id: input.order_id}, data: {continued: true}});
  });
}

/** How those of the named parts ended that have ended. */
export function findEnds(
  context: StoreContext,
  input: {order_id: string; sub_order_ids: string[]},
): Promise<PartEnd[]> {
  return transact(context, async (tx) => {
    const unplaced = await isUnplaced(tx, input.order_id);
    const ends: PartEnd[] = [];
    for (const sub_order_id of input.sub_order_ids) {
      const end = await endOf(tx, sub_order_id);
      if (end) ends.push({sub_order_id, end, unplaced});
    }
    return ends;
  });
}

/** Tells the order's run that a part has ended, where the part's own run cannot. */
export async function tellEnd(context: StoreContext, tx: Tx, orderId: string, part: PartEnd): Promise<void> {
  const run = await tx.order_runs.findFirst({where: {order_id: orderId, continued: true}});
  if (!run) return;
  await queueSignal(context, tx, {
    id: `partEnded:${part.sub_order_id}`,
    workflow_id: orderWorkflowId(orderId),
    name: 'partEnded',
    payload: {...part},
  });
}

/** Sends a sub-order's run everything again that it was ever told: a run that was lost starts over and catches up. */
export async function retellSubOrder(context: StoreContext, input: {sub_order_id: string}): Promise<void> {
  await context.prisma.workflow_signals.updateMany({
    where: {workflow_id: subOrderWorkflowId(input.sub_order_id)},
    data: {sent_at: null, outcome: null, attempts: 0, retry_at: null},
  });
}
