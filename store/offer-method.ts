import type {StoreContext} from './context.ts';
import {tellOrder} from './queue-signal.ts';
import {type Actor, lockOrder, recordChange} from './record-change.ts';
import {transact} from './transact.ts';

export interface MethodOffer {
  order_id: string;
  /** the same request counts once */
  offer_id: string;
  /** a token of the provider, never a card */
  method: string;
  by: Actor;
}

/** Waits that another method can end. */
const ENDED_BY_A_METHOD: readonly (string | null)[] = ['payment_method', 'customer_authentication', 'payment_renewal'];

/** Keeps another method for an order that waits for its payment, and tells its run. */
export function offerMethod(
  context: StoreContext,
  input: MethodOffer,
): Promise<{outcome: 'given' | 'given_before' | 'not_awaited'}> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    const known = await tx.payment_offers.findUnique({where: {id: input.offer_id}});
    if (known) return {outcome: 'given_before'};
    if (!ENDED_BY_A_METHOD.includes(order.waiting_on)) return {outcome: 'not_awaited'};
    const {offer_id, method, by} = input;
    await tx.payment_offers.create({
      data: {id: offer_id, order_id: order.id, method, given_by: by.actor, given_at: context.now()},
    });
    await recordChange(context, tx, {order, type: 'order.method_given', by, data: {offer_id}});
    await tellOrder(context, tx, order.id, 'methodGiven', offer_id, {offer_id});
    return {outcome: 'given'};
  });
}
