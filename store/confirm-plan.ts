import {waitingFor} from '../domain/order/waiting.ts';
import type {Stage} from '../domain/order/stage.ts';
import {waitingPatch} from './record-derived.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, sub_orders} from './generated/client.ts';
import {openPurchases} from './open-purchase.ts';
import {createSubOrders, type NewPart, type Placement} from './place-units.ts';
import {type Actor, lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {recordOrderPromise} from './record-promise.ts';
import {readPlacement} from './reserve-plan.ts';
import {transact} from './transact.ts';

/** What the order's run needs to start a child. */
export interface ConfirmedPart {
  sub_order_id: string;
  position: number;
  source: string | null;
  source_kind: string | null;
  /** until when a part without a source waits for stock, milliseconds; null where the policy does not say */
  waits_until?: number | null;
}

/** Turns the reserved plan into sub-orders; the order is now `awaiting_fulfillment`. A repeat returns the same parts. */
export function confirmPlan(
  context: StoreContext,
  input: {order_id: string; decision_id: string},
): Promise<ConfirmedPart[]> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    const existing = await tx.sub_orders.findMany({where: {order_id: order.id}, orderBy: {position: 'asc'}});
    if (existing.length > 0 || order.status !== 'paid') return existing.map(toPart);
    const placement = await readPlacement(tx, input.decision_id);
    const made = await createSubOrders(context, tx, order, partsOf(placement));
    const subs = await openPurchases(context, tx, order, made);
    for (const sub of subs.filter(({source_kind}) => source_kind === 'warehouse')) {
      await tx.$executeRaw`UPDATE reservations SET sub_order_id = ${sub.id}
        WHERE order_id = ${order.id} AND warehouse_id = ${sub.source_id ?? ''} AND sub_order_id IS NULL AND state = 'open'`;
    }
    await recordOrderPromise(context, tx, order);
    await recordAllocation(context, tx, order, subs);
    return subs.map(toPart);
  });
}

/** The parts of a placement: warehouses, then suppliers, then what waits for stock. */
export function partsOf({shipments, supplied = [], backordered}: Placement): NewPart[] {
  return [
    ...shipments.map((s): NewPart => ({source: {kind: 'warehouse', id: s.warehouse_id}, ...unitsOf(s)})),
    ...supplied.map((s): NewPart => ({source: {kind: 'supplier', id: s.supplier_id}, ...unitsOf(s)})),
    ...(backordered.length > 0 ? [{source: null, lines: backordered, eta_days: null}] : []),
  ];
}

const unitsOf = ({lines, eta_days}: Pick<NewPart, 'lines' | 'eta_days'>) => ({lines, eta_days});

export const toPart = (s: sub_orders): ConfirmedPart => ({
  sub_order_id: s.id,
  position: s.position,
  source: s.source_id,
  source_kind: s.source_kind,
  waits_until: s.source_id === null ? (s.waits_until?.getTime() ?? null) : null,
});

async function recordAllocation(context: StoreContext, tx: Tx, order: orders, subs: sub_orders[]): Promise<void> {
  const after = await recordNewParts(context, tx, order, subs, SYSTEM);
  const waiting = waitingFor(subs.map((s) => ({...s, stage: s.stage as Stage, lost: false})));
  const patch = {status: 'awaiting_fulfillment', ...waitingPatch(context, after, waiting)};
  await recordChange(context, tx, {order: after, type: 'order.allocated', by: SYSTEM, patch});
}

/** `sub_order.allocated` or `sub_order.backordered` for each new part. */
export async function recordNewParts(
  context: StoreContext,
  tx: Tx,
  order: orders,
  subs: sub_orders[],
  by: Actor,
): Promise<orders> {
  let current = order;
  for (const sub of subs) {
    const lines = await tx.sub_order_lines.findMany({
      where: {sub_order_id: sub.id},
      select: {line_id: true, sku: true, qty: true},
    });
    current = await recordChange(context, tx, {
      order: current,
      type: `sub_order.${sub.stage.toLowerCase()}`,
      by,
      sub_order_id: sub.id,
      stage: {from: null, to: sub.stage},
      data: {source: sub.source_id, value: sub.value_amount, lines},
    });
  }
  return current;
}
