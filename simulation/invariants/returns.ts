import {amountText} from './money-books.ts';
import type {Finding, World} from './types.ts';
import {words} from './words.ts';

interface ReturnRow {
  id: string;
  order_id: string;
  state: string;
}

const ENDED: readonly string[] = ['closed', 'refused', 'expired', 'cancelled'];
const nameOf = (world: World, row: {id: string; order_id: string}) =>
  `Order ${world.nameOf(row.order_id)}, return ${row.id}`;
const finding = (world: World, row: {id: string; order_id: string}, text: string): Finding => ({
  subject: world.nameOf(row.order_id),
  sentence: `${nameOf(world, row)}: ${text}.`,
});

/**
 * Units that count as returned are those that the order's returns took in, and none is announced twice. What the carrier
 * brings back was announced by nobody, unless it had counted as delivered: then it was looked at when it came.
 */
export async function returnedUnitsAreAccepted(world: World): Promise<Finding[]> {
  const rows = await world.sql<{
    order_id: string;
    position: number;
    sku: string;
    returned: number;
    accepted: number;
    announced: number;
    delivered: number;
  }>(
    `WITH back AS (
       SELECT l.line_id, sum(l.accepted) AS accepted, coalesce(sum(l.qty - l.accepted)
              FILTER (WHERE NOT (r.state = ANY($1)) AND (r.kind = 'customer' OR r.inspected_at IS NOT NULL)), 0) AS announced
         FROM return_lines l JOIN returns r ON r.id = l.return_id GROUP BY 1)
     SELECT l.order_id, l.position, l.sku, l.returned, l.delivered, coalesce(b.accepted, 0) AS accepted, coalesce(b.announced, 0) AS announced
       FROM order_lines l LEFT JOIN back b ON b.line_id = l.id
      WHERE l.returned <> coalesce(b.accepted, 0) OR l.returned + coalesce(b.announced, 0) > l.delivered ORDER BY 1, 2`,
    [ENDED],
  );
  return rows.map(({order_id, position, sku, returned, accepted, announced, delivered}) => {
    const subject = world.nameOf(order_id);
    const text =
      returned === accepted
        ? `${returned} of ${delivered} delivered units are back and ${announced} more are announced, which is more than there are`
        : `${returned} units count as returned, but its returns took in ${accepted}`;
    return {subject, sentence: `Order ${subject}, line ${position} (${sku}): ${text}.`};
  });
}

/** What was found fit to be sold again went on the shelf, once; nothing else did. */
export async function restockedIsFound(world: World): Promise<Finding[]> {
  const rows = await world.sql<ReturnRow & {sku: string; found: number; restocked: number}>(
    `WITH found AS (
       SELECT f.return_id, l.sku, sum(f.qty) AS found FROM return_findings f
         JOIN return_lines l ON l.return_id = f.return_id AND l.line_id = f.line_id WHERE f.disposition = 'restock' GROUP BY 1, 2),
     moved AS (SELECT reference AS return_id, sku, sum(d_on_hand) AS moved FROM stock_moves WHERE kind = 'restock' GROUP BY 1, 2)
     SELECT r.id, r.order_id, r.state, sku, coalesce(f.found, 0) AS found, coalesce(m.moved, 0) AS restocked
       FROM found f FULL JOIN moved m USING (return_id, sku) JOIN returns r ON r.id = return_id
      WHERE coalesce(m.moved, 0) > coalesce(f.found, 0) OR (r.state = 'closed' AND coalesce(m.moved, 0) <> coalesce(f.found, 0)) ORDER BY 2, 1`,
  );
  return rows.map((row) =>
    finding(
      world,
      row,
      `${row.found} units of ${row.sku} were found fit to be sold again, ${row.restocked} went on the shelf`,
    ),
  );
}

