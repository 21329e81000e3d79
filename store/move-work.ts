import {type Cancellable, findCancellable} from './cancel-units.ts';
import type {StoreContext, Tx} from './context.ts';
import type {order_lines, orders, sub_orders} from './generated/client.ts';
import {StockLostError} from './place-units.ts';
import {loadSources} from './load-sources.ts';
import {planFrom, toNeed} from './plan-order.ts';
import type {Sent} from './reallocate.ts';
import {lockOrder} from './record-change.ts';
import {resettle} from './resettle.ts';
import {transact} from './transact.ts';
import {unplaceUnits} from './unplace-units.ts';
import {lockPlaces, lockQueues, settleEarmarks} from './waiting-lines.ts';
import {policyOf} from './policies.ts';

/** What found no other place is tried again after this long; milliseconds of the service's time. */
const AGAIN = 3_600_000;

export interface OpenWork {
  sub_order_id: string;
  order_id: string;
  units: number;
}

/** Sub-orders at a site of which nobody has begun to pick, oldest first. */
export function openWorkAt(context: StoreContext, warehouse: string, limit: number): Promise<OpenWork[]> {
  return context.prisma.$queryRaw<OpenWork[]>`
    SELECT s.id AS sub_order_id, s.order_id, sum(p.qty - p.cancelled)::int AS units
      FROM sub_orders s JOIN sub_order_lines p ON p.sub_order_id = s.id
     WHERE s.source_id = ${warehouse} AND s.stage = 'ALLOCATED'
     GROUP BY s.id, s.order_id, s.created_at ORDER BY s.created_at, s.id LIMIT ${limit}`;
}

/** Open work of sites that are switched off, and was not looked at lately. */
export async function workToMove(context: StoreContext, limit: number): Promise<string[]> {
  const before = new Date(context.now().getTime() - AGAIN);
  const rows = await context.prisma.$queryRaw<{id: string}[]>`
    SELECT s.id FROM warehouses w JOIN sub_orders s ON s.source_id = w.id AND s.stage = 'ALLOCATED'
     WHERE NOT w.active AND NOT EXISTS (SELECT 1 FROM site_moves m WHERE m.sub_order_id = s.id AND m.at > ${before})
     ORDER BY s.created_at, s.id LIMIT ${limit}`;
  return rows.map((row) => row.id);
}

/**
 * Moves what nobody has begun to pick to other places, as far as there are any; the rest stays where it is and waits for
 * its site. Repeats change nothing.
 */
export async function moveWork(context: StoreContext, input: {sub_order_id: string}): Promise<'moved' | 'stays'> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact(context, (tx) => moveOne(context, tx, input.sub_order_id));
    } catch (error) {
      if (!(error instanceof StockLostError) || attempt >= 5) throw error;
    }
  }
}

async function moveOne(context: StoreContext, tx: Tx, subOrderId: string): Promise<'moved' | 'stays'> {
  const {order_id} = await tx.sub_orders.findUniqueOrThrow({where: {id: subOrderId}});
  const order = await lockOrder(tx, order_id);
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: subOrderId}});
  if (sub.stage !== 'ALLOCATED') return 'stays';
  const {units, settle} = await takeAway(context, tx, order, [sub], {cause: `site:${sub.id}`});
  const state = units > 0 ? 'moved' : 'stays';
  const row = {warehouse_id: sub.source_id ?? '', order_id, state, units, at: context.now()};
  await tx.site_moves.upsert({where: {sub_order_id: sub.id}, create: {sub_order_id: sub.id, ...row}, update: row});
  await settle();
  return state;
}

interface Away {
  cause: string;
  /** somebody wants it: their site may be at work, and is not to send it all the same */
  sent?: Sent;
}

/**
 * Takes from parts of an order what other places can send; `settle` finds those places. The caller holds the order's
 * lock, and nobody has begun to pick these parts.
 */
export async function takeAway(
  context: StoreContext,
  tx: Tx,
  order: orders,
  subs: readonly sub_orders[],
  {cause, sent}: Away,
): Promise<{units: number; settle: () => Promise<void>}> {
  const chunks = await chunksOf(tx, subs);
  const skus = chunks.map((c) => c.sku);
  await lockQueues(tx, skus);
  await lockPlaces(tx, skus);
  const elsewhere = await placesFor(context, tx, order, chunks, sent?.avoid);
  const touched = new Set<string>();
  let units = 0;
  for (const chunk of chunks) {
    const qty = Math.min(chunk.qty, elsewhere.get(chunk.line_id) ?? 0);
    if (qty === 0) continue;
    elsewhere.set(chunk.line_id, (elsewhere.get(chunk.line_id) ?? 0) - qty);
    await unplaceUnits(context, tx, order, chunk, {qty, cause, actor: sent?.by.actor ?? 'waybill'});
    touched.add(chunk.sub_order_id);
    units += qty;
  }
  const settle = async () => {
    if (units === 0) return;
    await settleEarmarks(tx, skus);
    await resettle(context, tx, order, [...touched], cause, {sent});
  };
  return {units, settle};
}

async function chunksOf(tx: Tx, subs: readonly sub_orders[]): Promise<Cancellable[]> {
  const ids = subs.map(({id}) => id);
  const parts = await tx.sub_order_lines.findMany({where: {sub_order_id: {in: ids}}, orderBy: {line_id: 'asc'}});
  const lines = await tx.order_lines.findMany({where: {id: {in: parts.map((p) => p.line_id)}}});
  const found: Cancellable[] = [];
  for (const line of lines) {
    found.push(...(await findCancellable(tx, line)).filter((chunk) => ids.includes(chunk.sub_order_id)));
  }
  return found.sort((a, b) => (a.sku < b.sku ? -1 : a.sku > b.sku ? 1 : 0));
}

/** Units by line that other places could send. */
async function placesFor(
  context: StoreContext,
  tx: Tx,
  order: orders,
  chunks: readonly Cancellable[],
  avoid: string | undefined,
): Promise<Map<string, number>> {
  const units = new Map<string, number>();
  for (const {line_id, qty} of chunks) units.set(line_id, (units.get(line_id) ?? 0) + qty);
  const lines: order_lines[] = await tx.order_lines.findMany({
    where: {id: {in: [...units.keys()]}},
    orderBy: {position: 'asc'},
  });
  const needs = lines.map((line) => toNeed(line, units.get(line.id) ?? 0));
  const sources = await loadSources(
    context,
    tx,
    lines.map((l) => l.sku),
    avoid,
  );
  const {output} = await planFrom(context, tx, order, await policyOf(tx, order), {needs, sources});
  const found = new Map<string, number>();
  for (const {line_id, qty} of output.shipments.flatMap((s) => s.lines)) {
    found.set(line_id, (found.get(line_id) ?? 0) + qty);
  }
  return found;
}
