import type {Finding, World} from './types.ts';

interface LineRow {
  order_id: string;
  position: number;
  sku: string;
}

const lineOf = (world: World, row: LineRow) => `Order ${world.nameOf(row.order_id)}, line ${row.position} (${row.sku})`;

/**
 * S8: whoever ordered first is filled first. What waits is in the ledger of waiting; no younger line was promised a unit
 * while what was left would not have done for the older ones; and free units are set aside for those that wait now.
 */
export async function backordersComeFirst(world: World): Promise<Finding[]> {
  return [
    ...(await waitsAreWritten(world)),
    ...(await nobodyPushesIn(world)),
    ...(await noQuotePushesIn(world)),
    ...(await freeUnitsAreSetAside(world)),
  ];
}

async function waitsAreWritten(world: World): Promise<Finding[]> {
  const rows = await world.sql<LineRow & {waiting: number; written: number}>(
    `WITH written AS (SELECT line_id, sum(units) AS written FROM backorder_moves GROUP BY line_id)
     SELECT l.order_id, l.position, l.sku, l.backordered AS waiting, coalesce(w.written, 0) AS written
       FROM order_lines l LEFT JOIN written w ON w.line_id = l.id
      WHERE l.backordered <> coalesce(w.written, 0) ORDER BY l.order_id, l.position`,
  );
  return rows.map((row) => ({
    subject: world.nameOf(row.order_id),
    sentence: `${lineOf(world, row)}: ${row.waiting} units wait for stock, but the ledger of waiting knows of ${row.written}.`,
  }));
}

const WAITS = `
  spans AS (
    SELECT b.sku, b.line_id, b.id AS since, lead(b.id) OVER line AS until, sum(b.units) OVER line AS waiting
      FROM backorder_moves b WINDOW line AS (PARTITION BY b.line_id ORDER BY b.id)),
  waits AS (
    SELECT s.*, o.placed_at, o.id AS order_id, l.position FROM spans s JOIN order_lines l ON l.id = s.line_id
      JOIN orders o ON o.id = l.order_id WHERE s.waiting > 0),
  moves AS (
    SELECT id, warehouse_id, sku, kind, line_id, reference, d_reserved,
           sum(d_on_hand - d_reserved) OVER (PARTITION BY sku ORDER BY id) AS left
      FROM stock_moves WHERE sku IN (SELECT sku FROM backorder_moves))`;

/** What a quote held before passes to its order: it was promised when it was held. */
const WAS_HELD = `EXISTS (SELECT 1 FROM stock_moves r WHERE r.reference = o.quote_id AND r.kind = 'release' AND r.id < m.id
  AND r.sku = m.sku AND r.warehouse_id = m.warehouse_id AND r.d_reserved = -m.d_reserved AND r.cause LIKE 'quote-passed:%')`;

/** The same of a quote: it may hold only what is more than those who wait already are to get. */
async function noQuotePushesIn(world: World): Promise<Finding[]> {
  const rows = await world.sql<{id: string; sku: string; qty: number; left: number; older: number; first: string}>(
    `WITH ${WAITS}
     SELECT q.id, m.sku, m.d_reserved AS qty, m.left, sum(w.waiting) AS older,
            (array_agg(w.order_id ORDER BY w.placed_at, w.order_id))[1] AS first
       FROM moves m JOIN quotes q ON q.id = m.reference
       JOIN waits w ON w.sku = m.sku AND w.since < m.id AND (w.until IS NULL OR w.until > m.id)
      WHERE m.kind = 'reserve' AND m.line_id IS NULL GROUP BY q.id, m.id, m.sku, m.d_reserved, m.left
     HAVING m.left < sum(w.waiting) ORDER BY m.id`,
  );
  return rows.map((row) => ({
    subject: world.nameOf(row.first),
    sentence:
      `Quote ${row.id} holds ${row.qty} of ${row.sku}, of which ${row.left} were left for ${row.older} that orders, ` +
      `${world.nameOf(row.first)} first, waited for.`,
  }));
}

/**
 * Both ledgers draw their numbers from one sequence, and everybody holds the stock rows when they take one. A promise to
 * a line is unjust when fewer units are left free after it than older lines of the product waited for at that moment.
 */