/** M4 at rest: what a return brought back is what its refunds gave back, and no more than its units were paid. */
export async function returnsArePaidBack(world: World): Promise<Finding[]> {
  const rows = await world.sql<
    ReturnRow & {currency: string; kind: string; promised: number | null; given: number; lines: number; refunds: number}
  >(
    `SELECT r.id, r.order_id, r.state, r.currency, r.kind, r.refund_amount AS promised, coalesce(f.given, 0) AS given, coalesce(f.refunds, 0) AS refunds,
            coalesce((SELECT sum(refund_amount) FROM return_lines l WHERE l.return_id = r.id), 0) AS lines
       FROM returns r LEFT JOIN (SELECT subject_id, sum(amount) AS given, count(*) AS refunds FROM refunds
         WHERE kind = 'return' AND state NOT IN ('rejected') GROUP BY 1) f ON f.subject_id = r.id
      WHERE coalesce(r.refund_amount, 0) <> coalesce(f.given, 0)
         OR coalesce(r.refund_amount, 0) <> coalesce((SELECT sum(refund_amount) FROM return_lines l WHERE l.return_id = r.id), 0)
         OR (r.state = 'closed' AND r.refund_amount IS NULL) ORDER BY 2, 1`,
  );
  const books = rows.map((row) => {
    const [promised, given] = [row.promised ?? 0, row.given].map((amount) => amountText(amount, row.currency));
    return finding(world, row, `it brought back ${promised}, but ${given} was given back for it`);
  });
  return [...books, ...(await worthOfReturns(world))];
}

interface LineWorth {
  order_id: string;
  position: number;
  sku: string;
  paid_back: number;
  given: number;
  delivered: number;
  paid: number;
}

/** By line, whatever was found: never more than what was paid for the units, and nothing for units that are not back. */
async function worthOfReturns(world: World): Promise<Finding[]> {
  const rows = await world.sql<LineWorth>(
    `WITH back AS (SELECT value_line_id, sum(paid_back) AS paid_back, sum(refund_amount) AS given FROM return_lines GROUP BY 1),
     paid AS (SELECT line_id, sum(amount * delivered / nullif(qty, 0)) AS paid, count(*) AS parts FROM sub_order_lines GROUP BY 1)
     SELECT l.order_id, l.position, l.sku, b.paid_back, b.given, l.delivered, coalesce(p.paid, 0) AS paid
       FROM back b JOIN order_lines l ON l.id = b.value_line_id LEFT JOIN paid p ON p.line_id = l.id
      WHERE b.paid_back > l.delivered OR b.given * l.delivered > (coalesce(p.paid, 0) + 2) * b.paid_back + l.delivered ORDER BY 1, 2`,
  );
  return rows.map((row) => {
    const subject = world.nameOf(row.order_id);
    const currency = world.orders.get(row.order_id)?.currency ?? 'USD';
    const [given, paid] = [row.given, row.paid].map((amount) => amountText(amount, currency));
    const sentence = `Order ${subject}, line ${row.position} (${row.sku}): ${given} went back for ${row.paid_back} units, but ${row.delivered} cost ${paid}.`;
    return {subject, sentence};
  });
}

/** W3 at rest: a return is open as long as its run is, and has ended with it. */
export async function returnsFollowTheirRuns(world: World): Promise<Finding[]> {
  const rows = await world.sql<ReturnRow & {open: boolean | null}>(
    `SELECT r.id, r.order_id, r.state, s.ended_at IS NULL AND s.workflow_id IS NOT NULL AS open
       FROM returns r LEFT JOIN side_runs s ON s.workflow_id = 'return:' || r.id
      WHERE r.kind = 'customer' OR s.workflow_id IS NOT NULL ORDER BY r.order_id, r.id`,
  );
  return rows
    .filter((row) => ENDED.includes(row.state) === row.open)
    .map((row) => finding(world, row, `it is ${words(row.state)}, but its run ${row.open ? 'is open' : 'has ended'}`));
}

/** I3: a return's scan that was accepted took the parcel in, once. */
export async function returnScansAreCounted(world: World): Promise<Finding[]> {
  const rows = await world.sql<ReturnRow & {scans: number; received: boolean}>(
    `SELECT coalesce(r.id, s.code) AS id, coalesce(r.order_id, s.order_id) AS order_id, coalesce(r.state, '') AS state, s.scans,
            (r.received_at IS NOT NULL OR p.came_back_at IS NOT NULL) AS received
       FROM (SELECT code, min(order_id) AS order_id, count(*) AS scans FROM scans WHERE accepted AND kind = 'return' GROUP BY 1) s
       LEFT JOIN returns r ON r.kind = 'customer' AND s.code IN (r.tracking_number, r.id)
       LEFT JOIN parcels p ON s.code IN (p.tracking_number, p.id)
      WHERE s.scans > 1 OR NOT (r.received_at IS NOT NULL OR p.came_back_at IS NOT NULL)`,
  );
  return rows.map((row) =>
    finding(
      world,
      row,
      row.received
        ? `${row.scans} scans took it in, one is possible`
        : 'its scan was accepted, but it does not count as received',
    ),
  );
}
