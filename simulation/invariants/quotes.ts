import {amountText} from './money-books.ts';
import type {Finding, World} from './types.ts';

interface HoldRow {
  quote_id: string;
  sku: string;
  warehouse_id: string;
  qty: number;
}

const held = (row: HoldRow, why: string): Finding => ({
  subject: row.quote_id,
  sentence: `Quote ${row.quote_id} still holds ${row.qty} of ${row.sku} in ${row.warehouse_id}, though ${why}.`,
});

/** Q1: units are kept for a quote only while it, or the order that took it, still wants them. */
export async function quotesHoldForSomebody({sql}: World): Promise<Finding[]> {
  const rows = await sql<HoldRow & {state: string | null}>(
    `SELECT h.quote_id, h.sku, h.warehouse_id, h.qty, q.state FROM quote_holds h LEFT JOIN quotes q ON q.id = h.quote_id
       LEFT JOIN orders o ON o.id = q.order_id
      WHERE h.state = 'open' AND NOT (q.id IS NOT NULL AND q.holds_stock AND (q.state = 'open'
        OR (q.state = 'redeemed' AND o.status IN ('pending', 'payment_processing', 'paid')
          AND EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.unallocated > 0))))
      ORDER BY h.id`,
  );
  const why = (state: string | null) => (state === 'redeemed' ? 'its order does not wait for them' : 'it is over');
  return rows.map((row) => held(row, why(row.state)));
}

const MINUTE = 60_000;

/** The sweep comes soon after a quote's end, though a killed relay must come back first. */
export async function overQuotesAreSwept({sql, now, speed}: World): Promise<Finding[]> {
  const rows = await sql<HoldRow>(
    `SELECT h.quote_id, h.sku, h.warehouse_id, h.qty FROM quote_holds h JOIN quotes q ON q.id = h.quote_id
      WHERE h.state = 'open' AND q.state = 'open' AND q.expires_at < to_timestamp($1::float8 / 1000) ORDER BY h.id`,
    [now - (15 + speed) * MINUTE],
  );
  return rows.map((row) => held(row, 'its time has been over for long'));
}

/** Q2: a code is counted once for each order that uses it, and never used more often than it may be. */
export async function promosAreCounted(world: World): Promise<Finding[]> {
  const counted = await world.sql<{code: string; used: number; uses: number; max_uses: number | null}>(
    `SELECT p.code, p.used, count(u.order_id) AS uses, p.max_uses FROM promo_codes p
       LEFT JOIN promo_uses u ON u.code = p.code AND u.state = 'used'
      GROUP BY p.code HAVING p.used <> count(u.order_id)
        OR (p.used > p.max_uses AND p.updated_at < max(u.used_at)) ORDER BY p.code`,
  );
  const uses = await world.sql<{order_id: string; code: string; state: string}>(
    `SELECT u.order_id, u.code, u.state FROM promo_uses u LEFT JOIN orders o ON o.id = u.order_id
      WHERE o.id IS NULL OR (u.state = 'used') <> (o.status <> 'cancelled') ORDER BY u.order_id, u.code`,
  );
  return [
    ...counted.map(({code, used, uses: orders, max_uses}) => ({
      subject: code,
      sentence:
        `Promo code ${code} is counted as used ${used} times, ${orders} orders use it` +
        (max_uses === null ? '.' : `, and it may be used ${max_uses} times.`),
    })),
    ...uses.map(({order_id, code, state}) => ({
      subject: world.nameOf(order_id),
      sentence: `Order ${world.nameOf(order_id)}: ${state === 'used' ? 'it is over' : 'it lives'}, but promo code ${code} is ${state === 'used' ? 'still used by' : 'given back from'} it.`,
    })),
    ...(await discountsAreTheCodes(world)),
  ];
}

/** The discount an order was placed with is what its codes took off. */
async function discountsAreTheCodes(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; discount: number; codes: number}>(
    `SELECT e.order_id, (e.data->'order'->>'discount_amount')::int8 AS discount, coalesce(sum(u.amount), 0) AS codes
       FROM events e LEFT JOIN promo_uses u ON u.order_id = e.order_id WHERE e.type = 'order.created'
      GROUP BY 1, 2 HAVING (e.data->'order'->>'discount_amount')::int8 <> coalesce(sum(u.amount), 0)`,
  );
  return rows.map(({order_id, discount, codes}) => {
    const currency = world.orders.get(order_id)?.currency ?? 'USD';
    const [was, should] = [discount, codes].map((amount) => amountText(amount, currency));
    const subject = world.nameOf(order_id);
    return {subject, sentence: `Order ${subject}: ${was} was taken off, but its promo codes stand for ${should}.`};
  });
}

