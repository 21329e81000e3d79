import type {ExpectedHold, ShopHoldMismatch} from '../domain/payment/shop-hold.ts';
import type {StoreContext, Tx} from './context.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';

/** An intent that the shop authorises by itself, and the order it must be for. */
export interface ShopHold extends ExpectedHold {
  intent: string;
  state: string;
  customer_id: string;
}

/** The intent stands for another order already. */
export class IntentUsedError extends Error {
  readonly code = 'intent_used';
}

/** Keeps which intent an order is paid by: one intent, one order. Throws IntentUsedError. */
export async function keepShopHold(
  context: StoreContext,
  tx: Tx,
  hold: {intent: string; order_id: string; reference: string},
): Promise<void> {
  const kept = await tx.$executeRaw`INSERT INTO shop_holds (intent, order_id, reference, state, created_at)
    VALUES (${hold.intent}, ${hold.order_id}, ${hold.reference}, 'awaited', ${context.now()}) ON CONFLICT DO NOTHING`;
  if (kept !== 1) throw new IntentUsedError(`${hold.intent} stands for another order`);
}

export async function readShopHold(context: StoreContext, input: {order_id: string}): Promise<ShopHold | null> {
  const {prisma} = context;
  const hold = await prisma.shop_holds.findUnique({where: {order_id: input.order_id}});
  if (!hold) return null;
  const order = await prisma.orders.findUniqueOrThrow({where: {id: hold.order_id}});
  const {intent, state, reference} = hold;
  const {id: order_id, customer_id, currency} = order;
  return {intent, state, reference, order_id, customer_id, currency, amount: Number(order.total_amount)};
}

/** The hold is this order's, is not, or is not waited for any more. A repeat changes nothing. */
export function settleShopHold(
  context: StoreContext,
  input: {order_id: string; state: 'held' | 'refused' | 'let_go'; mismatch?: ShopHoldMismatch},
): Promise<void> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    const settled = await tx.shop_holds.updateManyAndReturn({
      where: {order_id: order.id, state: 'awaited'},
      data: {state: input.state, reason: input.mismatch?.wrong ?? null, settled_at: context.now()},
    });
    const {intent} = settled[0] ?? {};
    if (!intent) return;
    const data = {intent, ...input.mismatch};
    const type = input.state === 'refused' ? 'order.payment_mismatch' : 'order.payment_matched';
    if (input.state !== 'let_go') await recordChange(context, tx, {order, type, by: SYSTEM, data});
  });
}