async function nobodyPushesIn(world: World): Promise<Finding[]> {
  const rows = await world.sql<LineRow & {qty: number; left: number; older: number; first: string}>(
    `WITH ${WAITS}
     SELECT l.order_id, l.position, m.sku, m.d_reserved AS qty, m.left, sum(w.waiting) AS older,
            (array_agg(w.order_id ORDER BY w.placed_at, w.order_id))[1] AS first
       FROM moves m JOIN order_lines l ON l.id = m.line_id JOIN orders o ON o.id = l.order_id
       JOIN waits w ON w.sku = m.sku AND w.since < m.id AND (w.until IS NULL OR w.until > m.id)
        AND (w.placed_at, w.order_id, w.position) < (o.placed_at, o.id, l.position)
      WHERE m.kind = 'reserve' AND NOT ${WAS_HELD} GROUP BY l.order_id, l.position, m.id, m.sku, m.d_reserved, m.left
     HAVING m.left < sum(w.waiting) ORDER BY m.id`,
  );
  return rows.map((row) => ({
    subject: world.nameOf(row.order_id),
    sentence:
      `${lineOf(world, row)}: it was promised ${row.qty} units when ${row.left} were left for ${row.older} that older orders, ` +
      `${world.nameOf(row.first)} first, waited for.`,
  }));
}

const SET_ASIDE = `
  WITH waiting AS (SELECT sku, sum(backordered) AS waiting FROM order_lines WHERE backordered > 0 GROUP BY sku),
  shelves AS (
    SELECT s.sku, s.earmarked, greatest(0, CASE WHEN w.active THEN s.on_hand - s.reserved - s.safety_stock - coalesce((
        SELECT sum(b.on_hand - b.assigned) FROM stock_bins b
         WHERE b.warehouse_id = s.warehouse_id AND b.sku = s.sku AND b.quarantined), 0) ELSE 0 END) AS free
      FROM stock s JOIN warehouses w ON w.id = s.warehouse_id),
  both_sides AS (SELECT sku, sum(earmarked) AS earmarked, sum(free) AS free FROM shelves GROUP BY sku)
  SELECT b.sku, b.earmarked, b.free, coalesce(w.waiting, 0) AS waiting FROM both_sides b LEFT JOIN waiting w USING (sku)`;

async function freeUnitsAreSetAside({sql}: World): Promise<Finding[]> {
  const rows = await sql<{sku: string; earmarked: number; free: number; waiting: number}>(
    `${SET_ASIDE} WHERE b.earmarked > coalesce(w.waiting, 0) OR b.earmarked < least(coalesce(w.waiting, 0), b.free) ORDER BY 1`,
  );
  return rows.map(({sku, earmarked, free, waiting}) => ({
    subject: sku,
    sentence: `${sku}: ${waiting} units are waited for and ${free} are free, but ${earmarked} are set aside for those who wait.`,
  }));
}

/** S8 at rest: nothing stays set aside for a confirmed order that waits for it. */
export async function backordersAreFilled(world: World): Promise<Finding[]> {
  const rows = await world.sql<LineRow & {due: number}>(
    `WITH due AS (
       SELECT s.sku, sum(s.earmarked) AS units FROM stock s JOIN warehouses w ON w.id = s.warehouse_id AND w.active
        WHERE s.earmarked > 0 GROUP BY s.sku),
     queue AS (
       SELECT l.order_id, l.position, l.sku, l.backordered, sum(l.backordered)
              OVER (PARTITION BY l.sku ORDER BY o.placed_at, o.id, l.position) - l.backordered AS ahead
         FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.backordered > 0)
     SELECT q.order_id, q.position, q.sku, least(q.backordered, d.units - q.ahead) AS due FROM queue q JOIN due d USING (sku)
      WHERE q.ahead < d.units
        AND EXISTS (SELECT 1 FROM sub_orders s WHERE s.order_id = q.order_id AND s.stage = 'BACKORDERED') ORDER BY 1, 2`,
  );
  return rows.map((row) => ({
    subject: world.nameOf(row.order_id),
    sentence: `${lineOf(world, row)}: ${row.due} units are set aside for it, but it still waits.`,
  }));
}
