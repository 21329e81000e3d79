import type {StoreContext} from '../../store/context.ts';
import {advanceSubOrder} from '../../store/advance-sub-order.ts';
import {confirmPlan} from '../../store/confirm-plan.ts';
import {openTasks} from '../../store/open-tasks.ts';
import {planOrder} from '../../store/plan-order.ts';
import {lockOrder, recordChange, SYSTEM} from '../../store/record-change.ts';
import {reservePlan} from '../../store/reserve-plan.ts';
import {transact} from '../../store/transact.ts';
import {DEFAULT_POLICY} from '../../domain/policy/policy.ts';

export {advanceSubOrder};

/** Takes a stored order to its warehouses with the store's own verbs: planned, held, reserved, confirmed, tasks open. */
export async function confirmOrder(store: StoreContext, orderId: string): Promise<string[]> {
  const plan = await planOrder(store, {order_id: orderId, run_id: 'run', policy: DEFAULT_POLICY});
  if (plan.outcome !== 'planned') throw new Error(`no plan: ${plan.outcome}`);
  await transact(store, async (tx) => {
    const order = await lockOrder(tx, orderId);
    const at = store.now();
    await tx.payments.create({
      data: {
        id: `pay_${orderId}`,
        order_id: orderId,
        provider: 'stripe',
        purpose: 'initial',
        idempotency_key: `${orderId}:hold:1`,
        amount: order.total_amount,
        currency: order.currency,
        state: 'authorized',
        created_at: at,
        updated_at: at,
      },
    });
    await recordChange(store, tx, {order, type: 'order.authorized', by: SYSTEM, patch: {status: 'paid'}});
  });
  await reservePlan(store, {order_id: orderId, decision_id: plan.decision_id});
  const parts = await confirmPlan(store, {order_id: orderId, decision_id: plan.decision_id});
  for (const part of parts) if (part.source) await openTasks(store, {sub_order_id: part.sub_order_id});
  return parts.map((part) => part.sub_order_id);
}
