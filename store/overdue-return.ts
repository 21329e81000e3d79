import {returnWorkflowId} from '../domain/order/workflow-ids.ts';
import {type ReturnPolicy, RETURNS} from '../domain/returns/policy.ts';
import type {ReturnState} from '../domain/returns/state.ts';
import type {StoreContext, Tx} from './context.ts';
import {lockReturn} from './lock-return.ts';
import type {orders, returns} from './generated/client.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {clearStuckWithin, reportStuckWithin} from './stuck-steps.ts';
import {transact} from './transact.ts';

interface Limit {
  within: (policy: ReturnPolicy) => number;
  /** what ops read */
  step: string;
  code: string;
}

/** States that may not last for ever without anybody being told. */
const LIMITS: Partial<Record<ReturnState, Limit>> = {
  in_review: {
    within: ({review}) => review.decide_within ?? RETURNS.review.decide_within,
    step: 'return review',
    code: 'not_decided',
  },
  in_transit: {
    within: ({arrive_within}) => arrive_within ?? RETURNS.arrive_within,
    step: 'return parcel',
    code: 'never_arrived',
  },
};

/** When a person is told that a return stands still, epoch milliseconds; null: never, or they were. */
export function overdueAt(found: returns, policy: ReturnPolicy): number | null {
  const limit = LIMITS[found.state as ReturnState];
  if (!limit || found.overdue_at) return null;
  return (found.state_since ?? found.updated_at).getTime() + limit.within(policy);
}

/** A return stands still: its order waits for ops under the name of what is missing. A repeat changes nothing. */
export function reportOverdueReturn(context: StoreContext, input: {return_id: string; state: string}): Promise<void> {
  return transact(context, async (tx) => {
    const locked = await lockReturn(tx, input.return_id);
    const limit = LIMITS[input.state as ReturnState];
    if (!locked || !limit || locked.found.state !== input.state || locked.found.overdue_at) return;
    const {order, found} = locked;
    await tx.returns.update({where: {id: found.id}, data: {overdue_at: context.now()}});
    const data = {return_id: found.id, state: found.state, since: found.state_since, code: limit.code};
    const current = await recordChange(context, tx, {order, type: 'order.return_overdue', by: SYSTEM, data});
    await reportStuckWithin(context, tx, current, {...stepOf(found, limit), code: limit.code});
  });
}

/** It has moved on: nobody need look at it any more. Returns the order as it is then. */
export async function clearOverdue(context: StoreContext, tx: Tx, order: orders, before: returns): Promise<orders> {
  const limit = LIMITS[before.state as ReturnState];
  if (!limit || !before.overdue_at) return order;
  await clearStuckWithin(context, tx, order, stepOf(before, limit));
  return lockOrder(tx, order.id);
}

const stepOf = ({id, order_id}: returns, {step}: Limit) => ({
  order_id,
  sub_order_id: null,
  workflow_id: returnWorkflowId(id),
  step,
});
