import {hasReached, ORDER_MILESTONES, type Stage} from '../domain/order/stage.ts';
import {deriveStatus, movesBetween, type OrderStatus, type Units} from '../domain/order/status.ts';
import {waitingFor} from '../domain/order/waiting.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';
import {tellOrder} from './queue-signal.ts';
import {type Actor, type OrderPatch, recordChange} from './record-change.ts';
import {givePromosBack} from './use-promo-codes.ts';

export interface DerivedChange {
  type: string;
  by: Actor;
  sub_order_id?: string;
  stage?: {from: string | null; to: string};
  data?: Record<string, unknown>;
  patch?: OrderPatch;
  note?: string;
  act?: {subject: string; to: string};
}

/**
 * Records a change of units or stages together with what is derived from them: status, wait, milestones. A status that
 * lies several legal moves away is reached move by move, an event each.
 */
export async function recordDerived(
  context: StoreContext,
  tx: Tx,
  order: orders,
  change: DerivedChange,
): Promise<orders> {
  const state = await readState(tx, order.id);
  const status = statusOf(order, state);
  const [first, ...rest] = movesBetween(order.status as OrderStatus, status);
  let current = await recordChange(context, tx, {
    ...change,
    order,
    patch: {
      ...change.patch,
      ...(first ? {status: first} : {}),
      ...waitOf(context, {...order, ...change.patch}, status, state),
    },
  });
  if (first === 'fulfilled' || rest.includes('fulfilled')) {
    await tellOrder(context, tx, order.id, 'fulfilled', order.id, {operation_id: order.id});
  }
  if (first === 'cancelled') await givePromosBack(context, tx, order.id);
  const following = [
    ...rest.map((next) => ({type: 'order.status_moved', patch: {status: next}})),
    ...newMilestones(state).map((type) => ({type})),
    ...(first && (status === 'cancelled' || status === 'refunded') ? [{type: `order.${status}`}] : []),
  ];
  for (const next of following) current = await recordChange(context, tx, {order: current, by: change.by, ...next});
  return current;
}

interface SubOrderState {
  stage: Stage;
  note: string | null;
  source_id: string | null;
  source_kind: string | null;
  /** as text: it comes out of JSON */
  waits_until: string | null;
}

interface OrderState {
  /** summed over all lines */
  units: Units;
  subs: SubOrderState[];
  /** captured and not given or taken back, minor units */
  kept: number;
  /** milestones already told */
  told: string[];
  /** steps that failed for good and wait for a person */
  stuck: number;
  /** disputes that are not decided */
  disputed: number;
}

const MILESTONE_TYPES = ORDER_MILESTONES.map((m) => `order.${m.toLowerCase()}`);

/** What is sent in exchange for a return is not the order's: it goes its own way, and the order stays what it is. */
async function readState(tx: Tx, orderId: string): Promise<OrderState> {
  const rows = await tx.$queryRaw<OrderState[]>`
    SELECT
      (SELECT json_build_object('qty', sum(qty), 'unallocated', sum(unallocated), 'reserved', sum(reserved),
          'picked', sum(picked), 'in_transit', sum(in_transit), 'delivered', sum(delivered),
          'lost', sum(lost + came_back),
          'backordered', sum(backordered), 'cancelled', sum(cancelled), 'returned', sum(returned))
        FROM order_lines WHERE order_id = ${orderId} AND return_id IS NULL) AS units,
      (SELECT coalesce(json_agg(json_build_object('stage', stage, 'note', note, 'source_id', source_id,
          'source_kind', source_kind, 'waits_until', waits_until) ORDER BY position), '[]') FROM sub_orders
          WHERE order_id = ${orderId} AND return_id IS NULL) AS subs,
      (SELECT coalesce(sum(captured_amount - refunded_amount - disputed_amount), 0)::float8
        FROM payments WHERE order_id = ${orderId}) AS kept,
      (SELECT coalesce(json_agg(type), '[]') FROM events
        WHERE order_id = ${orderId} AND type = ANY(${MILESTONE_TYPES})) AS told,
      (SELECT count(*)::int FROM stuck_steps WHERE order_id = ${orderId} AND resolved_at IS NULL) AS stuck,
      (SELECT count(*)::int FROM disputes WHERE order_id = ${orderId} AND closed_at IS NULL) AS disputed`;
  return rows[0] as OrderState;
}

/** Before the plan is confirmed only the cancellation of everything moves an order by itself. */
function statusOf(order: orders, {units, kept}: OrderState): OrderStatus {
  // a refund that the bank sent back is seen to; the order stays at its end
  if (order.status === 'refunded') return 'refunded';
  const placed = !['pending', 'payment_processing', 'paid'].includes(order.status);
  return placed || units.cancelled === units.qty ? deriveStatus([units], kept) : (order.status as OrderStatus);
}

const awaited = (sub: SubOrderState) => ({
  ...sub,
  lost: isLost(sub),
  waits_until: sub.waits_until === null ? null : new Date(sub.waits_until),
});

const isLost = (sub: SubOrderState) => sub.stage === 'EXCEPTION' && sub.note === 'lost';

function waitOf(
  context: StoreContext,
  order: orders,
  status: OrderStatus,
  {subs, stuck, disputed, units}: OrderState,
): OrderPatch {
  // also of an order that has come to its end: money or labels may be left behind
  const heldBack = disputed > 0 && units.unallocated + units.reserved + units.picked + units.backordered > 0;
  if (stuck > 0 || heldBack) return waitingPatch(context, order, {name: 'ops', owner: 'ops'});
  if (status === 'delivered' || status === 'cancelled' || status === 'refunded')
    return waitingPatch(context, order, null);
  // the floor going on does not bring the money back: that wait stays
  if (order.waiting_on === 'payment_renewal') return {};
  if (order.held_until) {
    return waitingPatch(context, order, {name: 'ops', owner: 'support', deadline: order.held_until});
  }
  return waitingPatch(context, order, waitingFor(subs.map(awaited)));
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
function newMilestones({subs, told}: OrderState): string[] {
  const open = subs.filter((s) => s.stage !== 'CANCELLED' && !isLost(s));
  if (open.length === 0) return [];
  return ORDER_MILESTONES.filter((m) => open.every((s) => hasReached(s.stage, m)))
    .map((m) => `order.${m.toLowerCase()}`)
    .filter((type) => !told.includes(type));
}
