import {addEffects, type BulkEffect, bulkRequestId, effectOf, SHOWN_FOR} from '../../domain/ops/bulk.ts';
import type {StoreContext, Tx} from '../context.ts';
import type {bulk_jobs, orders, Prisma} from '../generated/client.ts';
import {type Rehearsal, rehearse} from '../rehearse.ts';
import {toJson} from '../record-change.ts';
import {StockLostError} from '../place-units.ts';
import {sqlState} from '../sql-state.ts';
import {transact} from '../transact.ts';
import {type Tried, tryCancel, tryChange} from '../try-acts.ts';
import {lockBulk} from './lock-bulk.ts';
import {moveOrderWithin} from './move-order.ts';
import {cancellationOf, changeOf, moveOf} from './request-of.ts';

/** An order that could not be tried out so often, because somebody held its rows, is left out. */
const ATTEMPTS = 6;

const unshown = (job_id: string) => ({job_id, state: 'waiting', version: null});

/** Orders of an act that is being tried out, and which were not looked at yet. */
export async function unshownItems(
  {prisma}: StoreContext,
  {job_id, limit}: {job_id: string; limit: number},
): Promise<string[]> {
  const job = await prisma.bulk_jobs.findUniqueOrThrow({where: {id: job_id}});
  if (job.state !== 'previewing') return [];
  const items = await prisma.bulk_items.findMany({
    where: unshown(job_id),
    orderBy: [{attempts: 'asc'}, {position: 'asc'}],
    take: limit,
    select: {order_id: true},
  });
  return items.map(({order_id}) => order_id);
}

/** Tries the act out on one order, and keeps what would come of it. A repeat changes nothing. */
export async function tryOutItem(
  context: StoreContext,
  {job_id, order_id}: {job_id: string; order_id: string},
): Promise<void> {
  const job = await context.prisma.bulk_jobs.findUniqueOrThrow({where: {id: job_id}});
  const where = {...unshown(job_id), order_id};
  const item = await context.prisma.bulk_items.findFirst({where});
  if (!item) return;
  const found = await findOut(context, job, order_id).catch((error: unknown) => {
    if (isBusy(error)) return null;
    throw error;
  });
  const again = {attempts: {increment: 1}};
  const data = found ?? (item.attempts + 1 < ATTEMPTS ? again : refusedAs(context, 'not_decided'));
  await context.prisma.bulk_items.updateMany({where, data});
}

/** lock_not_available, deadlock_detected, serialization_failure */
const BUSY: ReadonlySet<string> = new Set(['55P03', '40P01', '40001']);

/** Somebody held the order's rows for too long, or the order lost a race for others. */
function isBusy(error: unknown): boolean {
  return error instanceof StockLostError || BUSY.has(sqlState(error) ?? '');
}

const refusedAs = (context: StoreContext, code: string) => ({state: 'refused', code, settled_at: context.now()});

async function findOut(
  context: StoreContext,
  job: bulk_jobs,
  orderId: string,
): Promise<Prisma.bulk_itemsUncheckedUpdateManyInput> {
  const order = await context.prisma.orders.findUniqueOrThrow({where: {id: orderId}});
  const no = await whyNot(context, job, order);
  if (no) return {...refusedAs(context, no), version: order.last_seq};
  const tried = (inner: StoreContext) => tryAct(inner, job, order);
  const {version, result, consequences}: Rehearsal<Tried> = await rehearse(context, orderId, tried);
  const all = [...(result.more ?? []), ...consequences];
  const [first] = result.refused;
  if (first && all.length === 0) return {...refusedAs(context, first.code), version};
  const effect = JSON.parse(toJson(effectOf(all, order.currency)));
  return {version, effect, code: first?.code ?? null, attempts: 0};
}

/** What speaks against it beyond what the act itself would refuse. */
async function whyNot({prisma}: StoreContext, {kind, undoes}: bulk_jobs, order: orders): Promise<string | null> {
  if (order.status === 'pending' || order.status === 'payment_processing') return 'not_yet_allocated';
  if (kind === 'hold' && order.held_since) return 'already_on_hold';
  if (undoes === null || !order.held_since) return null;
  const last = await prisma.order_changes.findFirst({
    where: {order_id: order.id, kind: 'hold', state: 'applied'},
    orderBy: [{decided_at: 'desc'}, {id: 'desc'}],
  });
  return last?.request_id === bulkRequestId(undoes, order.id) ? null : 'held_by_another';
}

async function tryAct(inner: StoreContext, job: bulk_jobs, order: orders): Promise<Tried> {
  const tx = inner.prisma as Tx;
  const now = await tx.orders.findUniqueOrThrow({where: {id: order.id}});
  if (now.last_seq !== order.last_seq) return {refused: [{code: 'order_changed'}]};
  if (job.kind === 'cancel') return tryCancel(inner, now, cancellationOf(job, now.id, now.last_seq));
  if (job.kind !== 'reallocate') return tryChange(inner, now, changeOf(job, now, now.last_seq));
  const {refused} = await transact(inner, (part) => moveOrderWithin(inner, part, now, moveOf(job, now.id)));
  return {refused: refused === null ? [] : [{code: refused}]};
}

/**
 * Once everything was tried out, what it comes to stands for a while to be confirmed; what undoes another act goes on at
 * once. Returns how many orders are left to be tried out.
 */
export function showBulk(context: StoreContext, {job_id}: {job_id: string}): Promise<{left: number}> {
  return transact(context, async (tx) => {
    const job = await lockBulk(tx, job_id);
    const left = await tx.bulk_items.count({where: unshown(job_id)});
    if (job?.state !== 'previewing' || left > 0) return {left};
    const items = await tx.bulk_items.findMany({where: {job_id, state: 'waiting'}, select: {effect: true}});
    const effect = addEffects(items.map((item) => item.effect as unknown as BulkEffect));
    const at = context.now();
    await tx.bulk_jobs.update({
      where: {id: job_id},
      data: {
        state: job.confirmed_at ? 'running' : 'ready',
        possible: items.length,
        effect: JSON.parse(toJson(effect)),
        shown_at: at,
        expires_at: job.confirmed_at ? null : new Date(at.getTime() + SHOWN_FOR),
      },
    });
    return {left};
  });
}
