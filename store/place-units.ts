import {runningShare} from '../domain/money/share.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, sub_orders} from './generated/client.ts';
import {newId} from './ids.ts';
import {policyOf} from './policies.ts';
import {leadTimeWindow} from './promise-windows.ts';
import {recordPartPromise, windowsOfOrder} from './record-promise.ts';
import {recordWaits, settleEarmarks} from './waiting-lines.ts';

export interface PlacedLine {
  line_id: string;
  sku: string;
  qty: number;
}

/** What one supplier is to send. */
export interface SuppliedPart {
  supplier_id: string;
  lines: (PlacedLine & {unit_cost: number})[];
  eta_days: number;
}

export interface Placement {
  shipments: {warehouse_id: string; lines: PlacedLine[]; eta_days: number}[];
  supplied?: SuppliedPart[];
  backordered: PlacedLine[];
}

/** Somebody was faster: the transaction is rolled back and the order planned again. */
export class StockLostError extends Error {
  readonly sku: string;
  constructor(sku: string) {
    super(`the last units of ${sku} went to another order`);
    this.sku = sku;
  }
}

/**
 * Promises stock to an order's lines: one conditional UPDATE per stock row, rows in (sku, warehouse) order, each with
 * its ledger row. Throws StockLostError, and leaves nothing behind, when any row has too few units left.
 * Where units become backordered the caller holds their products' queues.
 */
export async function reserveUnits(
  context: StoreContext,
  tx: Tx,
  order: orders,
  placement: Placement,
  subOrderIds: (string | null)[] = [],
  from: 'free' | 'earmarked' = 'free',
): Promise<void> {
  const wanted = placement.shipments.flatMap((shipment, i) =>
    shipment.lines.map((line) => ({
      ...line,
      warehouse_id: shipment.warehouse_id,
      sub_order_id: subOrderIds[i] ?? null,
    })),
  );
  wanted.sort(
    (a, b) => compare(a.sku, b.sku) || compare(a.warehouse_id, b.warehouse_id) || compare(a.line_id, b.line_id),
  );
  const at = context.now();
  for (const w of wanted) {
    const updated = from === 'free' ? await takeFree(tx, w) : await takeEarmarked(tx, w);
    if (updated !== 1) throw new StockLostError(w.sku);
    await promiseUnits(tx, order, w, at);
  }
  for (const b of placement.backordered) {
    await tx.$executeRaw`UPDATE order_lines SET unallocated = unallocated - ${b.qty}, backordered = backordered + ${b.qty}
      WHERE id = ${b.line_id}`;
  }
  await beginWaits(context, tx, order.id, placement.backordered);
}

/** Writes down that reserved units are a line's: reservation, ledger and line. The stock row is the caller's. */
export async function promiseUnits(
  tx: Tx,
  order: orders,
  w: PlacedLine & {warehouse_id: string; sub_order_id: string | null},
  at: Date,
): Promise<void> {
  const id = newId('rsv', at);
  await tx.$executeRaw`INSERT INTO reservations (id, order_id, line_id, sub_order_id, warehouse_id, sku, qty, state, created_at)
    VALUES (${id}, ${order.id}, ${w.line_id}, ${w.sub_order_id}, ${w.warehouse_id}, ${w.sku}, ${w.qty}, 'open', ${at})`;
  await insertMove(tx, {
    ...w,
    kind: 'reserve',
    d_reserved: w.qty,
    order_id: order.id,
    cause: `reserve:${id}`,
    actor: 'waybill',
    at,
  });
  await tx.$executeRaw`UPDATE order_lines SET unallocated = unallocated - ${w.qty}, reserved = reserved + ${w.qty},
    ever_allocated = ever_allocated + ${w.qty} WHERE id = ${w.line_id}`;
}

/** Lines join the queue of their product: free units that came since the plan was made are set aside for it at once. */
async function beginWaits(context: StoreContext, tx: Tx, orderId: string, lines: readonly PlacedLine[]): Promise<void> {
  if (lines.length === 0) return;
  await settleEarmarks(
    tx,
    lines.map((l) => l.sku),
  );
  const at = context.now();
  await recordWaits(
    context,
    tx,
    lines.map(({line_id, sku, qty}) => ({
      sku,
      order_id: orderId,
      line_id,
      units: qty,
      cause: `wait:${newId('wt', at)}`,
    })),
  );
}

type Wanted = {warehouse_id: string; sku: string; qty: number};

/** What is set aside for lines that wait is not free. */
export const takeFree = (tx: Tx, {warehouse_id, sku, qty}: Wanted) =>
  tx.$executeRaw`UPDATE stock SET reserved = reserved + ${qty}
    WHERE warehouse_id = ${warehouse_id} AND sku = ${sku} AND on_hand - reserved - safety_stock - earmarked >= ${qty}`;

