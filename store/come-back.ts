import {returnWorkflowId} from '../domain/order/workflow-ids.ts';
import {isReturnEnded, RETURN_ENDS, type ReturnState} from '../domain/returns/state.ts';
import {advanceSubOrder} from './advance-sub-order.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, parcel_items, parcels, returns} from './generated/client.ts';
import {newId} from './ids.ts';
import {moveReturn} from './move-return.ts';
import {insertMove} from './place-units.ts';
import {tellSubOrder} from './queue-signal.ts';
import {RECEIVING_BIN} from './bins.ts';
import {type Actor, recordChange, SYSTEM} from './record-change.ts';
import {recordDerived} from './record-derived.ts';
import {putBack} from './return-stock.ts';
import {queueSideRun} from './side-runs.ts';
import {endOf} from './sub-order-end.ts';
import {lockQueues, settleEarmarks} from './waiting-lines.ts';

/** The carrier brings a parcel back that it could not deliver: announced, until it is scanned in. */
export async function announceComeBack(
  context: StoreContext,
  tx: Tx,
  order: orders,
  parcel: parcels,
  by: Actor,
): Promise<{order: orders; found: returns}> {
  const items = await tx.parcel_items.findMany({where: {parcel_id: parcel.id}, orderBy: {line_id: 'asc'}});
  return createComeBack(context, tx, order, parcel, items, by);
}

async function createComeBack(
  context: StoreContext,
  tx: Tx,
  order: orders,
  parcel: parcels,
  items: readonly parcel_items[],
  by: Actor,
): Promise<{order: orders; found: returns}> {
  const at = context.now();
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: parcel.sub_order_id}});
  const id = newId('ret', at);
  const found = await tx.returns.create({
    data: {
      id,
      order_id: order.id,
      kind: 'come_back',
      state: 'in_transit',
      resolution: 'refund',
      request_id: `come_back:${parcel.id}`,
      request_hash: '',
      parcel_id: parcel.id,
      warehouse_id: sub.source_id ?? '',
      currency: order.currency,
      expected_amount: 0n,
      reasons: ['undelivered'],
      requested_by: by.actor,
      label_state: 'none',
      requested_at: at,
      updated_at: at,
    },
  });
  const lines = await tx.order_lines.findMany({where: {id: {in: items.map((i) => i.line_id)}}});
  for (const {line_id, sku, qty} of items) {
    const value_line_id = lines.find((l) => l.id === line_id)?.value_line_id ?? line_id;
    await tx.return_lines.create({data: {return_id: id, line_id, value_line_id, sku, qty, reason: 'late'}});
  }
  const told = await recordChange(context, tx, {
    order,
    type: 'order.return_in_transit',
    by,
    sub_order_id: sub.id,
    data: {return_id: id, parcel_id: parcel.id, lines: items.map(({line_id, qty}) => ({line_id, qty}))},
    stage: {from: null, to: 'in_transit'},
    subject: id,
  });
  return {order: told, found};
}

export type ComeBackOutcome = 'received' | 'received_before' | 'lost' | 'not_sent';

/** A parcel of ours is scanned in at the returns desk. The caller holds the order's lock. */
export async function receiveComeBack(
  context: StoreContext,
  tx: Tx,
  order: orders,
  parcel: parcels,
  by: Actor,
): Promise<ComeBackOutcome> {
  if (parcel.came_back_at) return 'received_before';
  if (!parcel.handed_over_at) return 'not_sent';
  if (parcel.status === 'lost') return 'lost';
  if (parcel.ended_at) await takeBackDelivered(context, tx, order, parcel, by);
  else await takeBackUndelivered(context, tx, order, parcel, by);
  return 'received';
}

/** Units that never reached the customer: on the shelf again, and not charged. */
async function takeBackUndelivered(
  context: StoreContext,
  tx: Tx,
  order: orders,
  parcel: parcels,
  by: Actor,
): Promise<void> {
  const known = await tx.returns.findUnique({where: {parcel_id: parcel.id}});
  const announced = known ? {order, found: known} : await announceComeBack(context, tx, order, parcel, by);
  const at = context.now();
  const items = await tx.parcel_items.findMany({
    where: {parcel_id: parcel.id},
    orderBy: [{sku: 'asc'}, {line_id: 'asc'}],
  });
  const skus = items.map(({sku}) => sku);
  await lockQueues(tx, skus);
  for (const item of items) await moveUnits(context, tx, order, parcel, item);
  await settleEarmarks(tx, skus);
  await tx.parcels.update({
    where: {id: parcel.id},
    data: {ended_at: at, came_back_at: at, status: 'return_to_sender', status_at: at},
  });
  const received = await moveReturn(context, tx, announced.order, announced.found, {
    to: 'received',
    by,
    columns: {received_at: at},
  });
  const current = await endPart(context, tx, received.order, parcel, by);
  await tellSubOrder(context, tx, parcel.sub_order_id, 'returned', `come_back:${parcel.id}`, parcel.id);
  await moveReturn(context, tx, current, received.found, {
    to: 'closed',
    by: SYSTEM,
    columns: {refund_amount: 0n, refund_at: at},
  });
}

