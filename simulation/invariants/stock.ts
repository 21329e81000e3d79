import type {Finding, World} from './types.ts';
import {transfersAreInOnePlace} from './transfers.ts';
import {words} from './words.ts';

interface StockRow {
  warehouse_id: string;
  sku: string;
}

const place = (row: StockRow) => `${row.sku} in ${row.warehouse_id}`;
const subjectOf = (row: StockRow) => `${row.sku}@${row.warehouse_id}`;

/** S1: units on hand and in transit are exactly what the ledger of moves explains; the bins hold what is on hand. */
export async function stockIsExplained(world: World): Promise<Finding[]> {
  return [
    ...(await explainedByMoves(world)),
    ...(await movesKeepUnits(world)),
    ...(await explainedByBins(world)),
    ...(await linesAgainstMoves(world)),
    ...(await transfersAreInOnePlace(world)),
  ];
}

interface LineMoves {
  order_id: string;
  position: number;
  sku: string;
  what: string;
  line: number;
  moved: number;
}

/**
 * What left our warehouses, arrived or got lost by an order's lines is what the ledger of moves took out for it, line by
 * line; what suppliers sent never was in it.
 */
async function linesAgainstMoves(world: World): Promise<Finding[]> {
  const rows = await world.sql<LineMoves>(
    `WITH moved AS (
       SELECT line_id, coalesce(sum(d_in_transit) FILTER (WHERE kind = 'hand_over'), 0) AS shipped,
              -coalesce(sum(d_in_transit) FILTER (WHERE kind = 'deliver'), 0) AS delivered,
              -coalesce(sum(d_in_transit) FILTER (WHERE kind = 'lost'), 0) AS lost,
              -coalesce(sum(d_in_transit) FILTER (WHERE kind = 'come_back'), 0) AS came_back
         FROM stock_moves WHERE line_id IS NOT NULL GROUP BY line_id),
     supplied AS (
       SELECT p.line_id, sum(p.shipped) AS shipped, sum(p.delivered) AS delivered, sum(p.lost) AS lost,
              sum(p.came_back) AS came_back FROM sub_order_lines p
         JOIN sub_orders s ON s.id = p.sub_order_id WHERE s.source_kind = 'supplier' GROUP BY p.line_id)
     SELECT l.order_id, l.position, l.sku, x.what, x.line, x.moved FROM order_lines l LEFT JOIN moved m ON m.line_id = l.id
       LEFT JOIN supplied f ON f.line_id = l.id
       CROSS JOIN LATERAL (VALUES ('shipped', l.in_transit + l.delivered + l.lost + l.came_back - coalesce(f.shipped, 0), coalesce(m.shipped, 0)),
         ('delivered', l.delivered - coalesce(f.delivered, 0), coalesce(m.delivered, 0)),
         ('lost', l.lost - coalesce(f.lost, 0), coalesce(m.lost, 0)),
         ('back undelivered', l.came_back - coalesce(f.came_back, 0), coalesce(m.came_back, 0))) AS x (what, line, moved)
      WHERE x.line <> x.moved ORDER BY l.order_id, l.position`,
  );
  return rows.map(({order_id, position, sku, what, line, moved}) => {
    const subject = world.nameOf(order_id);
    const sentence = `Order ${subject}, line ${position} (${sku}): ${line} units are ${what}, but the stock ledger knows of ${moved}.`;
    return {subject, sentence};
  });
}

async function explainedByMoves({sql}: World): Promise<Finding[]> {
  const rows = await sql<StockRow & {what: string; found: number; explained: number}>(
    `WITH moved AS (
       SELECT warehouse_id, sku, sum(d_on_hand) AS on_hand, sum(d_in_transit) AS in_transit FROM stock_moves GROUP BY 1, 2),
     both_sides AS (
       SELECT warehouse_id, sku, coalesce(s.on_hand, 0) AS on_hand, coalesce(m.on_hand, 0) AS m_on_hand,
              coalesce(s.in_transit, 0) AS in_transit, coalesce(m.in_transit, 0) AS m_in_transit
         FROM stock s FULL JOIN moved m USING (warehouse_id, sku))
     SELECT warehouse_id, sku, 'on hand' AS what, on_hand AS found, m_on_hand AS explained FROM both_sides WHERE on_hand <> m_on_hand
     UNION ALL
     SELECT warehouse_id, sku, 'in transit', in_transit, m_in_transit FROM both_sides WHERE in_transit <> m_in_transit
     ORDER BY 1, 2, 3`,
  );
  return rows.map((row) => ({
    subject: subjectOf(row),
    sentence: `${place(row)}: ${row.found} units ${row.what}, but receipts, deliveries and all other moves explain ${row.explained}.`,
  }));
}

