import {amountText} from './money-books.ts';
import type {Finding, World} from './types.ts';

/** M4: nothing is given back that was not captured: by the provider's books, and by capture, line and kind in ours. */
export async function refundsStayWithinCaptures(world: World): Promise<Finding[]> {
  return [
    ...holdByHold(world),
    ...(await captureByCapture(world)),
    ...(await unitByUnit(world)),
    ...(await shippingOnce(world)),
    ...(await nothingWhileDisputed(world)),
  ];
}

function holdByHold(world: World): Finding[] {
  return world.money.holds
    .filter((hold) => hold.refunded + hold.lost > hold.captured)
    .map((hold) => {
      const subject = hold.order_id === null ? hold.id : world.nameOf(hold.order_id);
      const [back, lost, taken] = [hold.refunded, hold.lost, hold.captured].map((amount) =>
        amountText(amount, hold.currency),
      );
      const disputed = hold.lost > 0 ? ` and ${lost} was lost in disputes` : '';
      return {
        subject,
        sentence: `Order ${subject}: ${back} was refunded${disputed} on hold ${hold.id}, from which only ${taken} was captured.`,
      };
    });
}

const LIVE = `r.state NOT IN ('failed', 'rejected')`;

/**
 * What was asked for and may still be given back counts as well, and so does what a bank has taken. One that was made by
 * hand at the provider belongs to a hold, not to one of its captures.
 */
async function captureByCapture(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; currency: string; amount: number; back: number; of: string}>(
    `SELECT c.order_id, p.currency, c.amount, sum(r.amount) AS back, 'the capture ' || c.id AS of
       FROM captures c JOIN payments p ON p.id = c.payment_id JOIN refunds r ON r.capture_id = c.id AND ${LIVE} AND r.kind <> 'provider'
      GROUP BY c.id, p.currency HAVING sum(r.amount) > c.amount OR bool_or(c.state <> 'done')
      UNION ALL
     SELECT p.order_id, p.currency, p.captured_amount, b.back, 'payment ' || p.id FROM payments p
       JOIN (SELECT payment_id, sum(amount) AS back FROM (
          SELECT r.payment_id, r.amount FROM refunds r WHERE ${LIVE}
          UNION ALL SELECT payment_id, amount FROM disputes WHERE state = 'lost') g GROUP BY 1) b ON b.payment_id = p.id
      WHERE b.back > p.captured_amount ORDER BY 1, 5`,
  );
  return rows.map(({order_id, currency, amount, back, of}) => {
    const subject = world.nameOf(order_id);
    const [more, taken] = [back, amount].map((sum) => amountText(sum, currency));
    return {subject, sentence: `Order ${subject}: ${more} goes back of ${of}, which was over ${taken}.`};
  });
}

/** A unit is paid back once, and only when it was paid for; its part is never worth more than its line. */
async function unitByUnit(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; position: number; delivered: number; units: number; worth: number}>(
    `SELECT l.order_id, l.position, l.delivered, b.units, b.worth - l.total_amount AS worth FROM order_lines l
       JOIN (SELECT x->>'line_id' AS line_id, sum((x->>'qty')::int) AS units, sum((x->>'amount')::bigint) AS worth
               FROM refunds r CROSS JOIN LATERAL jsonb_array_elements(r.lines) x WHERE ${LIVE} GROUP BY 1) b ON b.line_id = l.id
      WHERE b.units > l.delivered OR b.worth > l.total_amount ORDER BY l.order_id, l.position`,
  );
  return rows.map(({order_id, position, delivered, units, worth}) => {
    const subject = world.nameOf(order_id);
    const more = worth > 0 ? ', for more than the line was worth' : '';
    const sentence = `Order ${subject}, line ${position}: ${units} units are paid back${more}, ${delivered} were delivered.`;
    return {subject, sentence};
  });
}

async function shippingOnce(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; currency: string; back: number; charged: number}>(
    `SELECT r.order_id, r.currency, sum(r.amount) AS back, l.charged FROM refunds r
       JOIN (SELECT order_id, sum(shipping_amount) AS charged FROM order_lines GROUP BY 1) l USING (order_id)
      WHERE r.kind = 'shipping' AND ${LIVE} GROUP BY 1, 2, 4 HAVING sum(r.amount) > l.charged ORDER BY 1`,
  );
  return rows.map(({order_id, currency, back, charged}) => {
    const subject = world.nameOf(order_id);
    const [more, price] = [back, charged].map((sum) => amountText(sum, currency));
    return {subject, sentence: `Order ${subject}: ${more} of its shipping charge goes back, which was ${price}.`};
  });
}

/** Between the bank's first word and its last nothing is asked to be given back, it might be given twice; and nothing is scanned out. */
async function nothingWhileDisputed(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; type: string}>(
    `SELECT e.order_id, e.type FROM events e
      WHERE e.type IN ('order.refund_asked', 'order.refund_requested', 'sub_order.parcel_dispatched') AND EXISTS (
        SELECT FROM events o WHERE o.order_id = e.order_id AND o.type = 'order.dispute_opened' AND o.seq < e.seq
           AND NOT EXISTS (SELECT FROM events c WHERE c.order_id = e.order_id AND c.seq BETWEEN o.seq AND e.seq
             AND c.type IN ('order.dispute_won', 'order.dispute_lost')
             AND c.data->>'dispute_id' = o.data->>'dispute_id')) ORDER BY e.order_id, e.seq`,
  );
  return rows.map(({order_id, type}) => {
    const subject = world.nameOf(order_id);
    return {subject, sentence: `Order ${subject}: ${WHILE_DISPUTED[type]} while a bank was judging about its money.`};
  });
}

const WHILE_DISPUTED: Readonly<Record<string, string>> = {
  'order.refund_asked': 'a refund was made',
  'order.refund_requested': 'a refund was taken on',
  'sub_order.parcel_dispatched': 'a parcel was scanned out',
};
