import type {StoreContext} from './context.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';

/** Who is asked when support has not decided in time. */
const NEXT_OWNER = 'ops';

/** Nobody has decided a review, and its end is near: it is somebody else's from now on. A repeat changes nothing. */
export function escalateReview(context: StoreContext, input: {order_id: string}): Promise<void> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    const escalated = await tx.reviews.updateManyAndReturn({
      where: {order_id: order.id, state: 'open', escalated_at: null},
      data: {escalated_at: context.now()},
    });
    const review = escalated[0];
    if (!review) return;
    await recordChange(context, tx, {
      order,
      type: 'order.review_escalated',
      by: SYSTEM,
      patch: {waiting_owner: NEXT_OWNER},
      data: {review_id: review.id, owner: NEXT_OWNER, deadline: review.deadline.toISOString()},
    });
  });
}