/** A promise, its release and a hand-over move units about; none may appear or vanish. A delivery takes from the road. */
async function movesKeepUnits({sql}: World): Promise<Finding[]> {
  const rows = await sql<StockRow & {id: number; kind: string; change: number}>(
    `SELECT warehouse_id, sku, id, kind, d_on_hand + d_in_transit AS change FROM stock_moves
      WHERE (kind IN ('reserve', 'release', 'hand_over', 'come_back') AND d_on_hand + d_in_transit <> 0)
         OR (kind = 'deliver' AND (d_on_hand <> 0 OR d_in_transit >= 0))
         OR (kind IN ('receive', 'restock', 'transfer_in') AND (d_on_hand <= 0 OR d_in_transit <> 0))
         OR (kind = 'transfer_out' AND (d_on_hand >= 0 OR d_in_transit <> 0)) ORDER BY id`,
  );
  return rows.map((row) => ({
    subject: subjectOf(row),
    sentence: `${place(row)}: stock move ${row.id} is a "${words(row.kind)}" but changes the number of units by ${row.change}.`,
  }));
}

async function explainedByBins({sql}: World): Promise<Finding[]> {
  const rows = await sql<StockRow & {on_hand: number; in_bins: number}>(
    `WITH binned AS (SELECT warehouse_id, sku, sum(on_hand) AS in_bins FROM stock_bins GROUP BY 1, 2)
     SELECT warehouse_id, sku, coalesce(s.on_hand, 0) AS on_hand, coalesce(b.in_bins, 0) AS in_bins
       FROM stock s FULL JOIN binned b USING (warehouse_id, sku)
      WHERE coalesce(s.on_hand, 0) <> coalesce(b.in_bins, 0) ORDER BY 1, 2`,
  );
  return rows.map((row) => ({
    subject: subjectOf(row),
    sentence: `${place(row)}: ${row.on_hand} units are on hand, but its bins hold ${row.in_bins}.`,
  }));
}

/** S2: reserved = open reservations, quotes' included = what the moves promised; set aside in a bin = what open picks will take from it. */
export async function reservedIsPromised(world: World): Promise<Finding[]> {
  return [...(await reservedByPromises(world)), ...(await setAsideByPicks(world))];
}

/** The units of a stop stay set aside until they are picked, or its task is closed without them. */
async function setAsideByPicks({sql}: World): Promise<Finding[]> {
  const rows = await sql<StockRow & {bin: string; assigned: number; to_pick: number}>(
    `WITH stops AS (
       SELECT t.warehouse_id, st.sku, st.bin, sum(st.qty - st.picked) AS to_pick FROM task_stops st JOIN tasks t ON t.id = st.task_id
        WHERE t.kind = 'pick' AND t.state = 'open' GROUP BY 1, 2, 3)
     SELECT warehouse_id, sku, bin, b.assigned, coalesce(s.to_pick, 0) AS to_pick
       FROM stock_bins b LEFT JOIN stops s USING (warehouse_id, sku, bin)
      WHERE b.assigned <> coalesce(s.to_pick, 0) AND b.assigned <= b.on_hand ORDER BY 1, 2, 3`,
  );
  return rows.map((row) => ({
    subject: subjectOf(row),
    sentence: `${place(row)}, bin ${row.bin}: ${row.assigned} units are set aside, but open pick tasks will take ${row.to_pick}.`,
  }));
}