const takeEarmarked = (tx: Tx, {warehouse_id, sku, qty}: Wanted) =>
  tx.$executeRaw`UPDATE stock SET reserved = reserved + ${qty}, earmarked = earmarked - ${qty}
    WHERE warehouse_id = ${warehouse_id} AND sku = ${sku} AND earmarked >= ${qty}`;

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export interface StockMove {
  warehouse_id: string;
  sku: string;
  kind:
    | 'put_away'
    | 'receive'
    | 'reserve'
    | 'release'
    | 'hand_over'
    | 'deliver'
    | 'lost'
    | 'adjust'
    | 'count'
    | 'transfer_out'
    | 'transfer_in'
    | 'come_back'
    | 'restock';
  d_on_hand?: number;
  d_reserved?: number;
  d_in_transit?: number;
  bin?: string | null;
  order_id?: string | null;
  line_id?: string | null;
  /** unique: the same cause moves stock once */
  cause: string;
  reference?: string | null;
  actor: string;
  at: Date;
}

/** Appends to the stock ledger. */
export async function insertMove(tx: Tx, m: StockMove): Promise<void> {
  await tx.$executeRaw`INSERT INTO stock_moves
    (warehouse_id, sku, bin, kind, d_on_hand, d_reserved, d_in_transit, order_id, line_id, cause, reference, actor, at)
    VALUES (${m.warehouse_id}, ${m.sku}, ${m.bin ?? null}, ${m.kind}, ${m.d_on_hand ?? 0}, ${m.d_reserved ?? 0},
      ${m.d_in_transit ?? 0}, ${m.order_id ?? null}, ${m.line_id ?? null}, ${m.cause}, ${m.reference ?? null}, ${m.actor}, ${m.at})`;
}

export interface NewPart {
  source: {kind: 'warehouse' | 'supplier'; id: string} | null;
  lines: PlacedLine[];
  eta_days: number | null;
  /** how long a part without a source waits, milliseconds; absent: as long as the order's policy has it */
  wait?: number;
}

/**
 * Makes the sub-orders of a placement. Every line part is worth the exact share of its line's price snapshot, so that
 * the parts of a line always add up to what the line is worth.
 */
export async function createSubOrders(
  context: StoreContext,
  tx: Tx,
  order: orders,
  parts: NewPart[],
): Promise<sub_orders[]> {
  const at = context.now();
  const lines = await tx.order_lines.findMany({where: {order_id: order.id}});
  const existing = await tx.sub_order_lines.findMany({where: {line_id: {in: lines.map((l) => l.id)}}});
  const position = await tx.sub_orders.count({where: {order_id: order.id}});
  const share = new LineShares(lines, existing, parts);
  const sources = parts.flatMap(({source}) => (source?.kind === 'warehouse' ? [source.id] : []));
  const windows = await windowsOfOrder(context, tx, order, sources);
  const {backorder} = await policyOf(tx, order);
  const created: sub_orders[] = [];
  for (const [i, part] of parts.entries()) {
    const id = newId('sub', at);
    const amounts = part.lines.map((line) => share.take(line));
    const supplied = part.source?.kind === 'supplier' && part.eta_days !== null;
    const window = supplied
      ? leadTimeWindow(at.getTime(), part.eta_days ?? 0)
      : (windows.get(part.source?.id ?? '') ?? null);
    const sub = await tx.sub_orders.create({
      data: {
        id,
        order_id: order.id,
        position: position + i + 1,
        source_kind: part.source?.kind ?? null,
        source_id: part.source?.id ?? null,
        stage: part.source ? 'ALLOCATED' : 'BACKORDERED',
        value_amount: amounts.reduce((a, b) => a + b, 0),
        estimated_pickup: window && new Date(window.pickup_at),
        estimated_delivery: window && new Date(window.to),
        // what no stock came for is cancelled then
        waits_until: part.source ? null : new Date(at.getTime() + (part.wait ?? backorder.wait)),
        created_at: at,
        updated_at: at,
      },
    });
    created.push(sub);
    await recordPartPromise(context, tx, sub, window);
    await tx.sub_order_lines.createMany({
      data: part.lines.map((l, n) => ({
        sub_order_id: id,
        line_id: l.line_id,
        sku: l.sku,
        qty: l.qty,
        amount: amounts[n] ?? 0,
      })),
    });
  }
  return created;
}

/** Hands out each line's remaining worth in running shares, so that the last part takes what rounding left. */
class LineShares {
  private readonly left = new Map<string, {amount: number; units: number; taken: number}>();

  constructor(
    lines: {id: string; total_amount: bigint}[],
    existing: {line_id: string; amount: bigint}[],
    parts: NewPart[],
  ) {
    for (const line of lines) {
      const placed = existing.filter((e) => e.line_id === line.id).reduce((a, e) => a + Number(e.amount), 0);
      const units = parts
        .flatMap((p) => p.lines)
        .filter((l) => l.line_id === line.id)
        .reduce((a, l) => a + l.qty, 0);
      this.left.set(line.id, {amount: Number(line.total_amount) - placed, units, taken: 0});
    }
  }

  take(line: PlacedLine): number {
    const left = this.left.get(line.line_id);
    if (!left) throw new Error(`line ${line.line_id} is not of this order`);
    const before = runningShare(left.amount, left.taken, left.units);
    left.taken += line.qty;
    return runningShare(left.amount, left.taken, left.units) - before;
  }
}