async function moveUnits(
  context: StoreContext,
  tx: Tx,
  order: orders,
  parcel: parcels,
  {line_id, sku, qty}: parcel_items,
): Promise<void> {
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: parcel.sub_order_id}});
  // what a supplier sent goes back to the supplier: it was never in a stock of ours
  if (sub.source_kind === 'warehouse')
    await putOnShelf(context, tx, order, parcel, {line_id, sku, qty}, sub.source_id ?? '');
  await tx.$executeRaw`UPDATE order_lines SET in_transit = in_transit - ${qty}, came_back = came_back + ${qty} WHERE id = ${line_id}`;
  await tx.$executeRaw`UPDATE sub_order_lines SET came_back = came_back + ${qty}
    WHERE sub_order_id = ${sub.id} AND line_id = ${line_id}`;
}

async function putOnShelf(
  context: StoreContext,
  tx: Tx,
  order: orders,
  parcel: parcels,
  {line_id, sku, qty}: Omit<parcel_items, 'parcel_id'>,
  warehouse_id: string,
): Promise<void> {
  await putBack(tx, {warehouse_id, sku, bin: RECEIVING_BIN, qty}, qty);
  await insertMove(tx, {
    warehouse_id,
    sku,
    bin: RECEIVING_BIN,
    kind: 'come_back',
    d_on_hand: qty,
    d_in_transit: -qty,
    order_id: order.id,
    line_id,
    cause: `come_back:${parcel.id}:${line_id}`,
    reference: parcel.id,
    actor: 'waybill',
    at: context.now(),
  });
}

/** With its last parcel the sub-order has come to its end. */
async function endPart(context: StoreContext, tx: Tx, order: orders, parcel: parcels, by: Actor): Promise<orders> {
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: parcel.sub_order_id}});
  const end = await endOf(tx, sub.id);
  const data = {parcel_id: parcel.id};
  if (end === 'returned') return advanceSubOrder(context, tx, order, sub, {to: 'RETURN_TO_SENDER', by, data});
  if (end === 'delivered') {
    return advanceSubOrder(context, tx, order, sub, {to: 'DELIVERED', by, data, note: 'some parcels came back'});
  }
  return recordDerived(context, tx, order, {type: 'sub_order.parcel_came_back', by, sub_order_id: sub.id, data});
}

/** It counted as delivered before it came back: what the customer does not have is settled like any other return. */
async function takeBackDelivered(
  context: StoreContext,
  tx: Tx,
  order: orders,
  parcel: parcels,
  by: Actor,
): Promise<void> {
  const at = context.now();
  await tx.parcels.update({where: {id: parcel.id}, data: {came_back_at: at}});
  const items = await stillOut(tx, order, parcel);
  if (items.length === 0) return;
  const made = await createComeBack(context, tx, order, parcel, items, by);
  await queueSideRun(context, tx, {
    workflow_id: returnWorkflowId(made.found.id),
    kind: 'returnWorkflow',
    order_id: order.id,
    subject_id: made.found.id,
    policy_version: order.policy_version,
  });
  const received = await moveReturn(context, tx, made.order, made.found, {
    to: 'received',
    by,
    columns: {received_at: at},
  });
  for (const {line_id, qty} of items) {
    const found = {grade: 'as_new', qty, disposition: 'restock', bin: RECEIVING_BIN};
    await tx.return_findings.create({data: {return_id: made.found.id, line_id, ...found}});
  }
  await moveReturn(context, tx, received.order, received.found, {
    to: 'inspected',
    by: SYSTEM,
    columns: {inspected_at: at},
  });
}

/** Its units that are not back already and not announced in another return. */
async function stillOut(tx: Tx, order: orders, parcel: parcels): Promise<parcel_items[]> {
  const items = await tx.parcel_items.findMany({where: {parcel_id: parcel.id}, orderBy: {line_id: 'asc'}});
  const left: parcel_items[] = [];
  for (const item of items) {
    const line = await tx.order_lines.findUniqueOrThrow({where: {id: item.line_id}});
    const rows = await tx.$queryRaw<{qty: number}[]>`
      SELECT coalesce(sum(l.qty - l.accepted), 0)::int AS qty FROM return_lines l JOIN returns r ON r.id = l.return_id
      WHERE r.order_id = ${order.id} AND l.line_id = ${item.line_id} AND NOT (r.state = ANY(${[...RETURN_ENDS]}))`;
    const qty = Math.min(item.qty, line.delivered - line.returned - (rows[0]?.qty ?? 0));
    if (qty > 0) left.push({...item, qty});
  }
  return left;
}

/** A parcel that was on its way back is given up as lost: nothing of it is awaited any more. */
export async function giveUpComeBack(context: StoreContext, tx: Tx, order: orders, parcelId: string): Promise<orders> {
  const found = await tx.returns.findUnique({where: {parcel_id: parcelId}});
  if (!found || isReturnEnded(found.state as ReturnState)) return order;
  const moved = await moveReturn(context, tx, order, found, {
    to: 'cancelled',
    by: SYSTEM,
    note: 'lost on its way back',
  });
  return moved.order;
}