/** Q3: a quote becomes one order, in time, at the price that was quoted; each line's price follows from its parts. */
export async function quotesAreKept(world: World): Promise<Finding[]> {
  return [...(await redeemedOnce(world)), ...(await quotedPrices(world)), ...(await linesAddUp(world))];
}

async function redeemedOnce(world: World): Promise<Finding[]> {
  const rows = await world.sql<{quote_id: string; order_id: string | null}>(
    `SELECT q.id AS quote_id, coalesce(o.id, q.order_id) AS order_id FROM quotes q FULL JOIN orders o ON o.quote_id = q.id
      WHERE (o.quote_id IS NOT NULL AND (q.id IS NULL OR q.order_id IS DISTINCT FROM o.id))
         OR (q.order_id IS NOT NULL AND o.id IS NULL)`,
  );
  return rows.map(({quote_id, order_id}) => {
    const subject = world.nameOf(order_id);
    return {subject, sentence: `Order ${subject}: quote ${quote_id ?? 'of it'} and the order do not name each other.`};
  });
}

async function quotedPrices(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; total: number; quoted: number; late: boolean}>(
    `SELECT e.order_id, (e.data->'order'->>'total_amount')::int8 AS total, (q.price->'price'->>'total')::int8 AS quoted,
            o.placed_at >= q.expires_at AS late
       FROM quotes q JOIN orders o ON o.quote_id = q.id JOIN events e ON e.order_id = o.id AND e.type = 'order.created'
      WHERE (e.data->'order'->>'total_amount')::int8 <> (q.price->'price'->>'total')::int8 OR o.placed_at >= q.expires_at`,
  );
  return rows.map(({order_id, total, quoted, late}) => {
    const currency = world.orders.get(order_id)?.currency ?? 'USD';
    const [cost, offered] = [total, quoted].map((amount) => amountText(amount, currency));
    const subject = world.nameOf(order_id);
    const sentence = late
      ? `Order ${subject} was placed by a quote that was over.`
      : `Order ${subject} was placed for ${cost}, but quoted at ${offered}.`;
    return {subject, sentence};
  });
}

/** Tax is on the goods after the discount, half a minor unit up; the total has it on top or within. */
async function linesAddUp(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; position: number}>(
    `SELECT order_id, position FROM (SELECT *, items_amount - discount_amount AS goods FROM order_lines) l
      WHERE discount_amount < 0 OR goods < 0
         OR total_amount <> goods + shipping_amount + CASE WHEN tax_inclusive THEN 0 ELSE tax_amount END
         OR tax_amount <> CASE WHEN tax_inclusive
              THEN (2 * goods * tax_rate_bp + 10000 + tax_rate_bp) / (2 * (10000 + tax_rate_bp))
              ELSE (goods * tax_rate_bp + 5000) / 10000 END
      ORDER BY order_id, position`,
  );
  return rows.map(({order_id, position}) => {
    const subject = world.nameOf(order_id);
    const sentence = `Order ${subject}, line ${position}: its price is not its goods less the discount, with tax and shipping.`;
    return {subject, sentence};
  });
}

/**
 * Q4: what was promised for a delivered part is on record, with what became of it by the carrier's own word. Orders from
 * before there were promises have none.
 */
export async function promisesAreJudged(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; sub_order_id: string}>(
    `WITH arrived AS (
       SELECT sub_order_id, max(status_at) AS at FROM parcels WHERE status = 'delivered' GROUP BY 1)
     SELECT s.order_id, s.id AS sub_order_id FROM sub_orders s JOIN arrived a ON a.sub_order_id = s.id
       LEFT JOIN promises p ON p.id = s.id
      WHERE s.stage = 'DELIVERED' AND NOT EXISTS (
          SELECT 1 FROM parcels x WHERE x.sub_order_id = s.id AND x.status NOT IN ('delivered', 'lost'))
        AND CASE WHEN p.id IS NULL THEN EXISTS (SELECT 1 FROM promises w WHERE w.id = s.order_id)
          ELSE p.delivered_at IS DISTINCT FROM a.at OR (p.window_to IS NOT NULL AND (
            p.outcome IS DISTINCT FROM CASE WHEN a.at > p.window_to THEN 'late' ELSE 'on_time' END
            OR p.late_by_s <> greatest(0, ceil(extract(epoch FROM a.at - p.window_to))))) END ORDER BY s.order_id, s.position`,
  );
  return rows.map(({order_id, sub_order_id}) => {
    const subject = world.nameOf(order_id);
    const sentence = `Order ${subject}: shipment ${sub_order_id} was delivered, but whether its promise was kept is not on record as the carrier tells it.`;
    return {subject, sentence};
  });
}
