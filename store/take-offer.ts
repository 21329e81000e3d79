import type {StoreContext} from './context.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';

/**
 * From here on the order is paid by the method that was given. `late`: it was taken before, or the order has come to its
 * end without it.
 */
export function takeOffer(
  context: StoreContext,
  input: {order_id: string; offer_id: string},
): Promise<{outcome: 'taken' | 'late'}> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    const offer = await tx.payment_offers.findUnique({where: {id: input.offer_id}});
    if (!offer || offer.order_id !== order.id) return {outcome: 'late'};
    // asked again after a crash: what follows has its own identity, the number of the hold
    if (offer.used_at) return {outcome: order.payment_method === offer.method ? 'taken' : 'late'};
    if (order.status === 'cancelled' || order.status === 'refunded') return {outcome: 'late'};
    const used_at = context.now();
    await tx.payment_offers.update({where: {id: offer.id}, data: {used_at}});
    // what earlier methods left behind is not paid with any more
    await tx.payments.updateMany({where: {order_id: order.id}, data: {saved_method: null}});
    const patch = {payment_method: offer.method};
    const data = {offer_id: offer.id};
    await recordChange(context, tx, {order, type: 'order.method_changed', by: SYSTEM, patch, data});
    return {outcome: 'taken'};
  });
}
