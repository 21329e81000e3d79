import type {StoreContext, Tx} from './context.ts';
import {rejectPrice} from './decide-price.ts';
import {dropSupply} from './drop-supply.ts';
import {type LockedPurchase, lockPurchaseOfPart, stillToCome, termsOf} from './find-purchase.ts';
import {writeMessage} from './purchase-messages.ts';
import {recordChange, SYSTEM} from './record-change.ts';
import {endOf, isUnplaced, type SubOrderEnd} from './sub-order-end.ts';
import {tellEnd} from './continue-run.ts';
import {transact} from './transact.ts';

/** What a part's run waits for next; times are epoch milliseconds. */
export interface PurchaseWatch {
  /** how the part ended, null while it has not */
  end: SubOrderEnd | null;
  unplaced: boolean;
  /** when the supplier should be reminded, null when it was, or has answered */
  remind_at: number | null;
  /** when it must have answered, or sent what it acknowledged; null: nothing is due any more */
  due_at: number | null;
}

/**
 * Looks at the purchase order of a part at the time `at`: reminds a supplier that said nothing, and gives up one that
 * let its time pass. Its units need another place then. Repeats change nothing.
 */
export function watchPurchase(
  context: StoreContext,
  input: {sub_order_id: string; at: number},
): Promise<PurchaseWatch> {
  return transact(context, async (tx) => {
    const locked = await lockPurchaseOfPart(tx, input.sub_order_id);
    if (!locked) throw new Error(`${input.sub_order_id} has no purchase order`);
    // the run's clock and ours tick alike; what is due by either is due
    const now = Math.max(input.at, context.now().getTime());
    const due = dueAt(locked);
    if (due !== null && due <= now) await giveUp(context, tx, locked);
    else await remind(context, tx, locked, now);
    return watchOf(context, tx, input.sub_order_id);
  });
}

function dueAt({purchase, lines, sub}: LockedPurchase): number | null {
  if (purchase.state === 'price_changed') return sub.waits_until?.getTime() ?? null;
  if (purchase.state === 'open') return purchase.acknowledge_by.getTime();
  const waits = purchase.state === 'acknowledged' && stillToCome(lines).length > 0;
  return waits ? (purchase.ship_by?.getTime() ?? null) : null;
}

async function giveUp(context: StoreContext, tx: Tx, locked: LockedPurchase): Promise<void> {
  const {purchase, lines, sub} = locked;
  // nobody took the price in time
  if (purchase.state === 'price_changed') return rejectPrice(context, tx, locked, SYSTEM);
  const sent = lines.some((line) => line.shipped > 0);
  const reason = purchase.state === 'open' ? 'silent' : 'not_sent';
  const left = stillToCome(lines);
  const data = {state: sent ? 'shipped' : 'given_up', reason, updated_at: context.now()};
  await tx.purchase_orders.update({where: {id: purchase.id}, data});
  await tx.sub_orders.update({where: {id: sub.id}, data: {waits_until: null}});
  const gone = left.map(({line, qty}) => ({line_id: line.line_id, sku: line.sku, qty}));
  if (sent) await writeMessage(context, tx, purchase.id, 'change', {no_longer_wanted: gone, reason});
  else await writeMessage(context, tx, purchase.id, 'cancellation', {reason});
  await dropSupply(context, tx, locked, left, {reason, by: SYSTEM});
}

async function remind(context: StoreContext, tx: Tx, locked: LockedPurchase, now: number): Promise<void> {
  const {order, purchase, sub} = locked;
  const at = await remindAt(tx, locked);
  if (at === null || at > now) return;
  const answer_by = purchase.acknowledge_by.toISOString();
  await writeMessage(context, tx, purchase.id, 'reminder', {acknowledge_by: answer_by});
  await recordChange(context, tx, {
    order,
    type: 'sub_order.supplier_reminded',
    by: SYSTEM,
    sub_order_id: sub.id,
    data: {purchase_order_id: purchase.id, answer_by},
  });
}

async function remindAt(tx: Tx, {order, purchase}: LockedPurchase): Promise<number | null> {
  if (purchase.state !== 'open') return null;
  const reminded = await tx.purchase_messages.count({where: {purchase_id: purchase.id, kind: 'reminder'}});
  if (reminded > 0) return null;
  const {remind_at_share} = await termsOf(tx, order);
  const [from, until] = [purchase.created_at.getTime(), purchase.acknowledge_by.getTime()];
  return from + (until - from) * remind_at_share;
}

async function watchOf(context: StoreContext, tx: Tx, subOrderId: string): Promise<PurchaseWatch> {
  const locked = await lockPurchaseOfPart(tx, subOrderId);
  if (!locked) throw new Error(`${subOrderId} has no purchase order`);
  const end = await endOf(tx, subOrderId);
  const unplaced = await isUnplaced(tx, locked.order.id);
  if (end) await tellEnd(context, tx, locked.order.id, {sub_order_id: subOrderId, end, unplaced});
  return {end, unplaced, remind_at: await remindAt(tx, locked), due_at: dueAt(locked)};
}
