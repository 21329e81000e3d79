import type {StoreContext} from './context.ts';
import type {OutboxEvent} from './outbox.ts';

/** Mails of one order that are told as one, by one relay for as long as its lease runs. */
export interface TakenDigest {
  /** the first of them, whose id the mail has */
  message_id: string;
  order_id: string;
  template: string;
  /** what is told, in the order of what happened */
  events: OutboxEvent[];
}

/** Somebody else sends it just now. */
export type Elsewhere = 'elsewhere';

/**
 * Closes the digest that is due the longest, so that nothing joins it any more, and takes it for `leaseMs` of real time;
 * null: none is due. One that was taken and never sent is taken again, with the same mails in it.
 */
export async function takeDueDigest(context: StoreContext, leaseMs: number): Promise<TakenDigest | null> {
  const [row] = await context.prisma.$queryRaw<Row[]>`
    UPDATE messages SET state = 'sending', taken_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1_000})
     WHERE id = (SELECT id FROM messages
       WHERE channel = 'email' AND state IN ('waiting', 'sending') AND told_by IS NULL AND due_at <= ${context.now()}
         AND (taken_until IS NULL OR taken_until < clock_timestamp())
       ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, order_id, template`;
  return row ? withEvents(context, row) : null;
}

/** The same of one order's oldest digest, due or not, because something else is to be told after it. */
export async function takeDigestOf(
  context: StoreContext,
  orderId: string,
  leaseMs: number,
): Promise<TakenDigest | Elsewhere | null> {
  const unsent = {channel: 'email', state: {in: ['waiting', 'sending']}, due_at: {not: null}, told_by: null};
  const oldest = await context.prisma.messages.findFirst({
    where: {order_id: orderId, ...unsent},
    orderBy: [{created_at: 'asc'}, {id: 'asc'}],
  });
  if (!oldest) return null;
  const [row] = await context.prisma.$queryRaw<Row[]>`
    UPDATE messages SET state = 'sending', taken_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1_000})
     WHERE id = ${oldest.id} AND state IN ('waiting', 'sending')
       AND (taken_until IS NULL OR taken_until < clock_timestamp())
    RETURNING id, order_id, template`;
  return row ? withEvents(context, row) : 'elsewhere';
}

interface Row {
  id: string;
  order_id: string;
  template: string;
}

async function withEvents({prisma}: StoreContext, {id, order_id, template}: Row): Promise<TakenDigest> {
  const events = await prisma.$queryRaw<OutboxEvent[]>`
    SELECT e.id, e.order_id, e.seq, e.type, e.sub_order_id, e.data, e.at FROM messages m JOIN events e ON e.id = m.event_id
     WHERE m.id = ${id} OR m.told_by = ${id} ORDER BY e.seq`;
  return {message_id: id, order_id, template, events};
}
