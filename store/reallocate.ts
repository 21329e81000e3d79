import type {Policy} from '../domain/policy/policy.ts';
import {recordDerived} from './record-derived.ts';
import {type ConfirmedPart, partsOf, recordNewParts, toPart} from './confirm-plan.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';
import {createSubOrders, type NewPart, type PlacedLine, reserveUnits, StockLostError} from './place-units.ts';
import {openPurchases} from './open-purchase.ts';
import {makePlan} from './plan-order.ts';
import {promiseAtSuppliers} from './promise-supply.ts';
import {type Actor, lockOrder, SYSTEM} from './record-change.ts';
import {remainingTotals} from './remaining-totals.ts';
import {transact} from './transact.ts';
import {lockQueues} from './waiting-lines.ts';

export interface Reallocation {
  order_id: string;
  /** sub-orders that the caller has started, ended or not */
  known: string[];
  policy: Pick<Policy, 'routing' | 'shipping' | 'suppliers'>;
}

/**
 * Finds another place for units that were not on their shelf, or that a supplier does not send: another warehouse, else
 * a supplier that was not asked for them yet, else a backorder where product and
 * order allow it, else they are cancelled. Returns the parts that the caller does not know yet, also those of an attempt
 * whose answer never arrived.
 */
export async function reallocate(context: StoreContext, input: Reallocation): Promise<ConfirmedPart[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact(context, (tx) => placeAgain(context, tx, input));
    } catch (error) {
      if (!(error instanceof StockLostError) || attempt >= 5) throw error;
    }
  }
}

async function placeAgain(context: StoreContext, tx: Tx, input: Reallocation): Promise<ConfirmedPart[]> {
  const order = await lockOrder(tx, input.order_id);
  const homeless = await tx.order_lines.findMany({where: {order_id: order.id, unallocated: {gt: 0}, return_id: null}});
  await lockQueues(
    tx,
    homeless.map((l) => l.sku),
  );
  if (homeless.length > 0) await placeHomeless(context, tx, order, input);
  const parts = await tx.sub_orders.findMany({
    where: {order_id: order.id, id: {notIn: input.known}, stage: {not: 'CANCELLED'}, return_id: null},
    orderBy: {position: 'asc'},
  });
  return parts.map(toPart);
}

/** Somebody wants units elsewhere, though they lie where they were promised from. */
export interface Sent {
  avoid: string;
  by: Actor;
  reason: string;
  /** what the audit calls it */
  subject: string;
}

interface Homeless extends Pick<Reallocation, 'policy'> {
  counted_within?: number;
  sent?: Sent | undefined;
}

/**
 * Finds places for all units of the order that have none; the caller holds the order's lock and its queues. Units that
 * nobody else has are given up, but not before their bin is counted where they may lie in it: `counted_within` that time.
 */
export async function placeHomeless(
  context: StoreContext,
  tx: Tx,
  order: orders,
  {policy, counted_within: wait, sent}: Homeless,
): Promise<void> {
  const {output} = await makePlan(context, tx, order, policy, {avoid: sent?.avoid});
  const inDoubt = wait === undefined ? [] : output.missing;
  const nowhere = wait === undefined ? output.missing : [];
  const parts = [...partsOf(output), ...withoutPlace(inDoubt, wait)];
  // units that nobody has become a part of their own, cancelled at once, so that every unit stays accounted for
  const subs = await createSubOrders(context, tx, order, [...parts, ...withoutPlace(nowhere)]);
  const ids = subs.map((s) => s.id);
  const backordered = [...output.backordered, ...inDoubt];
  await reserveUnits(context, tx, order, {...output, backordered}, ids);
  const atSuppliers = subs.filter(({source_kind}) => source_kind === 'supplier');
  await promiseAtSuppliers(context, tx, order, output.supplied ?? [], atSuppliers);
  await openPurchases(context, tx, order, atSuppliers);
  let current = await recordNewParts(context, tx, order, subs, SYSTEM);
  if (nowhere.length > 0) current = await cancelMissing(context, tx, current, ids.slice(parts.length), nowhere);
  await recordDerived(context, tx, current, {
    type: 'order.reallocated',
    by: sent?.by ?? SYSTEM,
    data: {parts: ids.slice(0, parts.length)},
    ...(sent && {act: {subject: sent.subject, to: `away from ${sent.avoid}`}, note: sent.reason}),
  });
}

const withoutPlace = (lines: PlacedLine[], wait?: number): NewPart[] =>
  lines.length > 0 ? [{source: null, lines, eta_days: null, ...(wait !== undefined && {wait})}] : [];

async function cancelMissing(
  context: StoreContext,
  tx: Tx,
  order: orders,
  subOrderIds: string[],
  missing: PlacedLine[],
): Promise<orders> {
  for (const m of missing) {
    await tx.$executeRaw`UPDATE order_lines SET unallocated = unallocated - ${m.qty}, cancelled = cancelled + ${m.qty} WHERE id = ${m.line_id}`;
  }
  for (const id of subOrderIds) {
    await tx.$executeRaw`UPDATE sub_order_lines SET cancelled = qty WHERE sub_order_id = ${id}`;
    await tx.sub_orders.update({where: {id}, data: {stage: 'CANCELLED', updated_at: context.now()}});
  }
  return recordDerived(context, tx, order, {
    type: 'order.lines_cancelled',
    by: SYSTEM,
    note: 'not on the shelf, and nowhere else',
    data: {lines: missing.map(({line_id, qty}) => ({line_id, qty})), reason: 'short_pick'},
    patch: {...(await remainingTotals(tx, order.id)), cancel_reason: 'short_pick'},
    ...(subOrderIds[0] ? {sub_order_id: subOrderIds[0], stage: {from: 'BACKORDERED', to: 'CANCELLED'}} : {}),
  });
}
