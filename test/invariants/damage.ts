import type {Acknowledged, Marked} from '../../simulation/invariants/index.ts';
import type {Books} from './rows.ts';

export interface Damage {
  /** what was done to the world */
  title: string;
  /** every identifier that must fire: no other may */
  fires: string[];
  /** what the sentences are about */
  subject: string;
  sql?: string[];
  books?: (books: Books) => void;
  /** attempts of the workflow task per workflow id */
  attempts?: Record<string, number>;
  quiescent?: boolean;
  acknowledged?: Acknowledged;
  marked?: Marked;
}

export const order = (n: number): string => `ORD-2026-05-06-00${n}`;

/** The hold of a ledger by its id. */
export function hold(books: Books, id: string) {
  const found = books.stripe.holds.find((h) => h.id === id);
  if (!found) throw new Error(`no hold ${id} in the world`);
  return found;
}

/** Puts a capture of another amount into the ledger, as if it had always been so. */
export function captureInstead(books: Books, id: string, amount: number): void {
  for (const capture of books.stripe.captures) if (capture.payment_intent === id) capture.amount = amount;
}

/** Changes an order's row together with its last event, so that the events still add up to it. */
export function orderBecomes(id: string, patch: Record<string, unknown>): string[] {
  const json = JSON.stringify(patch).replaceAll("'", "''");
  const sets = Object.keys(patch).map(
    (column) => `${column} = (jsonb_populate_record(NULL::orders, '${json}')).${column}`,
  );
  return [
    `UPDATE orders SET ${sets.join(', ')} WHERE id = '${id}'`,
    `UPDATE events SET data = jsonb_set(data, '{order}', (data->'order') || '${json}')
      WHERE order_id = '${id}' AND seq = (SELECT last_seq FROM orders WHERE id = '${id}')`,
  ];
}

/** Adds an event to an order's history, in due form. */
export function eventOf(id: string, type: string, data: Record<string, unknown>): string[] {
  const json = JSON.stringify({...data, order: {}, by: {actor: 'waybill', role: 'system'}});
  return [
    `INSERT INTO events (id, order_id, seq, type, data, at, published_at)
      SELECT gen_random_uuid(), id, last_seq + 1, '${type}', '${json}', updated_at, updated_at FROM orders WHERE id = '${id}'`,
    `UPDATE orders SET last_seq = last_seq + 1 WHERE id = '${id}'`,
  ];
}

/** Moves an order as the store would: row, event and audit row. */
export function orderMoves(id: string, from: string, to: string): string[] {
  return [
    `INSERT INTO events (id, order_id, seq, type, data, at, published_at)
      SELECT gen_random_uuid(), id, last_seq + 1, 'order.status_moved',
        '{"order": {"status": "${to}"}, "by": {"actor": "waybill", "role": "system"}}', updated_at, updated_at FROM orders WHERE id = '${id}'`,
    `INSERT INTO order_audit (id, order_id, seq, subject, from_state, to_state, actor, role, at)
      SELECT 100000, id, last_seq + 1, 'order', '${from}', '${to}', 'waybill', 'system', updated_at FROM orders WHERE id = '${id}'`,
    `UPDATE orders SET status = '${to}', last_seq = last_seq + 1 WHERE id = '${id}'`,
  ];
}
