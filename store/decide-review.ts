import type {StoreContext} from './context.ts';
import {tellOrder} from './queue-signal.ts';
import {type Actor, lockOrder, recordChange} from './record-change.ts';
import {transact} from './transact.ts';

export interface ReviewVerdict {
  review_id: string;
  decision: 'approve' | 'reject';
  note: string;
  by: Actor;
}

/** A person's verdict on an order in review; only the first one counts. */
export function decideReview(
  context: StoreContext,
  input: ReviewVerdict,
): Promise<{outcome: 'decided' | 'already_decided' | 'unknown'; order_id?: string}> {
  return transact(context, async (tx) => {
    const review = await tx.reviews.findUnique({where: {id: input.review_id}});
    if (!review) return {outcome: 'unknown'};
    const order = await lockOrder(tx, review.order_id);
    const state = input.decision === 'approve' ? 'approved' : 'rejected';
    const decided = await tx.reviews.updateMany({
      where: {id: review.id, state: 'open'},
      data: {state, decided_at: context.now(), decided_by: input.by.actor, note: input.note},
    });
    if (decided.count === 0) return {outcome: 'already_decided', order_id: order.id};
    const wait = {waiting_on: null, waiting_since: null, waiting_deadline: null, waiting_owner: null};
    await recordChange(context, tx, {
      order,
      type: 'order.review_decided',
      by: input.by,
      patch: wait,
      data: {decision: input.decision},
      act: {subject: review.id, to: `review ${state}`},
      note: input.note,
    });
    await tellOrder(context, tx, order.id, 'reviewDecided', review.id, {
      decision: input.decision,
      actor: input.by.actor,
    });
    return {outcome: 'decided', order_id: order.id};
  });
}