async function reservedByPromises({sql}: World): Promise<Finding[]> {
  const rows = await sql<StockRow & {reserved: number; open: number; moved: number}>(
    `WITH promised AS (
       SELECT warehouse_id, sku, sum(qty) AS open FROM (
         SELECT warehouse_id, sku, qty FROM reservations WHERE state = 'open'
         UNION ALL SELECT warehouse_id, sku, qty FROM quote_holds WHERE state = 'open') p GROUP BY 1, 2),
     moved AS (SELECT warehouse_id, sku, sum(d_reserved) AS moved FROM stock_moves GROUP BY 1, 2)
     SELECT warehouse_id, sku, coalesce(s.reserved, 0) AS reserved, coalesce(p.open, 0) AS open, coalesce(m.moved, 0) AS moved
       FROM stock s FULL JOIN promised p USING (warehouse_id, sku) FULL JOIN moved m USING (warehouse_id, sku)
      WHERE coalesce(s.reserved, 0) <> coalesce(p.open, 0) OR coalesce(s.reserved, 0) <> coalesce(m.moved, 0) ORDER BY 1, 2`,
  );
  return rows.map((row) => ({
    subject: subjectOf(row),
    sentence:
      `${place(row)}: ${row.reserved} units are marked reserved, but open reservations promise ${row.open} ` +
      `and the stock moves add up to ${row.moved}.`,
  }));
}

/** Column lists that must not be negative, per table with what names its row. */
const COUNTERS: readonly {table: string; name: string; columns: readonly string[]}[] = [
  {
    table: 'stock',
    name: `sku || '@' || warehouse_id`,
    columns: ['on_hand', 'reserved', 'in_transit', 'safety_stock', 'earmarked'],
  },
  {table: 'stock_bins', name: `sku || '@' || warehouse_id || '/' || bin`, columns: ['on_hand', 'assigned']},
  {table: 'reservations', name: 'id', columns: ['qty']},
  {
    table: 'order_lines',
    name: 'id',
    columns: [
      'unallocated',
      'reserved',
      'picked',
      'in_transit',
      'delivered',
      'lost',
      'came_back',
      'backordered',
      'cancelled',
      'returned',
    ],
  },
  {
    table: 'sub_order_lines',
    name: 'sub_order_id',
    columns: ['qty', 'picked', 'shipped', 'delivered', 'lost', 'came_back', 'cancelled'],
  },
  {table: 'task_stops', name: 'id', columns: ['qty', 'picked', 'short']},
  {table: 'parcel_items', name: 'parcel_id', columns: ['qty']},
];

const THINGS: Readonly<Record<string, string>> = {
  stock: 'Stock',
  stock_bins: 'Stock in the bin',
  reservations: 'Reservation',
  order_lines: 'Order line',
  sub_order_lines: 'Line of shipment',
  task_stops: 'Stop of a pick task',
  parcel_items: 'Contents of parcel',
};

/** S3: 0 <= reserved <= on hand, and no negative count anywhere. */
export async function nothingIsNegative({sql}: World): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const {table, name, columns} of COUNTERS) {
    const rows = await sql<{subject: string; counts: Record<string, number>}>(
      `SELECT ${name} AS subject, to_jsonb(t) AS counts FROM ${table} t WHERE least(${columns.join(', ')}) < 0`,
    );
    for (const {subject, counts} of rows) {
      const wrong = columns
        .filter((column) => Number(counts[column]) < 0)
        .map((column) => `${words(column)} is ${counts[column]}`);
      findings.push({
        subject,
        sentence: `${THINGS[table] ?? 'Record'} ${subject}: ${wrong.join(', ')}; a count of units cannot be negative.`,
      });
    }
  }
  const over = await sql<StockRow & {reserved: number; on_hand: number}>(
    'SELECT warehouse_id, sku, reserved + earmarked AS reserved, on_hand FROM stock WHERE reserved + earmarked > on_hand ORDER BY 1, 2',
  );
  const bins = await sql<StockRow & {bin: string; on_hand: number; assigned: number}>(
    'SELECT warehouse_id, sku, bin, on_hand, assigned FROM stock_bins WHERE assigned > on_hand ORDER BY 1, 2, 3',
  );
  const set_aside = bins.map((row) => ({
    subject: subjectOf(row),
    sentence: `${place(row)}, bin ${row.bin}: ${row.assigned} units are set aside for picking, but only ${row.on_hand} lie there.`,
  }));
  const promised = over.map((row) => ({
    subject: subjectOf(row),
    sentence: `${place(row)}: ${row.reserved} units are reserved or set aside, but only ${row.on_hand} are on hand.`,
  }));
  return [...findings, ...promised, ...set_aside];
}

