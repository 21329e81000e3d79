import {dueFor} from './begin-hold.ts';
import type {StoreContext} from './context.ts';
import {newId} from './ids.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';

export type CaptureTerms =
  | {state: 'nothing_due'}
  | {state: 'done'}
  | {state: 'no_hold'}
  | {
      state: 'due';
      capture_id: string;
      payment_id: string;
      ref: string;
      key: string;
      amount: number;
      /** nothing else will be captured from this hold */
      final: boolean;
      /** what was captured from the hold before */
      captured_before: number;
      hold_amount: number;
      seen_before: boolean;
    };

/** Records that a delivered sub-order is about to be captured, before it is. */
export function beginCapture(
  context: StoreContext,
  input: {order_id: string; sub_order_id: string; last: boolean},
): Promise<CaptureTerms> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    const known = await tx.captures.findUnique({where: {sub_order_id: input.sub_order_id}});
    if (known?.state === 'done') return {state: 'done'};
    const amount = known ? Number(known.amount) : await dueFor(tx, input.sub_order_id);
    if (amount === 0) return {state: 'nothing_due'};
    const holds = await tx.payments.findMany({
      where: {order_id: order.id, state: 'authorized'},
      orderBy: {created_at: 'asc'},
    });
    const hold =
      holds.find((h) => h.id === known?.payment_id) ?? holds.find((h) => h.amount - h.captured_amount >= amount);
    if (!hold?.provider_ref) return {state: 'no_hold'};
    const at = context.now();
    const key = `${input.sub_order_id}:capture:${hold.id}`;
    const capture = await tx.captures.upsert({
      where: {sub_order_id: input.sub_order_id},
      create: {
        id: newId('cap', at),
        payment_id: hold.id,
        order_id: order.id,
        sub_order_id: input.sub_order_id,
        amount: BigInt(amount),
        idempotency_key: key,
        state: 'unknown',
        created_at: at,
        updated_at: at,
      },
      update: {payment_id: hold.id, idempotency_key: key, state: 'unknown', updated_at: at},
    });
    const seen = known?.payment_id === hold.id;
    if (!seen) {
      // the hold it was first asked of is gone, and so is that call
      await tx.provider_calls.updateMany({
        where: {key: known?.idempotency_key ?? '', state: 'started'},
        data: {state: 'done', last_at: at},
      });
      await tx.provider_calls.create({
        data: {
          key,
          provider: 'stripe',
          operation: 'capture',
          order_id: order.id,
          params_hash: `${amount} ${order.currency}`,
          state: 'started',
          attempts: 1,
          first_at: at,
          last_at: at,
        },
      });
      const data = {sub_order_id: input.sub_order_id, payment_id: hold.id, amount};
      await recordChange(context, tx, {order, type: 'order.capture_requested', by: SYSTEM, data});
    }
    return {
      state: 'due',
      capture_id: capture.id,
      payment_id: hold.id,
      ref: hold.provider_ref,
      key,
      amount,
      final: input.last || !hold.multicapture,
      captured_before: Number(hold.captured_amount),
      hold_amount: Number(hold.amount),
      seen_before: seen,
    };
  });
}
