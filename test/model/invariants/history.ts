import type {orders} from '../../../store/generated/client.ts';
import {type Books, by} from './books.ts';

/** E1: events numbered without gaps, as many as the row counts, none twice. */
export function eventsAreComplete({orders, events}: Books): string[] {
  const own = by(events, (e) => e.order_id);
  const ids = new Set(events.map((e) => e.id));
  return [
    ...(ids.size === events.length ? [] : ['two events have one id']),
    ...orders.flatMap((o) => {
      const seqs = (own.get(o.id) ?? []).map((e) => e.seq).sort((a, b) => a - b);
      const complete = seqs.length === o.last_seq && seqs.every((seq, i) => seq === i + 1);
      return complete ? [] : [`${o.number}: events ${seqs.join(',')} of 1 to ${o.last_seq}`];
    }),
  ];
}

const NOT_FOLDED = new Set(['id', 'last_seq', 'updated_at']);

/** E5: the events of an order add up to its row. */
export function eventsFoldToRow({orders, events}: Books): string[] {
  const own = by(events, (e) => e.order_id);
  return orders.flatMap((order) => {
    const all = [...(own.get(order.id) ?? [])].sort((a, b) => a.seq - b.seq);
    const folded: Record<string, unknown> = {};
    for (const {data} of all) Object.assign(folded, (data as {order?: object}).order);
    return (Object.keys(order) as (keyof orders)[])
      .filter((column) => !NOT_FOLDED.has(column) && plain(order[column]) !== plain(folded[column]))
      .map(
        (column) => `${order.number}: ${column} is ${plain(order[column])}, its events say ${plain(folded[column])}`,
      );
  });
}

function plain(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'bigint' ? Number(value) : value;
}

/** E6: nothing is told of what was never committed. */
export function eventsHaveTheirSubject({events, orders, subs}: Books): string[] {
  const known = new Set([...orders.map((o) => o.id), ...subs.map((s) => s.id)]);
  return events
    .filter((e) => !known.has(e.order_id) || (e.sub_order_id !== null && !known.has(e.sub_order_id)))
    .map((e) => `event ${e.type} of ${e.order_id} tells of what is not there`);
}

/** The legal moves, written down a second time on purpose. */
const ORDER_MOVES: Readonly<Record<string, readonly string[]>> = {
  pending: ['payment_processing', 'cancelled'],
  payment_processing: ['paid', 'cancelled'],
  paid: ['awaiting_fulfillment', 'cancelled'],
  awaiting_fulfillment: ['partially_fulfilled', 'fulfilled', 'cancelled'],
  partially_fulfilled: ['fulfilled'],
  fulfilled: ['delivered', 'refunded'],
  delivered: ['refunded'],
  cancelled: [],
  refunded: [],
};
const STAGE_MOVES: Readonly<Record<string, readonly string[]>> = {
  BACKORDERED: ['ALLOCATED', 'CANCELLED'],
  ALLOCATED: ['PICKING', 'PICKED', 'SHORT_PICKED', 'CANCELLED', 'EXCEPTION'],
  PICKING: ['PICKED', 'SHORT_PICKED', 'CANCELLED', 'EXCEPTION'],
  SHORT_PICKED: ['PICKED', 'CANCELLED', 'EXCEPTION'],
  PICKED: ['PACKED', 'EXCEPTION'],
  PACKED: ['IN_TRANSIT', 'EXCEPTION'],
  IN_TRANSIT: ['OUT_FOR_DELIVERY', 'DELIVERED', 'RETURN_TO_SENDER', 'EXCEPTION'],
  OUT_FOR_DELIVERY: ['DELIVERED', 'RETURN_TO_SENDER', 'EXCEPTION'],
  EXCEPTION: ['PICKED', 'PACKED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERED', 'RETURN_TO_SENDER', 'CANCELLED'],
  DELIVERED: ['RETURN_TO_SENDER'],
  RETURN_TO_SENDER: [],
  CANCELLED: [],
};

/** W1: every recorded move is legal, follows the one before, and the last one is where the row is. */
export function movesAreLegal({orders, subs, audit}: Books): string[] {
  const bySubject = by(audit, (a) => (a.subject === 'order' ? a.order_id : a.subject));
  const chains = [
    ...orders.map((o) => ({id: o.id, at: o.status, moves: ORDER_MOVES, starts: ['pending']})),
    ...subs.map((s) => ({id: s.id, at: s.stage, moves: STAGE_MOVES, starts: ['ALLOCATED', 'BACKORDERED']})),
  ];
  return chains.flatMap(({id, at, moves, starts}) => {
    let state: string | null = null;
    for (const {from_state: from, to_state: to} of bySubject.get(id) ?? []) {
      const legal = from === null ? starts.includes(to) : moves[from]?.includes(to);
      if (from !== state || !legal) return [`${id} moved from ${from} to ${to} while it was ${state}`];
      state = to;
    }
    return state === at ? [] : [`${id} is ${at}, its recorded moves end at ${state}`];
  });
}
