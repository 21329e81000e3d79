import {type LateNews, lateNews} from '../domain/shipping/late-news.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, promises, sub_orders} from './generated/client.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {windowsOfOrder} from './record-promise.ts';
import {transact} from './transact.ts';

/** Looks at promises one after the other until nothing is due; so many at most. */
const AT_MOST = 50;

/** Tells of shipments that are late while nobody says so; returns how many promises were looked at. */
export async function tellLate(context: StoreContext): Promise<number> {
  const due = await context.prisma.promises.findMany({
    where: {look_at: {lte: context.now()}},
    orderBy: {look_at: 'asc'},
    take: AT_MOST,
    select: {id: true, order_id: true},
  });
  for (const promise of due) await lookAtPromise(context, promise);
  return due.length;
}

/** One look: what the customer is to hear, and when to look again, in one transaction. */
function lookAtPromise(context: StoreContext, {id, order_id}: {id: string; order_id: string}): Promise<void> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, order_id);
    const promise = await tx.promises.findUniqueOrThrow({where: {id}});
    const sub = await tx.sub_orders.findUniqueOrThrow({where: {id}});
    // another relay was here
    if (!promise.look_at || promise.look_at > context.now()) return;
    const {tell, look_at} = await judge(context, tx, {order, promise, sub});
    await tx.promises.update({where: {id}, data: {look_at: look_at === null ? null : new Date(look_at)}});
    if (!tell) return;
    const data = {until: new Date(tell.until), promised: promise.window_to, reason: tell.reason};
    await recordChange(context, tx, {order, type: 'sub_order.delayed', by: SYSTEM, sub_order_id: id, data});
  });
}

interface Rows {
  order: orders;
  promise: promises;
  sub: sub_orders;
}

async function judge(context: StoreContext, tx: Tx, {order, promise, sub}: Rows): Promise<LateNews> {
  if (!promise.window_to || promise.delivered_at) return {tell: null, look_at: null};
  const site = sub.source_kind === 'warehouse' ? sub.source_id : null;
  const next = site === null ? null : (await windowsOfOrder(context, tx, order, [site])).get(site);
  const coming = {sub_order_id: sub.id, ended_at: null, state: {not: 'cancelled'}};
  const {_max} = await tx.parcels.aggregate({where: coming, _max: {eta_to: true}});
  return lateNews({
    ...{stage: sub.stage, held: order.held_since !== null, now: context.now().getTime()},
    pickup_at: promise.pickup_at?.getTime() ?? null,
    promised: promise.window_to.getTime(),
    next_window_to: next?.to ?? null,
    expected: _max.eta_to?.getTime() ?? null,
    told: await toldLast(tx, sub),
  });
}

async function toldLast(tx: Tx, {id, order_id}: sub_orders): Promise<{until: number; reason: string} | null> {
  const where = {order_id, sub_order_id: id, type: 'sub_order.delayed'};
  const last = await tx.events.findFirst({where, orderBy: {seq: 'desc'}});
  const {until, reason = 'carrier'} = (last?.data ?? {}) as {until?: string; reason?: string};
  return until === undefined ? null : {until: Date.parse(until), reason};
}
