import type {StoreContext} from './context.ts';

export interface OutboxEvent {
  id: string;
  order_id: string;
  seq: number;
  type: string;
  sub_order_id: string | null;
  data: Record<string, unknown>;
  at: Date;
}

/** Orders are spread over so many partitions; a relay sends only those whose lock it holds. */
export const PARTITIONS = 16;

/** Unsent events of the given partitions, each order's in sequence; `blocked` orders wait for their first failure. */
export function unsentEvents(
  context: StoreContext,
  partitions: readonly number[],
  blocked: readonly string[],
  limit: number,
): Promise<OutboxEvent[]> {
  return context.prisma.$queryRaw<OutboxEvent[]>`
    SELECT id, order_id, seq, type, sub_order_id, data, at FROM events
    WHERE published_at IS NULL AND (hashtext(order_id) & ${PARTITIONS - 1}) = ANY(${[...partitions]})
      AND NOT order_id = ANY(${[...blocked]})
    ORDER BY order_id, seq LIMIT ${limit}`;
}

export async function markPublished(context: StoreContext, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await context.prisma
    .$executeRaw`UPDATE events SET published_at = ${context.now()} WHERE id = ANY(${[...ids]}::uuid[])`;
}
