import {isReturnEnded, type ReturnState} from '../domain/returns/state.ts';
import type {StoreContext, Tx} from './context.ts';
import {lockReturn} from './lock-return.ts';
import {moveReturn} from './move-return.ts';
import {overdueAt} from './overdue-return.ts';
import {recordChange, SYSTEM} from './record-change.ts';
import {returnPolicyOf} from './return-facts.ts';
import {transact} from './transact.ts';

export interface ReturnLook {
  state: ReturnState;
  ended: boolean;
  /** epoch milliseconds; null where no time ends the wait */
  remind_at: number | null;
  send_by: number | null;
  /** when somebody is told that it stands still */
  overdue_at?: number | null;
}

/** Where a return stands, for its run. */
export async function lookAtReturn(context: StoreContext, input: {return_id: string}): Promise<ReturnLook> {
  const tx = context.prisma as Tx;
  const found = await tx.returns.findUniqueOrThrow({where: {id: input.return_id}});
  const order = await tx.orders.findUniqueOrThrow({where: {id: found.order_id}});
  const state = found.state as ReturnState;
  const sendBy = found.send_by?.getTime() ?? null;
  const waits = sendBy !== null && (state === 'label_ready' || state === 'approved');
  const policy = await returnPolicyOf(tx, order);
  return {
    state,
    ended: isReturnEnded(state),
    remind_at: waits && found.reminded_at === null ? sendBy - policy.remind_before : null,
    send_by: waits ? sendBy : null,
    overdue_at: overdueAt(found, policy),
  };
}

/** The time to send it comes to its end: the customer is told once. A repeat changes nothing. */
export function remindReturn(context: StoreContext, input: {return_id: string}): Promise<void> {
  return transact(context, async (tx) => {
    const locked = await lockReturn(tx, input.return_id);
    if (locked?.found.state !== 'label_ready' || locked.found.reminded_at) return;
    const {order, found} = locked;
    await tx.returns.update({where: {id: found.id}, data: {reminded_at: context.now()}});
    const data = {return_id: found.id, send_by: found.send_by};
    await recordChange(context, tx, {order, type: 'order.return_reminded', by: SYSTEM, data});
  });
}

/** It was never sent: the return ends, unless the parcel was seen meanwhile. A repeat changes nothing. */
export function expireReturn(context: StoreContext, input: {return_id: string}): Promise<void> {
  return transact(context, async (tx) => {
    const locked = await lockReturn(tx, input.return_id);
    if (!locked || !['approved', 'label_ready'].includes(locked.found.state)) return;
    await moveReturn(context, tx, locked.order, locked.found, {to: 'expired', by: SYSTEM, note: 'never sent'});
  });
}
