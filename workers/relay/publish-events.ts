import type {OutboxEvent} from '../../store/outbox.ts';
import {markPublished, unsentEvents} from '../../store/outbox.ts';
import type {StoreContext} from '../../store/context.ts';

export type Consumer = (event: OutboxEvent) => Promise<void>;

interface Blocked {
  until: number;
  failures: number;
}

/** Real milliseconds before an order whose event could not be sent is tried again. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 60_000;
const ORDERS_AT_ONCE = 8;

/**
 * Sends each order's events in sequence; a failure stops that order alone, until it is tried again. An event counts as
 * published once every consumer has taken it.
 */
export class Publisher {
  private readonly blocked = new Map<string, Blocked>();
  private readonly store: StoreContext;
  private readonly consumers: readonly Consumer[];
  private readonly onError: (event: OutboxEvent, error: unknown) => void;

  constructor(
    store: StoreContext,
    consumers: readonly Consumer[],
    onError: (event: OutboxEvent, error: unknown) => void,
  ) {
    this.store = store;
    this.consumers = consumers;
    this.onError = onError;
  }

  async publish(partitions: readonly number[]): Promise<number> {
    if (partitions.length === 0) return 0;
    const held = [...this.blocked].filter(([, b]) => b.until > Date.now()).map(([orderId]) => orderId);
    const events = await unsentEvents(this.store, partitions, held, 500);
    const orders = [...groupByOrder(events).values()];
    const sent: string[] = [];
    const work = async () => {
      for (let order = orders.pop(); order; order = orders.pop()) sent.push(...(await this.sendOrder(order)));
    };
    await Promise.all(Array.from({length: ORDERS_AT_ONCE}, work));
    await markPublished(this.store, sent);
    return sent.length;
  }

  private async sendOrder(events: OutboxEvent[]): Promise<string[]> {
    const sent: string[] = [];
    for (const event of events) {
      try {
        for (const consume of this.consumers) await consume(event);
      } catch (error) {
        this.block(event.order_id);
        this.onError(event, error);
        return sent;
      }
      sent.push(event.id);
    }
    this.blocked.delete(events[0]?.order_id ?? '');
    return sent;
  }

  private block(orderId: string): void {
    const failures = (this.blocked.get(orderId)?.failures ?? 0) + 1;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1));
    this.blocked.set(orderId, {failures, until: Date.now() + pause});
  }
}

function groupByOrder(events: OutboxEvent[]): Map<string, OutboxEvent[]> {
  const groups = new Map<string, OutboxEvent[]>();
  for (const event of events) {
    const group = groups.get(event.order_id);
    if (group) group.push(event);
    else groups.set(event.order_id, [event]);
  }
  return groups;
}
