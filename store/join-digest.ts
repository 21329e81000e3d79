import type {StoreContext, Tx} from './context.ts';
import {newId} from './ids.ts';
import type {OutboxEvent} from './outbox.ts';
import {transact} from './transact.ts';

export interface DigestInput {
  event: OutboxEvent;
  template: string;
  /** how long the first of a digest waits for others, milliseconds */
  window: number;
}

/**
 * Puts the mail of a shipment to those of its order that wait to be told together, or begins such a digest when another
 * shipment is to leave within the window. With the last that is expected it is due at once. `alone`: there is nothing to
 * wait for, and it is told by itself. The same event joins once, whatever is repeated.
 */
export function joinDigest(context: StoreContext, {event, template, window}: DigestInput): Promise<'joined' | 'alone'> {
  return transact(context, async (tx) => {
    const key = {event_id: event.id, template, channel: 'email'};
    const known = await tx.messages.findUnique({where: {event_id_template_channel: key}});
    if (known) return known.due_at === null ? 'alone' : 'joined';
    const at = context.now();
    const first = await openDigest(tx, event.order_id, template);
    const until = first?.due_at ?? new Date(at.getTime() + window);
    const more = await othersLeave(tx, event, until);
    if (!first && !more) return 'alone';
    const due_at = more ? until : at;
    await tx.messages.create({
      data: {
        ...{id: newId('msg', at), ...key, order_id: event.order_id, state: 'waiting'},
        ...{created_at: at, due_at, told_by: first?.id ?? null},
      },
    });
    if (first && !more) await tx.messages.update({where: {id: first.id}, data: {due_at}});
    return 'joined';
  });
}

/** The first mail of the digest that still takes others in; nobody closes it before this transaction ends. */
async function openDigest(tx: Tx, orderId: string, template: string) {
  const [first] = await tx.$queryRaw<{id: string; due_at: Date}[]>`
    SELECT id, due_at FROM messages WHERE order_id = ${orderId} AND template = ${template} AND channel = 'email'
      AND state = 'waiting' AND told_by IS NULL FOR UPDATE`;
  return first;
}

/** Will another shipment leave by then, by what was promised of it, or has one left that was not told yet? */
async function othersLeave(tx: Tx, {order_id, sub_order_id, seq, type}: OutboxEvent, until: Date): Promise<boolean> {
  const [{more} = {more: false}] = await tx.$queryRaw<{more: boolean}[]>`
    SELECT EXISTS (SELECT FROM sub_orders s LEFT JOIN promises p ON p.id = s.id
      WHERE s.order_id = ${order_id} AND s.id <> ${sub_order_id}
        AND (s.stage IN ('ALLOCATED', 'PICKING', 'PICKED', 'PACKED') AND s.source_id IS NOT NULL
             AND (p.pickup_at IS NULL OR p.pickup_at <= ${until})
          OR EXISTS (SELECT FROM events e WHERE e.order_id = s.order_id AND e.sub_order_id = s.id AND e.type = ${type}
             AND e.seq > ${seq} AND e.published_at IS NULL))) AS more`;
  return more;
}
