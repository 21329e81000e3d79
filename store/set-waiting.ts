import {stillToHold} from './begin-hold.ts';
import {waitingPatch} from './record-derived.ts';
import type {StoreContext} from './context.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';

const AT_CHECKOUT: ReadonlySet<string> = new Set(['customer_authentication', 'payment_method']);

/** Names what an order waits for when that is not the floor's or the carrier's turn, with who can act and until when. */
export function setWaiting(
  context: StoreContext,
  input: {
    order_id: string;
    name: 'payment_renewal' | 'customer_authentication' | 'payment_method' | 'ops';
    owner: string;
    deadline: number | null;
    note: string;
    /** the customer must act, and is written to */
    ask?: boolean;
  },
): Promise<void> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    // cancelled while it was paid for: nobody is waited for any more
    if (AT_CHECKOUT.has(input.name) && order.status !== 'payment_processing') return;
    // lost or cancelled while its money was being asked for: nothing is owed, and nobody waits for it
    if (input.name === 'payment_renewal' && (await stillToHold(tx, order, undefined)) <= 0) return;
    const deadline = input.deadline === null ? {} : {deadline: new Date(input.deadline)};
    const patch = waitingPatch(context, order, {name: input.name, owner: input.owner, ...deadline});
    const type = input.ask ? 'order.payment_needed' : 'order.waiting';
    await recordChange(context, tx, {order, type, by: SYSTEM, patch, data: {reason: input.note}});
  });
}
