import type {StoreContext, Tx} from './context.ts';

/**
 * Takes the queues of products: whoever frees units of one, makes an order wait for it or ends such a wait, does so
 * alone. After the order's row and before any stock row; all products of a transaction at once.
 */
export async function lockQueues(tx: Tx, skus: Iterable<string>): Promise<void> {
  const wanted = [...new Set(skus)];
  if (wanted.length === 0) return;
  await tx.$queryRaw`SELECT sku FROM products WHERE sku = ANY(${wanted}) ORDER BY sku FOR UPDATE`;
}

/** Holds all places of products, in the order in which everybody takes them: units are about to go from one to another. */
export async function lockPlaces(tx: Tx, skus: Iterable<string>): Promise<void> {
  await tx.$queryRaw`SELECT sku FROM stock WHERE sku = ANY(${[...new Set(skus)]}) ORDER BY sku, warehouse_id FOR UPDATE`;
}

interface Due {
  waiting: number;
  earmarked: number;
}

interface Shelf {
  warehouse_id: string;
  /** units that nobody was promised, at a site that is at work and in bins that are in order */
  free: number;
  earmarked: number;
}

/**
 * Sets aside, for the lines that wait, as many free units as they wait for: no order that comes later is promised them.
 * Who of the waiting gets them is decided when they are filled, oldest first. The caller holds the products' queues.
 */
export async function settleEarmarks(tx: Tx, skus: Iterable<string>): Promise<void> {
  for (const sku of [...new Set(skus)].sort()) {
    const [due] = await tx.$queryRaw<Due[]>`SELECT
      (SELECT coalesce(sum(backordered), 0)::int FROM order_lines WHERE sku = ${sku} AND backordered > 0) AS waiting,
      (SELECT coalesce(sum(earmarked), 0)::int FROM stock WHERE sku = ${sku} AND earmarked > 0) AS earmarked`;
    if (!due || (due.waiting === 0 && due.earmarked === 0)) continue;
    await setAside(tx, sku, due.waiting);
  }
}

/** What is set aside already stays where it is as far as possible. */
async function setAside(tx: Tx, sku: string, waiting: number): Promise<void> {
  const shelves = await tx.$queryRaw<Shelf[]>`
    SELECT s.warehouse_id, s.earmarked, CASE WHEN w.active THEN s.on_hand - s.reserved - s.safety_stock - coalesce((
      SELECT sum(b.on_hand - b.assigned)::int FROM stock_bins b
      WHERE b.warehouse_id = s.warehouse_id AND b.sku = s.sku AND b.quarantined), 0) ELSE 0 END AS free
    FROM stock s JOIN warehouses w ON w.id = s.warehouse_id WHERE s.sku = ${sku} ORDER BY s.warehouse_id FOR UPDATE OF s`;
  const wanted = new Map<string, number>();
  let left = waiting;
  const give = (shelf: Shelf, most: number) => {
    const had = wanted.get(shelf.warehouse_id) ?? 0;
    const more = Math.max(0, Math.min(left, most - had));
    wanted.set(shelf.warehouse_id, had + more);
    left -= more;
  };
  for (const shelf of shelves) give(shelf, Math.min(shelf.earmarked, shelf.free));
  for (const shelf of shelves) give(shelf, shelf.free);
  for (const {warehouse_id, earmarked} of shelves) {
    const now = wanted.get(warehouse_id) ?? 0;
    if (now === earmarked) continue;
    await tx.$executeRaw`UPDATE stock SET earmarked = ${now} WHERE warehouse_id = ${warehouse_id} AND sku = ${sku}`;
  }
}

export interface WaitChange {
  sku: string;
  order_id: string;
  line_id: string;
  /** more or fewer units of the line wait */
  units: number;
  /** unique */
  cause: string;
}

/**
 * Appends to the ledger of waiting. After `settleEarmarks`: by then the product's stock rows are held, so that its
 * number lies between the moves that came before the wait and those that came after.
 */
export async function recordWaits(context: StoreContext, tx: Tx, changes: readonly WaitChange[]): Promise<void> {
  for (const {sku, order_id, line_id, units, cause} of changes) {
    if (units === 0) continue;
    await tx.$executeRaw`INSERT INTO backorder_moves (id, sku, order_id, line_id, units, cause, at)
      VALUES (nextval('stock_moves_id_seq'), ${sku}, ${order_id}, ${line_id}, ${units}, ${cause}, ${context.now()})`;
  }
}
