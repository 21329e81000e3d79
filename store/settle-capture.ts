import {stillToHold} from './begin-hold.ts';
import type {StoreContext} from './context.ts';
import {issueReceipt} from './issue-document.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {recordDerived} from './record-derived.ts';
import {finishCall} from './settle-hold.ts';
import {transact} from './transact.ts';

/** Writes down a capture that has happened. A repeat changes nothing. */
export function settleCapture(
  context: StoreContext,
  input: {capture_id: string; key: string; ref: string; final: boolean},
): Promise<void> {
  return transact(context, async (tx) => {
    const {order_id} = await tx.captures.findUniqueOrThrow({where: {id: input.capture_id}});
    const order = await lockOrder(tx, order_id);
    const at = context.now();
    const changed = await tx.captures.updateManyAndReturn({
      // also one that was written off with its hold: the provider's own books are the truth about money
      where: {id: input.capture_id, state: {in: ['unknown', 'failed']}},
      data: {state: 'done', updated_at: at},
    });
    const capture = changed[0];
    if (!capture) return;
    const hold = await tx.payments.findUniqueOrThrow({where: {id: capture.payment_id}});
    // the provider ends a hold of several captures with the one that takes the last of it
    const ends = input.final || hold.captured_amount + capture.amount === hold.amount;
    await tx.payments.update({
      where: {id: hold.id},
      data: {captured_amount: {increment: capture.amount}, updated_at: at, ...(ends ? {state: 'captured'} : {})},
    });
    await finishCall(context, tx, input.key, input.ref);
    const receipt = await issueReceipt(context, tx, capture, order.currency);
    const data = {sub_order_id: capture.sub_order_id, payment_id: capture.payment_id, amount: capture.amount, receipt};
    const captured = {type: 'order.captured', by: SYSTEM, sub_order_id: capture.sub_order_id, data};
    // with the last of the money the wait for it ends, whichever hold it came from
    const paid = order.waiting_on === 'payment_renewal' && (await stillToHold(tx, order, undefined)) <= 0;
    if (paid) await recordDerived(context, tx, {...order, waiting_on: null}, captured);
    else await recordChange(context, tx, {...captured, order});
  });
}
