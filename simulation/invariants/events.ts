import type {EventRow} from './history.ts';
import {amountText} from './money-books.ts';
import type {Finding, OrderRow, World} from './types.ts';
import {words} from './words.ts';

/** E1: sequence without gaps, last_seq at its end, audit rows and status moves with their event. */
export function eventsAreComplete(world: World): Finding[] {
  const findings: Finding[] = [];
  for (const order of world.orders.values()) {
    const events = world.history.events.get(order.id) ?? [];
    const audited = world.history.audit.get(order.id) ?? [];
    const sentences = [
      ...gaps(order, events),
      ...auditWithoutEvent(events, audited),
      ...auditedTwice(audited),
      ...movesWithoutAudit(
        order,
        events,
        new Set(audited.filter((a) => a.subject === 'order').map((a) => `${a.seq} ${a.to_state}`)),
      ),
    ];
    findings.push(
      ...sentences.map((sentence) => ({subject: order.number, sentence: `Order ${order.number}: ${sentence}`})),
    );
  }
  return findings;
}

function gaps(order: OrderRow, events: readonly EventRow[]): string[] {
  const seen = new Set(events.map((e) => e.seq));
  const last = Math.max(order.last_seq, ...seen);
  const missing = Array.from({length: last}, (_, i) => i + 1).filter((seq) => !seen.has(seq));
  const sentences = missing.length > 0 ? [`event ${missing.join(', ')} of 1 to ${last} is missing.`] : [];
  if (last > order.last_seq) sentences.push(`it counts ${order.last_seq} events but there is one with number ${last}.`);
  return sentences;
}

function auditWithoutEvent(
  events: readonly EventRow[],
  audit: readonly {seq: number; subject: string; to_state: string}[],
): string[] {
  const seen = new Set(events.map((e) => e.seq));
  return audit
    .filter((a) => !seen.has(a.seq))
    .map(
      (a) =>
        `the move of ${a.subject} to ${a.to_state} is in the audit with event number ${a.seq}, which does not exist.`,
    );
}

function auditedTwice(audit: readonly {seq: number; subject: string; to_state: string}[]): string[] {
  const seen = new Set<string>();
  return audit.flatMap(({seq, subject, to_state}) => {
    const key = `${seq} ${subject}`;
    if (seen.has(key)) return [`the move of ${subject} to ${to_state} is in the audit a second time for event ${seq}.`];
    seen.add(key);
    return [];
  });
}

function movesWithoutAudit(order: OrderRow, events: readonly EventRow[], audited: ReadonlySet<string>): string[] {
  const sentences: string[] = [];
  let status: unknown = null;
  for (const event of events) {
    const next = event.patch?.['status'];
    if (next === undefined || next === status) continue;
    status = next;
    if (!audited.has(`${event.seq} ${String(next)}`)) {
      sentences.push(`event ${event.seq} (${event.type}) moved it to ${String(next)} without an audit row.`);
    }
  }
  if (status !== order.status)
    sentences.push(`it is ${order.status}, but its events end at ${String(status ?? 'nothing')}.`);
  return sentences;
}

const NOT_FOLDED = new Set(['id', 'last_seq', 'updated_at']);

/** E5: the row is what its events add up to, and its lines are those it was created with or that a change made. */
export async function eventsFoldToRow(world: World): Promise<Finding[]> {
  return [...ordersAgainstEvents(world), ...(await linesAgainstFirstEvent(world))];
}

interface LineThen {
  order_id: string;
  position: number | null;
  sku: string;
  qty: number | null;
  total: number | null;
  then_qty: number | null;
  then_total: number | null;
}

