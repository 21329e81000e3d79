import type {Finding, World} from './types.ts';
import {words} from './words.ts';

const PLACES = [
  'unallocated',
  'reserved',
  'picked',
  'in_transit',
  'delivered',
  'lost',
  'came_back',
  'backordered',
  'cancelled',
] as const;

interface LineRow {
  order_id: string;
  position: number;
  sku: string;
}

const lineOf = (world: World, row: LineRow) => `Order ${world.nameOf(row.order_id)}, line ${row.position} (${row.sku})`;

/** S4: each unit of a line is in exactly one place, and the parts of the order and its reservations say the same. */
export async function unitsAreInOnePlace(world: World): Promise<Finding[]> {
  return [
    ...(await placesAddUp(world)),
    ...(await partsAgree(world)),
    ...(await reservationsAgree(world)),
    ...(await progressAgrees(world)),
  ];
}

async function placesAddUp(world: World): Promise<Finding[]> {
  const rows = await world.sql<LineRow & {qty: number; placed: number}>(
    `SELECT order_id, position, sku, qty, ${PLACES.join(' + ')} AS placed FROM order_lines WHERE qty <> ${PLACES.join(' + ')}`,
  );
  return rows.map((row) => ({
    subject: world.nameOf(row.order_id),
    sentence: `${lineOf(world, row)}: ${row.qty} units were ordered, but ${row.placed} are accounted for.`,
  }));
}

/** What the parts' running counters say about the line: picked, shipped, delivered count units that got so far. */
const FROM_PARTS: readonly {place: string; part: string}[] = [
  {place: 'reserved', part: `CASE WHEN s.stage = 'BACKORDERED' THEN 0 ELSE p.qty - p.cancelled - p.picked END`},
  {place: 'backordered', part: `CASE WHEN s.stage = 'BACKORDERED' THEN p.qty - p.cancelled ELSE 0 END`},
  {place: 'picked', part: 'p.picked - p.shipped'},
  {place: 'in_transit', part: 'p.shipped - p.delivered - p.lost - p.came_back'},
  {place: 'delivered', part: 'p.delivered'},
  {place: 'lost', part: 'p.lost'},
  {place: 'came_back', part: 'p.came_back'},
];

async function partsAgree(world: World): Promise<Finding[]> {
  const sums = FROM_PARTS.map(({place, part}) => `sum(${part}) AS ${place}`).join(', ');
  const pairs = FROM_PARTS.map(({place}) => `('${place}', l.${place}, parts.${place})`).join(', ');
  const rows = await world.sql<LineRow & {place: string; line: number; parts: number}>(
    `WITH parts AS (
       SELECT p.line_id, ${sums} FROM sub_order_lines p JOIN sub_orders s ON s.id = p.sub_order_id GROUP BY p.line_id)
     SELECT l.order_id, l.position, l.sku, c.place, c.line, c.parts
       FROM order_lines l JOIN parts ON parts.line_id = l.id
       CROSS JOIN LATERAL (VALUES ${pairs}) AS c (place, line, parts)
      WHERE c.line <> c.parts ORDER BY l.order_id, l.position`,
  );
  return rows.map((row) => ({
    subject: world.nameOf(row.order_id),
    sentence: `${lineOf(world, row)}: ${row.line} units are ${words(row.place)} by the line, ${row.parts} by its shipments.`,
  }));
}

/** How many ever got so far, which is what customers are shown, fits where the units are now. */
async function progressAgrees(world: World): Promise<Finding[]> {
  const rows = await world.sql<LineRow & {far: string; ever: number; now: number}>(
    `SELECT l.order_id, l.position, l.sku, x.far, x.ever, x.now FROM order_lines l
       CROSS JOIN LATERAL (VALUES ('picked', ever_picked, picked + in_transit + delivered + lost + came_back),
         ('shipped', ever_shipped, in_transit + delivered + lost + came_back), ('delivered', ever_delivered, delivered)) AS x (far, ever, now)
      WHERE x.ever < x.now OR (x.far <> 'picked' AND x.ever > x.now) ORDER BY l.order_id, l.position`,
  );
  return rows.map((row) => ({
    subject: world.nameOf(row.order_id),
    sentence: `${lineOf(world, row)}: customers are shown ${row.ever} units as ${row.far}, but ${row.now} got so far.`,
  }));
}

/** Cancelled units that are still to be put back to their bins stay promised to their line until they are. */
const PUT_BACK = `put_back AS (SELECT st.line_id, sum(st.qty - st.picked) AS units FROM task_stops st
  JOIN tasks t ON t.id = st.task_id WHERE t.kind = 'unpick' AND t.state = 'open' GROUP BY st.line_id)`;

/**
 * Units promised and not yet handed over have an open reservation, or an open promise of a supplier. What no unit waits
 * for any more is S6's.
 */
async function reservationsAgree(world: World): Promise<Finding[]> {
  const rows = await world.sql<LineRow & {waiting: number; promised: number}>(
    `WITH promised AS (
       SELECT line_id, sum(qty) AS promised FROM (SELECT line_id, qty FROM reservations WHERE state = 'open'
         UNION ALL SELECT line_id, qty FROM supplier_promises WHERE state = 'open') p GROUP BY line_id), ${PUT_BACK}
     SELECT l.order_id, l.position, l.sku, l.reserved + l.picked + coalesce(b.units, 0) AS waiting,
            coalesce(p.promised, 0) AS promised
       FROM order_lines l LEFT JOIN promised p ON p.line_id = l.id LEFT JOIN put_back b ON b.line_id = l.id
      WHERE l.reserved + l.picked + l.unallocated + l.backordered + coalesce(b.units, 0) > 0
        AND l.reserved + l.picked + coalesce(b.units, 0) <> coalesce(p.promised, 0)
      ORDER BY l.order_id, l.position`,
  );
  return rows.map((row) => ({
    subject: world.nameOf(row.order_id),
    sentence: `${lineOf(world, row)}: ${row.waiting} units wait to be sent, but reservations and suppliers promise it ${row.promised}.`,
  }));
}

/** S6: nothing stays promised to a line that waits for nothing. */
export async function endedLinesHoldNothing(world: World): Promise<Finding[]> {
  const rows = await world.sql<LineRow & {warehouse_id: string; qty: number}>(
    `WITH ${PUT_BACK}, r AS (
       SELECT order_id, line_id, sku, warehouse_id, qty, state FROM reservations
       UNION ALL SELECT order_id, line_id, sku, supplier_id, qty, state FROM supplier_promises)
     SELECT r.order_id, coalesce(l.position, 0) AS position, r.sku, r.warehouse_id, r.qty
       FROM r JOIN orders o ON o.id = r.order_id LEFT JOIN order_lines l ON l.id = r.line_id
       LEFT JOIN put_back b ON b.line_id = r.line_id
      WHERE r.state = 'open' AND r.qty > 0 AND coalesce(b.units, 0) = 0 AND ((o.status IN ('delivered', 'cancelled', 'refunded') AND l.return_id IS NULL)
        OR l.reserved + l.picked + l.unallocated + l.backordered = 0) ORDER BY r.order_id`,
  );
  return rows.map((row) => ({
    subject: world.nameOf(row.order_id),
    sentence: `${lineOf(world, row)}: nothing of it is still to be shipped, but ${row.qty} units stay reserved at ${row.warehouse_id}.`,
  }));
}
