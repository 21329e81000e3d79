import type {AllocationPlan} from '../domain/routing/plan.ts';
import {logDecision} from './log-decision.ts';
import {recordNewParts} from './confirm-plan.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, sub_orders} from './generated/client.ts';
import {newId} from './ids.ts';
import {createSubOrders, reserveUnits} from './place-units.ts';
import {loadEarmarked} from './load-sources.ts';
import {planFrom, toNeed} from './plan-order.ts';
import {policyOf} from './policies.ts';
import {tellOrder} from './queue-signal.ts';
import {advanceSubOrder} from './advance-sub-order.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {recordDerived} from './record-derived.ts';
import {shrinkPart} from './shrink-part.ts';
import {transact} from './transact.ts';
import {lockQueues, recordWaits} from './waiting-lines.ts';

/**
 * Orders whose waiting lines have units set aside for them, oldest first. A line has a claim on what is left of its
 * product's units after all lines that were ordered before it; an order that is not confirmed yet keeps its claim.
 */
export async function ordersToFill(context: StoreContext, limit: number): Promise<string[]> {
  const rows = await context.prisma.$queryRaw<{order_id: string}[]>`
    WITH due AS (SELECT sku, sum(earmarked) AS units FROM stock WHERE earmarked > 0 GROUP BY sku),
    queue AS (
      SELECT l.order_id, l.sku, o.placed_at, sum(l.backordered)
          OVER (PARTITION BY l.sku ORDER BY o.placed_at, o.id, l.position) - l.backordered AS ahead
        FROM order_lines l JOIN orders o ON o.id = l.order_id
       WHERE l.backordered > 0 AND l.sku IN (SELECT sku FROM due))
    SELECT q.order_id FROM queue q JOIN due d ON d.sku = q.sku WHERE q.ahead < d.units
       AND EXISTS (SELECT 1 FROM sub_orders s WHERE s.order_id = q.order_id AND s.stage = 'BACKORDERED')
     GROUP BY q.order_id ORDER BY min(q.placed_at), q.order_id LIMIT ${limit}`;
  return rows.map((row) => row.order_id);
}

/** What of an order's waiting lines is due now; the caller holds the products' queues. */
async function claimsOf(tx: Tx, orderId: string, skus: string[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{id: string; claim: number}[]>`
    WITH due AS (SELECT sku, sum(earmarked) AS units FROM stock WHERE sku = ANY(${skus}) GROUP BY sku),
    queue AS (
      SELECT l.id, l.order_id, l.sku, l.backordered, sum(l.backordered)
          OVER (PARTITION BY l.sku ORDER BY o.placed_at, o.id, l.position) - l.backordered AS ahead
        FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.backordered > 0 AND l.sku = ANY(${skus}))
    SELECT q.id, least(q.backordered, d.units - q.ahead)::int AS claim FROM queue q JOIN due d ON d.sku = q.sku
     WHERE q.order_id = ${orderId} AND d.units > q.ahead`;
  return new Map(rows.map(({id, claim}) => [id, claim]));
}

interface Waiting {
  sub_order_id: string;
  line_id: string;
  sku: string;
  open: number;
}

interface Filled {
  line_id: string;
  sku: string;
  qty: number;
}

/**
 * Gives an order's waiting lines the units that are due to them: what one place sends whole becomes that sub-order's
 * place, the rest is split off; what is not there yet stays backordered. Tells the order's run. False: nothing was due.
 */
export function fillOrder(context: StoreContext, input: {order_id: string}): Promise<boolean> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    const waiting = await tx.$queryRaw<Waiting[]>`
      SELECT p.sub_order_id, p.line_id, p.sku, p.qty - p.cancelled AS open FROM sub_order_lines p
      JOIN sub_orders s ON s.id = p.sub_order_id
      WHERE s.order_id = ${order.id} AND s.stage = 'BACKORDERED' AND p.qty > p.cancelled ORDER BY s.position, p.line_id`;
    if (waiting.length === 0) return false;
    const skus = [...new Set(waiting.map((w) => w.sku))];
    await lockQueues(tx, skus);
    const plan = await planClaims(context, tx, order, await claimsOf(tx, order.id, skus), skus);
    if (!plan) return false;
    const fill = newId('fil', context.now());
    const filled = plan.shipments.flatMap((s) => s.lines.map(({line_id, qty}) => ({line_id, qty})));
    const left = plan.shipments.map((s) => ({...s, lines: s.lines.map((line) => ({...line}))}));
    let current = order;
    for (const subOrderId of new Set(waiting.map((w) => w.sub_order_id))) {
      const own = waiting.filter((w) => w.sub_order_id === subOrderId);
      current = await fillPart(context, tx, current, {fill, sub_order_id: subOrderId, own, left});
    }
    const told = {type: 'order.backorder_filled', by: SYSTEM, data: {fill, lines: filled}};
    await recordChange(context, tx, {order: current, ...told});
    await tellOrder(context, tx, order.id, 'stockArrived', fill, {operation_id: fill});
    return true;
  });
}

