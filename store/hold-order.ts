import {ChangeRefused} from './change-refused.ts';
import type {ChangeBody} from './ask-change.ts';
import type {StoreContext, Tx} from './context.ts';
import type {order_changes, orders} from './generated/client.ts';
import {recordDerived} from './record-derived.ts';

/** Holds an order back: nobody picks, packs or hands over anything of it until it is released. */
export async function holdOrder(
  context: StoreContext,
  tx: Tx,
  order: orders,
  change: order_changes,
  holdFor: number,
): Promise<void> {
  const {until} = change.body as ChangeBody;
  const at = context.now();
  const heldUntil = new Date(until ?? at.getTime() + holdFor);
  if (heldUntil <= at) throw new ChangeRefused([{code: 'in_the_past'}]);
  const {id: change_id, actor, role, reason} = change;
  await recordDerived(context, tx, order, {
    type: 'order.put_on_hold',
    by: {actor, role},
    data: {change_id, until: heldUntil},
    patch: {held_since: order.held_since ?? at, held_until: heldUntil, held_reason: reason},
    act: {subject: `change:${change_id}`, to: 'hold applied'},
    note: reason,
  });
}

/** The step of an order that is held for too long: it waits for ops. */
export const OVERDUE_HOLD = 'hold';

export async function releaseOrder(context: StoreContext, tx: Tx, order: orders, change: order_changes): Promise<void> {
  if (!order.held_since) throw new ChangeRefused([{code: 'not_on_hold'}]);
  await tx.stuck_steps.updateMany({
    where: {order_id: order.id, step: OVERDUE_HOLD, resolved_at: null},
    data: {resolved_at: context.now()},
  });
  const {id: change_id, actor, role, reason} = change;
  await recordDerived(context, tx, order, {
    type: 'order.taken_off_hold',
    by: {actor, role},
    data: {change_id},
    patch: {held_since: null, held_until: null, held_reason: null},
    act: {subject: `change:${change_id}`, to: 'release applied'},
    note: reason,
  });
}