/** S5: no more units were sold from stock, backorders and what suppliers send aside, than ever came in (a returned unit may be sold again). */
export async function soldUnitsExisted({sql}: World): Promise<Finding[]> {
  const rows = await sql<{sku: string; sold: number; existed: number}>(
    `WITH units AS (
       SELECT sku, reserved + picked + in_transit + delivered + lost AS sold FROM order_lines
       UNION ALL SELECT p.sku, -(p.qty - p.cancelled) FROM sub_order_lines p JOIN sub_orders s ON s.id = p.sub_order_id
        WHERE s.source_kind = 'supplier'
       UNION ALL SELECT sku, -qty FROM supplier_promises WHERE state = 'open' AND sub_order_id IS NULL),
     sold AS (SELECT sku, sum(sold) AS sold FROM units GROUP BY sku),
     existed AS (
       SELECT sku, sum(d_on_hand) AS existed FROM stock_moves
        WHERE kind NOT IN ('reserve', 'release', 'hand_over', 'deliver', 'come_back') AND NOT (kind = 'lost' AND order_id IS NOT NULL)
        GROUP BY sku)
     SELECT sku, sold, coalesce(existed, 0) AS existed FROM sold LEFT JOIN existed USING (sku)
      WHERE sold > coalesce(existed, 0) ORDER BY sku`,
  );
  return rows.map((row) => ({
    subject: row.sku,
    sentence: `${row.sku}: ${row.sold} units were sold from stock, but only ${row.existed} ever came in.`,
  }));
}

/** S7: every move has one cause, used once; moves of an order name its line, those of a quote the quote that held the units. */
export async function movesHaveOneCause({sql, nameOf}: World): Promise<Finding[]> {
  const twice = await sql<StockRow & {cause: string; times: number}>(
    `SELECT cause, min(warehouse_id) AS warehouse_id, min(sku) AS sku, count(*) AS times FROM stock_moves
      GROUP BY cause HAVING count(*) > 1 OR cause = '' ORDER BY cause`,
  );
  const causeless = await sql<StockRow & {id: number; kind: string; order_id: string | null}>(
    `SELECT m.warehouse_id, m.sku, m.id, m.kind, m.order_id
       FROM stock_moves m LEFT JOIN order_lines l ON l.id = m.line_id AND l.order_id = m.order_id AND l.sku = m.sku
      WHERE (l.id IS NULL AND (m.kind IN ('reserve', 'release', 'hand_over', 'deliver', 'come_back', 'restock') OR m.line_id IS NOT NULL)
          AND NOT (m.kind IN ('reserve', 'release') AND m.order_id IS NULL AND m.line_id IS NULL AND EXISTS (
            SELECT 1 FROM quote_holds q WHERE q.quote_id = m.reference AND q.warehouse_id = m.warehouse_id AND q.sku = m.sku)))
         OR (m.kind = 'receive' AND coalesce(m.reference, '') = '') ORDER BY m.id`,
  );
  return [
    ...twice.map((row) => ({
      subject: subjectOf(row),
      sentence: `${place(row)}: the cause "${row.cause}" moved stock ${row.times} times; every cause counts once.`,
    })),
    ...causeless.map((row) => ({
      subject: subjectOf(row),
      sentence:
        `${place(row)}: stock move ${row.id} (${words(row.kind)}) names no order line or receipt that explains it` +
        (row.order_id === null ? '.' : ` (order ${nameOf(row.order_id)}).`),
    })),
  ];
}
