import {groupBy} from './group-by.ts';
import type {Sql} from './types.ts';

export interface EventRow {
  order_id: string;
  seq: number;
  type: string;
  sub_order_id: string | null;
  /** the columns of the order that the event changed */
  patch: Record<string, unknown> | null;
  /** what a change was going to make the order cost, minor units */
  proposed: number | null;
  at: Date;
}

export interface AuditRow {
  order_id: string;
  seq: number;
  /** `order`, or a sub-order's id */
  subject: string;
  from_state: string | null;
  to_state: string;
}

export interface History {
  /** per order id, by seq */
  events: ReadonlyMap<string, EventRow[]>;
  /** per order id, in the order of writing */
  audit: ReadonlyMap<string, AuditRow[]>;
}

export async function loadHistory(sql: Sql): Promise<History> {
  const events = await sql<EventRow>(
    `SELECT order_id, seq, type, sub_order_id, data->'order' AS patch,
            CASE WHEN type = 'order.change_begun' THEN (data->>'total')::numeric END AS proposed, at FROM events ORDER BY order_id, seq`,
  );
  const audit = await sql<AuditRow>(
    'SELECT order_id, seq, subject, from_state, to_state FROM order_audit ORDER BY order_id, id',
  );
  return {events: groupBy(events, (e) => e.order_id), audit: groupBy(audit, (a) => a.order_id)};
}