/** Which place sends which of the due units, chosen as for a new order and logged like it; null when none are due. */
async function planClaims(
  context: StoreContext,
  tx: Tx,
  order: orders,
  claims: ReadonlyMap<string, number>,
  skus: string[],
): Promise<AllocationPlan | null> {
  if (claims.size === 0) return null;
  const lines = await tx.order_lines.findMany({
    where: {id: {in: [...claims.keys()]}},
    orderBy: {position: 'asc'},
  });
  const needs = lines.map((line) => toNeed(line, claims.get(line.id) ?? 0));
  const sources = await loadEarmarked(context, tx, skus);
  const {inputs, output} = await planFrom(context, tx, order, await policyOf(tx, order), {needs, sources});
  if (output.shipments.length === 0) return null;
  await logDecision(context, tx, {kind: 'backorder_fill', order, inputs, output});
  return output;
}

interface PartToFill {
  fill: string;
  sub_order_id: string;
  own: readonly Waiting[];
  /** what the plan gives and no other part of the order has taken yet */
  left: AllocationPlan['shipments'];
}

async function fillPart(context: StoreContext, tx: Tx, order: orders, part: PartToFill): Promise<orders> {
  const shipments = takeOwn(part);
  if (shipments.length === 0) return order;
  const filled = shipments.flatMap((s) => s.lines);
  await endWaits(context, tx, order, part, filled);
  const open = part.own.reduce((sum, w) => sum + w.open, 0);
  const whole = filled.reduce((sum, f) => sum + f.qty, 0) === open;
  // the last place takes over the sub-order that waited, where nothing is left to wait for
  const kept = whole ? shipments.at(-1) : undefined;
  const split = whole ? shipments.slice(0, -1) : shipments;
  for (const line of split.flatMap((s) => s.lines)) await shrinkPart(tx, part.sub_order_id, line.line_id, line.qty);
  const subs = await createSubOrders(
    context,
    tx,
    order,
    split.map((s) => ({source: {kind: 'warehouse', id: s.warehouse_id}, lines: s.lines, eta_days: s.eta_days})),
  );
  const places = [...split, ...(kept ? [kept] : [])];
  const ids = [...subs.map((s) => s.id), ...(kept ? [part.sub_order_id] : [])];
  await reserveUnits(context, tx, order, {shipments: places, backordered: []}, ids, 'earmarked');
  return tellFilled(context, tx, order, part, subs, kept);
}

/** The units of the shipments that wait in this sub-order; they are taken out of `left`. */
function takeOwn({own, left}: PartToFill): AllocationPlan['shipments'] {
  const open = new Map(own.map((w) => [w.line_id, w.open]));
  const taken = left.map((shipment) => ({
    ...shipment,
    lines: shipment.lines.flatMap((line) => {
      const qty = Math.min(line.qty, open.get(line.line_id) ?? 0);
      line.qty -= qty;
      open.set(line.line_id, (open.get(line.line_id) ?? 0) - qty);
      return qty > 0 ? [{...line, qty}] : [];
    }),
  }));
  return taken.filter((shipment) => shipment.lines.length > 0);
}

async function endWaits(
  context: StoreContext,
  tx: Tx,
  order: orders,
  {fill, sub_order_id}: PartToFill,
  filled: readonly Filled[],
): Promise<void> {
  const units = new Map<string, Filled>();
  for (const line of filled) {
    units.set(line.line_id, {...line, qty: line.qty + (units.get(line.line_id)?.qty ?? 0)});
  }
  for (const {line_id, qty} of units.values()) {
    await tx.$executeRaw`UPDATE order_lines SET backordered = backordered - ${qty}, unallocated = unallocated + ${qty}
      WHERE id = ${line_id}`;
  }
  const changes = [...units.values()].map(({line_id, sku, qty}) => {
    return {sku, order_id: order.id, line_id, units: -qty, cause: `${fill}:${sub_order_id}:${line_id}`};
  });
  await recordWaits(context, tx, changes);
}

async function tellFilled(
  context: StoreContext,
  tx: Tx,
  order: orders,
  {sub_order_id}: PartToFill,
  subs: sub_orders[],
  kept: AllocationPlan['shipments'][number] | undefined,
): Promise<orders> {
  const current = await recordNewParts(context, tx, order, subs, SYSTEM);
  if (!kept) {
    const data = {parts: subs.map((s) => s.id)};
    return recordDerived(context, tx, current, {type: 'sub_order.backorder_split', by: SYSTEM, sub_order_id, data});
  }
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: sub_order_id}});
  const at = context.now().getTime();
  return advanceSubOrder(context, tx, current, sub, {
    to: 'ALLOCATED',
    by: SYSTEM,
    data: {source: kept.warehouse_id, lines: kept.lines, value: sub.value_amount},
    columns: {
      source_kind: 'warehouse',
      source_id: kept.warehouse_id,
      waits_until: null,
      estimated_pickup: new Date(at + DAY),
      estimated_delivery: new Date(at + Math.ceil(kept.eta_days) * DAY),
    },
  });
}

const DAY = 86_400_000;
