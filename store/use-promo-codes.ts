import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';

/** Somebody else took a code's last use; the order that wanted it is not written. */
export class PromoUsedUpError extends Error {
  readonly code: string;
  readonly whose: 'all' | 'customer';
  constructor(code: string, whose: 'all' | 'customer') {
    super('a promo code has been used as often as it may be');
    this.code = code;
    this.whose = whose;
  }
}

/**
 * Counts one use of each code for a new order, or throws PromoUsedUpError and leaves nothing behind. Codes in sorted order,
 * as late in the transaction as can be: orders with the same code stand in line from here on.
 */
export async function usePromoCodes(
  context: StoreContext,
  tx: Tx,
  order: orders,
  uses: readonly {code: string; amount: number}[],
): Promise<void> {
  const at = context.now();
  const {id, customer_id} = order;
  for (const {code, amount} of [...uses].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    const [promo] = await tx.$queryRaw<{max_uses_per_customer: number | null}[]>`
      UPDATE promo_codes SET used = used + 1 WHERE code = ${code} AND (max_uses IS NULL OR used < max_uses)
      RETURNING max_uses_per_customer`;
    if (!promo) throw new PromoUsedUpError(code, 'all');
    const most = promo.max_uses_per_customer;
    // exact: whoever else uses this code waits for its row
    const own = most === null ? 0 : await tx.promo_uses.count({where: {code, customer_id, state: 'used'}});
    if (most !== null && own >= most) throw new PromoUsedUpError(code, 'customer');
    await tx.promo_uses.create({data: {code, order_id: id, customer_id, amount, state: 'used', used_at: at}});
  }
}

/** An order that was cancelled before anything of it was shipped gives its uses back, once. */
export async function givePromosBack(context: StoreContext, tx: Tx, orderId: string): Promise<void> {
  const uses = await tx.promo_uses.findMany({where: {order_id: orderId, state: 'used'}, orderBy: {code: 'asc'}});
  for (const {code, order_id} of uses) {
    const given = await tx.promo_uses.updateMany({
      where: {code, order_id, state: 'used'},
      data: {state: 'given_back', given_back_at: context.now()},
    });
    if (given.count === 1) await tx.promo_codes.updateMany({where: {code}, data: {used: {decrement: 1}}});
  }
}
