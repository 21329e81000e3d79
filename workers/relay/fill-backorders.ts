import type {StoreContext} from '../../store/context.ts';
import {fillOrder, ordersToFill} from '../../store/fill-backorders.ts';

export interface FillLog {
  warn(fields: object, message: string): void;
}

/**
 * Gives waiting orders the units that were set aside for them, oldest first; returns how many got some. What is due
 * stands in the stock rows from the moment the goods were booked, so nothing is lost when this process dies.
 */
export async function fillBackorders(store: StoreContext, log: FillLog): Promise<number> {
  let filled = 0;
  for (const order_id of await ordersToFill(store, 50)) {
    try {
      if (await fillOrder(store, {order_id})) filled += 1;
    } catch (error) {
      log.warn({order: order_id, error}, 'a backorder could not be filled and will be tried again');
    }
  }
  return filled;
}