async function linesAgainstFirstEvent(world: World): Promise<Finding[]> {
  const rows = await world.sql<LineThen>(
    `WITH first AS (
       SELECT DISTINCT ON (e.order_id, x.line_id) e.order_id, x.line_id, x.sku, x.qty, x.total FROM events e
        CROSS JOIN LATERAL jsonb_to_recordset(e.data->'lines') AS x (line_id text, sku text, qty int, total bigint)
        WHERE (e.type = 'order.created' AND e.seq = 1) OR e.type IN ('order.exchange_placed', 'order.lines_added', 'order.address_changed')
        ORDER BY e.order_id, x.line_id, e.seq DESC)
     SELECT coalesce(l.order_id, f.order_id) AS order_id, l.position, coalesce(l.sku, f.sku) AS sku, l.qty, l.total_amount AS total,
            f.qty AS then_qty, f.total AS then_total
       FROM (SELECT * FROM order_lines l WHERE EXISTS (SELECT FROM events e WHERE e.order_id = l.order_id AND e.seq = 1)) l
       FULL JOIN first f ON f.line_id = l.id AND f.order_id = l.order_id
      WHERE l.id IS NULL OR f.line_id IS NULL OR l.sku <> f.sku OR l.qty <> f.qty OR l.total_amount <> f.total ORDER BY 1, 2`,
  );
  return rows.map((row) => {
    const subject = world.nameOf(row.order_id);
    const currency = world.orders.get(row.order_id)?.currency ?? 'USD';
    const text = (qty: number | null, total: number | null) =>
      qty === null || total === null ? 'nothing' : `${qty} units for ${amountText(total, currency)}`;
    const sentence = `Order ${subject}, line ${row.position ?? 'unknown'} (${row.sku}): it is ${text(row.qty, row.total)}, but when it was placed or last changed it was ${text(row.then_qty, row.then_total)}.`;
    return {subject, sentence};
  });
}

function ordersAgainstEvents(world: World): Finding[] {
  const findings: Finding[] = [];
  for (const order of world.orders.values()) {
    const events = world.history.events.get(order.id) ?? [];
    const last = events.at(-1);
    const folded = Object.assign({}, ...events.map((e) => e.patch ?? {})) as Record<string, unknown>;
    const report = (what: string, found: unknown, expected: unknown) =>
      findings.push({
        subject: order.number,
        sentence: `Order ${order.number}: its ${words(what)} is ${show(what, found, order)}, but its history says ${show(what, expected, order)}.`,
      });
    for (const [column, value] of Object.entries(order)) {
      if (!NOT_FOLDED.has(column) && !same(value, folded[column])) report(column, value, folded[column]);
    }
    if (!last) continue;
    if (order.last_seq !== last.seq) report('last_seq', order.last_seq, last.seq);
    if (order.updated_at.getTime() !== last.at.getTime()) report('updated_at', order.updated_at, last.at);
  }
  return findings;
}

function same(stored: unknown, folded: unknown): boolean {
  if (stored === null || folded === null || folded === undefined) return (stored ?? null) === (folded ?? null);
  if (stored instanceof Date) return stored.getTime() === Date.parse(String(folded));
  return stored === folded || JSON.stringify(stored) === JSON.stringify(folded);
}

function show(what: string, value: unknown, {currency}: OrderRow): string {
  if (value === undefined || value === null) return 'nothing';
  if (what.endsWith('_amount') && typeof value === 'number') return amountText(value, currency);
  return value instanceof Date
    ? value.toISOString()
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
}

/** E6: nothing is told of an order or a part that was never committed. */
export async function eventsHaveTheirOrder(world: World): Promise<Finding[]> {
  const rows = await world.sql<{
    order_id: string;
    seq: number;
    type: string;
    sub_order_id: string | null;
    orderless: boolean;
  }>(
    `SELECT e.order_id, e.seq, e.type, e.sub_order_id, o.id IS NULL AS orderless
       FROM events e LEFT JOIN orders o ON o.id = e.order_id LEFT JOIN sub_orders s ON s.id = e.sub_order_id
      WHERE o.id IS NULL OR (e.sub_order_id IS NOT NULL AND (s.id IS NULL OR s.order_id <> e.order_id))
      ORDER BY e.order_id, e.seq`,
  );
  return rows.map((row) => ({
    subject: row.orderless ? row.order_id : world.nameOf(row.order_id),
    sentence: row.orderless
      ? `Event ${row.seq} (${row.type}) tells of order ${row.order_id}, which does not exist.`
      : `Order ${world.nameOf(row.order_id)}: event ${row.seq} (${row.type}) tells of sub-order ${row.sub_order_id}, which it does not have.`,
  }));
}
