import type {StoreContext} from './context.ts';
import type {payments} from './generated/client.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';

/** The order's holds that may still be alive, newest first; `keep` is the one to stay. */
export function findLiveHolds(context: StoreContext, input: {order_id: string; keep?: string}): Promise<payments[]> {
  return context.prisma.payments.findMany({
    where: {
      order_id: input.order_id,
      state: {in: ['authorized', 'requires_action', 'unknown']},
      ...(input.keep ? {id: {not: input.keep}} : {}),
    },
    orderBy: {created_at: 'desc'},
  });
}

/** Writes down that a hold is gone: let go by us, expired, or never made. */
export function settleRelease(
  context: StoreContext,
  input: {payment_id: string; ref: string | null; reason: 'released' | 'expired' | 'never_made'},
): Promise<void> {
  return transact(context, async (tx) => {
    const {order_id, idempotency_key} = await tx.payments.findUniqueOrThrow({where: {id: input.payment_id}});
    const order = await lockOrder(tx, order_id);
    const changed = await tx.payments.updateMany({
      where: {id: input.payment_id, state: {in: ['authorized', 'requires_action', 'unknown']}},
      data: {
        state: input.reason === 'never_made' ? 'declined' : 'canceled',
        provider_ref: input.ref,
        updated_at: context.now(),
      },
    });
    if (changed.count === 0) return;
    await tx.provider_calls.updateMany({
      where: {key: idempotency_key, state: 'started'},
      data: {state: 'done', last_at: context.now()},
    });
    const type = input.reason === 'expired' ? 'order.hold_expired' : 'order.hold_released';
    await recordChange(context, tx, {
      order,
      type,
      by: SYSTEM,
      data: {payment_id: input.payment_id, reason: input.reason},
    });
  });
}
