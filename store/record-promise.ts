import {judgePromise} from '../domain/calendar/judge.ts';
import type {Sla} from '../domain/policy/policy.ts';
import {SCANNING} from '../domain/shipping/late-news.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, sub_orders} from './generated/client.ts';
import type {QuotedPlan} from './make-quote.ts';
import {readShipTo} from './personal-data.ts';
import {type PromisedWindow, promiseWindows} from './promise-windows.ts';
import {policyOf} from './policies.ts';

/** When parts of an order that leave these warehouses are picked up and arrive, by the order's own policy. */
export async function windowsOfOrder(
  context: StoreContext,
  tx: Tx,
  order: orders,
  warehouseIds: readonly string[],
): Promise<Map<string, PromisedWindow>> {
  if (warehouseIds.length === 0) return new Map();
  const policy = await policyOf(tx, order);
  const door = await readShipTo(context, tx, order.id);
  return promiseWindows(tx, warehouseIds, {
    ordered_at: order.placed_at.getTime(),
    now: context.now().getTime(),
    sla: order.delivery_sla as Sla,
    door,
    policy,
  });
}

/** Puts on record what was promised for a new part; nothing for units that have no place yet. */
export async function recordPartPromise(
  context: StoreContext,
  tx: Tx,
  sub: sub_orders,
  window: PromisedWindow | null,
): Promise<void> {
  await tx.promises.create({
    data: {
      id: sub.id,
      order_id: sub.order_id,
      sub_order_id: sub.id,
      pickup_at: window && new Date(window.pickup_at),
      window_from: window && new Date(window.from),
      window_to: window && new Date(window.to),
      basis: JSON.parse(JSON.stringify(window?.basis ?? {rule: 'backorder'})),
      made_at: context.now(),
      look_at: window && new Date(window.pickup_at + SCANNING),
    },
  });
}

/**
 * Puts on record what was promised for the order: what its quote said, else from the first of its parts to the last. What
 * has parts without a place is not promised as a whole.
 */
export async function recordOrderPromise(context: StoreContext, tx: Tx, order: orders): Promise<void> {
  const parts = await tx.promises.findMany({where: {order_id: order.id}});
  const quoted = order.quote_id === null ? null : await windowsOfQuote(tx, order.quote_id);
  const windows = quoted ?? parts.map((part) => ({from: part.window_from, to: part.window_to}));
  const times = windows.flatMap(({from, to}) => (from && to ? [{from: from.getTime(), to: to.getTime()}] : []));
  const whole = times.length === windows.length && times.length > 0;
  await tx.promises.create({
    data: {
      id: order.id,
      order_id: order.id,
      quote_id: order.quote_id,
      window_from: whole ? new Date(Math.min(...times.map(({from}) => from))) : null,
      window_to: whole ? new Date(Math.max(...times.map(({to}) => to))) : null,
      basis: {rule: quoted ? 'quote' : 'parts', parts: windows.length},
      made_at: context.now(),
    },
  });
}

async function windowsOfQuote(tx: Tx, quoteId: string): Promise<{from: Date | null; to: Date | null}[]> {
  const {plan} = await tx.quotes.findUniqueOrThrow({where: {id: quoteId}});
  const {windows, allocation} = plan as unknown as QuotedPlan;
  const known = windows.map(({from, to}) => ({from: new Date(from), to: new Date(to)}));
  return allocation.backordered.length > 0 ? [...known, {from: null, to: null}] : known;
}

/** At the door: what became of the promise of a part, and, once the order is delivered, of the whole. A repeat changes nothing. */
export async function recordKeptPromise(tx: Tx, order: orders, subOrderId: string): Promise<void> {
  const arrived = await tx.parcels.findMany({where: {sub_order_id: subOrderId, status: 'delivered'}});
  await keep(
    tx,
    subOrderId,
    arrived.map((parcel) => parcel.status_at),
  );
  if (order.status !== 'delivered') return;
  const parts = await tx.promises.findMany({where: {order_id: order.id, sub_order_id: {not: null}}});
  await keep(
    tx,
    order.id,
    parts.map((part) => part.delivered_at),
  );
}

/** The last of these moments counts: the carrier's own, not that of its webhook. */
async function keep(tx: Tx, id: string, moments: readonly (Date | null)[]): Promise<void> {
  const times = moments.flatMap((at) => (at ? [at.getTime()] : []));
  if (times.length === 0) return;
  const last = Math.max(...times);
  const promise = await tx.promises.findUnique({where: {id}});
  if (!promise || promise.delivered_at) return;
  const kept = promise.window_to ? judgePromise(promise.window_to.getTime(), last) : {};
  await tx.promises.updateMany({where: {id, delivered_at: null}, data: {delivered_at: new Date(last), ...kept}});
}
