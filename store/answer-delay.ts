import type {StoreContext} from './context.ts';
import {type Actor, lockOrder, recordChange} from './record-change.ts';
import {transact} from './transact.ts';

export interface DelayAnswer {
  order_id: string;
  /** which shipment of the order */
  position: number;
  choice: 'accept' | 'refuse';
  by: Actor;
}

/**
 * What the customer says to a shipment that comes later than promised: kept in the order's history, once for each
 * answer. Returns the lines of the shipment; null when it has none that is late.
 */
export function answerDelay(
  context: StoreContext,
  input: DelayAnswer,
): Promise<{line_id: string; qty: number}[] | null> {
  const {order_id, position, choice, by} = input;
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, order_id);
    const sub = await tx.sub_orders.findUnique({where: {order_id_position: {order_id, position}}});
    const told = sub && {order_id, sub_order_id: sub.id, type: 'sub_order.delayed'};
    if (!told || (await tx.events.count({where: told})) === 0) return null;
    const type = 'sub_order.delay_answered';
    const last = await tx.events.findFirst({where: {...told, type}, orderBy: {seq: 'desc'}});
    const same = (last?.data as {choice?: string} | undefined)?.choice === choice;
    if (!same) await recordChange(context, tx, {order, type, by, sub_order_id: sub.id, data: {choice}});
    const parts = await tx.sub_order_lines.findMany({where: {sub_order_id: sub.id}, orderBy: {line_id: 'asc'}});
    return parts.map((part) => ({line_id: part.line_id, qty: part.qty - part.cancelled})).filter(({qty}) => qty > 0);
  });
}
