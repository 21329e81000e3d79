import {settleAnswer} from './acknowledge-purchase.ts';
import type {StoreContext, Tx} from './context.ts';
import {dropSupply} from './drop-supply.ts';
import {type LockedPurchase, lockPurchase, stillToCome} from './find-purchase.ts';
import {writeMessage} from './purchase-messages.ts';
import {tellSubOrder} from './queue-signal.ts';
import type {Actor} from './record-change.ts';
import {transact} from './transact.ts';

export type PriceDecision = {outcome: 'decided' | 'unknown'} | {outcome: 'nothing_to_decide'; state: string};

/** A person accepts a supplier's higher price, or does without its units: they need another place then. */
export function decidePrice(
  context: StoreContext,
  input: {purchase_id: string; decision: 'accept' | 'reject'; by: Actor},
): Promise<PriceDecision> {
  return transact(context, async (tx) => {
    const locked = await lockPurchase(tx, {purchase_id: input.purchase_id, supplier_id: null});
    if (!locked) return {outcome: 'unknown'};
    const {purchase, sub} = locked;
    if (purchase.state !== 'price_changed') return {outcome: 'nothing_to_decide', state: purchase.state};
    if (input.decision === 'accept') {
      await settleAnswer(context, tx, locked, input.by);
      return {outcome: 'decided'};
    }
    await rejectPrice(context, tx, locked, input.by);
    await tellSubOrder(context, tx, sub.id, 'acknowledged', `${purchase.id}:rejected`);
    return {outcome: 'decided'};
  });
}

/** Does without what a supplier wants more for; its units need another place. */
export async function rejectPrice(context: StoreContext, tx: Tx, locked: LockedPurchase, by: Actor): Promise<void> {
  const {purchase, lines, sub} = locked;
  const data = {state: 'refused', reason: 'price', updated_at: context.now()};
  await tx.purchase_orders.update({where: {id: purchase.id}, data});
  await tx.sub_orders.update({where: {id: sub.id}, data: {note: null, waits_until: null}});
  await writeMessage(context, tx, purchase.id, 'cancellation', {reason: 'price'});
  await dropSupply(context, tx, locked, stillToCome(lines), {reason: 'price', by});
}
