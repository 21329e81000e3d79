import type {StoreContext, Tx} from './context.ts';
import type {payments} from './generated/client.ts';
import {tellOrder} from './queue-signal.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';

const LIVE: readonly string[] = ['authorized', 'requires_action', 'unknown'];

/** The order's holds that may still be alive, newest first; `keep` is the one to stay. */
export function findLiveHolds(context: StoreContext, input: {order_id: string; keep?: string}): Promise<payments[]> {
  return context.prisma.payments.findMany({
    where: {
      order_id: input.order_id,
      state: {in: [...LIVE]},
      ...(input.keep ? {id: {not: input.keep}} : {}),
    },
    orderBy: {created_at: 'desc'},
  });
}

const releaseKey = (holdKey: string) => `${holdKey}:release`;

/**
 * Records that a hold is about to be let go, before it is: the provider's word of it may arrive first.
 * Null where that word, or another attempt's, has arrived already: there is nothing left to let go.
 */
export function beginRelease(context: StoreContext, input: {payment_id: string}): Promise<{key: string} | null> {
  return transact(context, async (tx) => {
    const {order_id} = await tx.payments.findUniqueOrThrow({where: {id: input.payment_id}});
    await lockOrder(tx, order_id);
    const payment = await tx.payments.findUniqueOrThrow({where: {id: input.payment_id}});
    if (!LIVE.includes(payment.state)) return null;
    const key = releaseKey(payment.idempotency_key);
    const at = context.now();
    await tx.$executeRaw`INSERT INTO provider_calls
      (key, provider, operation, order_id, params_hash, state, attempts, first_at, last_at)
      VALUES (${key}, ${payment.provider}, 'release', ${order_id}, ${payment.id}, 'started', 1, ${at}, ${at})
      ON CONFLICT (key) DO UPDATE SET attempts = provider_calls.attempts + 1, last_at = ${at}`;
    return {key};
  });
}

/** What was asked of a hold that had ended before is answered: the money is asked for again, of another hold. */
async function captureCameTooLate(context: StoreContext, tx: Tx, payment_id: string): Promise<void> {
  const at = context.now();
  const captures = await tx.captures.updateManyAndReturn({
    where: {payment_id, state: 'unknown'},
    data: {state: 'failed', updated_at: at},
  });
  await tx.provider_calls.updateMany({
    where: {key: {in: captures.map((capture) => capture.idempotency_key)}, state: 'started'},
    data: {state: 'done', last_at: at},
  });
}

/** True when the hold's end is our own doing. */
export async function isBeingReleased(context: StoreContext, payment: payments): Promise<boolean> {
  return (await context.prisma.provider_calls.count({where: {key: releaseKey(payment.idempotency_key)}})) > 0;
}

/** Writes down that a hold is gone: let go by us, expired, or never made. */
export function settleRelease(
  context: StoreContext,
  input: {
    payment_id: string;
    ref: string | null;
    reason: 'released' | 'expired' | 'never_made';
    /** the order's run does not know yet */
    tell_run?: boolean;
  },
): Promise<void> {
  return transact(context, async (tx) => {
    const {order_id, idempotency_key} = await tx.payments.findUniqueOrThrow({where: {id: input.payment_id}});
    const order = await lockOrder(tx, order_id);
    const changed = await tx.payments.updateMany({
      where: {id: input.payment_id, state: {in: [...LIVE]}},
      data: {
        state: input.reason === 'never_made' ? 'declined' : 'canceled',
        provider_ref: input.ref,
        updated_at: context.now(),
      },
    });
    await tx.provider_calls.updateMany({
      where: {key: {in: [idempotency_key, releaseKey(idempotency_key)]}, state: 'started'},
      data: {state: 'done', last_at: context.now()},
    });
    if (changed.count === 0) return;
    const {payment_id} = input;
    if (input.reason === 'expired') await captureCameTooLate(context, tx, payment_id);
    if (input.tell_run) await tellOrder(context, tx, order_id, 'holdChanged', payment_id, {payment_id});
    const type = input.reason === 'expired' ? 'order.hold_expired' : 'order.hold_released';
    await recordChange(context, tx, {
      order,
      type,
      by: SYSTEM,
      data: {payment_id, reason: input.reason},
    });
  });
}
