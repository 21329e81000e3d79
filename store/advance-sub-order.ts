import {deriveStatus, movesBetween, type OrderStatus} from '../domain/order/status.ts';
import {assertStageMove, hasReached, ORDER_MILESTONES, type Stage} from '../domain/order/stage.ts';
import {waitingFor} from '../domain/order/waiting.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, sub_orders} from './generated/client.ts';
import {type Actor, type OrderPatch, recordChange} from './record-change.ts';

export interface StageMove {
  to: Stage;
  by: Actor;
  data?: Record<string, unknown>;
  note?: string;
  /** further columns of the sub-order that change with the stage */
  columns?: Partial<Pick<sub_orders, 'carrier' | 'service' | 'estimated_pickup' | 'estimated_delivery' | 'note'>>;
}

/** Moves a sub-order to its next stage and everything that follows from it: status, wait, milestones of the order. */
export async function advanceSubOrder(
  context: StoreContext,
  tx: Tx,
  order: orders,
  sub: sub_orders,
  move: StageMove,
): Promise<orders> {
  assertStageMove(sub.stage as Stage, move.to);
  const done = await tx.sub_orders.updateMany({
    where: {id: sub.id, stage: sub.stage},
    data: {...move.columns, stage: move.to, updated_at: context.now()},
  });
  if (done.count !== 1) throw new Error(`sub-order ${sub.id} is no longer ${sub.stage}`);
  return recordDerived(context, tx, order, {
    type: `sub_order.${move.to.toLowerCase()}`,
    by: move.by,
    sub_order_id: sub.id,
    stage: {from: sub.stage, to: move.to},
    ...(move.data ? {data: move.data} : {}),
    ...(move.note ? {note: move.note} : {}),
  });
}

export interface DerivedChange {
  type: string;
  by: Actor;
  sub_order_id?: string;
  stage?: {from: string | null; to: string};
  data?: Record<string, unknown>;
  patch?: OrderPatch;
  note?: string;
}

/**
 * Records a change of units or stages together with what is derived from them. A status that lies several legal moves
 * away is reached move by move, an event each.
 */
export async function recordDerived(
  context: StoreContext,
  tx: Tx,
  order: orders,
  change: DerivedChange,
): Promise<orders> {
  const {status, waiting} = await derive(tx, order);
  const [first, ...rest] = movesBetween(order.status as OrderStatus, status);
  let current = await recordChange(context, tx, {
    ...change,
    order,
    patch: {
      ...change.patch,
      ...(first ? {status: first} : {}),
      ...(waiting === undefined ? {} : waitingPatch(context, order, waiting)),
    },
  });
  for (const next of rest) {
    current = await recordChange(context, tx, {
      order: current,
      type: 'order.status_moved',
      by: change.by,
      patch: {status: next},
    });
  }
  current = await recordMilestones(context, tx, current, change.by);
  if (rest.length + (first ? 1 : 0) > 0 && (status === 'cancelled' || status === 'refunded')) {
    current = await recordChange(context, tx, {order: current, type: `order.${status}`, by: change.by});
  }
  return current;
}

/** `waiting` is undefined where the present wait stays: the floor going on does not bring the money back. */
async function derive(tx: Tx, order: orders) {
  const [lines, subs, money] = await Promise.all([
    tx.order_lines.findMany({where: {order_id: order.id}}),
    tx.sub_orders.findMany({where: {order_id: order.id}, orderBy: {position: 'asc'}}),
    tx.payments.aggregate({where: {order_id: order.id}, _sum: {captured_amount: true, refunded_amount: true}}),
  ]);
  const kept = Number(money._sum.captured_amount ?? 0n) - Number(money._sum.refunded_amount ?? 0n);
  const confirmed = order.status !== 'pending' && order.status !== 'payment_processing' && order.status !== 'paid';
  const status =
    confirmed || lines.every((l) => l.cancelled === l.qty) ? deriveStatus(lines, kept) : (order.status as OrderStatus);
  const ended = status === 'delivered' || status === 'cancelled' || status === 'refunded';
  if (!ended && order.waiting_on === 'payment_renewal') return {status, waiting: undefined};
  const views = subs.map((s) => ({
    stage: s.stage as Stage,
    lost: s.stage === 'EXCEPTION' && s.note === 'lost',
    source_id: s.source_id,
  }));
  return {status, waiting: ended ? null : waitingFor(views)};
}

export function waitingPatch(
  context: StoreContext,
  order: orders,
  waiting: {name: string; owner: string; deadline?: Date} | null,
): OrderPatch {
  if (!waiting) {
    return {waiting_on: null, waiting_since: null, waiting_deadline: null, waiting_owner: null};
  }
  const since = order.waiting_on === waiting.name ? order.waiting_since : context.now();
  return {
    waiting_on: waiting.name,
    waiting_since: since,
    waiting_deadline: waiting.deadline ?? null,
    waiting_owner: waiting.owner,
  };
}

/** `order.picked` and the like: once, when every open sub-order has come so far. */
async function recordMilestones(context: StoreContext, tx: Tx, order: orders, by: Actor): Promise<orders> {
  const subs = await tx.sub_orders.findMany({where: {order_id: order.id}, select: {stage: true, note: true}});
  const open = subs.filter((s) => s.stage !== 'CANCELLED' && !(s.stage === 'EXCEPTION' && s.note === 'lost'));
  const reached = ORDER_MILESTONES.filter((m) => open.length > 0 && open.every((s) => hasReached(s.stage as Stage, m)));
  if (reached.length === 0) return order;
  const types = reached.map((m) => `order.${m.toLowerCase()}`);
  const told = await tx.events.findMany({where: {order_id: order.id, type: {in: types}}, select: {type: true}});
  let current = order;
  for (const type of types) {
    if (!told.some((t) => t.type === type)) current = await recordChange(context, tx, {order: current, type, by});
  }
  return current;
}
