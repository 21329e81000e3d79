import {askWithin} from '../ask-change.ts';
import {ORDER_CHANGED, type CancelInput} from '../cancel-lines.ts';
import type {StoreContext, Tx} from '../context.ts';
import type {bulk_items, bulk_jobs, orders} from '../generated/client.ts';
import {StockLostError} from '../place-units.ts';
import {lockOrder} from '../record-change.ts';
import {transact} from '../transact.ts';
import {moveOrderWithin} from './move-order.ts';
import {cancellationOf, changeOf, moveOf} from './request-of.ts';

/** What an order's run is to be asked. */
export type BulkAsk =
  | {act: 'cancel'; order_id: string; request: Omit<CancelInput, 'until'>}
  | {act: 'change'; order_id: string; change_id: string; kind: 'hold' | 'release'};

const ATTEMPTS = 5;

/** Orders whose turn it is, in the order of the set; those that could not be decided come again after a while. */
export async function dueItems(
  {prisma}: StoreContext,
  {job_id, limit}: {job_id: string; limit: number},
): Promise<string[]> {
  const rows = await prisma.$queryRaw<{order_id: string}[]>`
    SELECT i.order_id FROM bulk_items i JOIN bulk_jobs j ON j.id = i.job_id
     WHERE i.job_id = ${job_id} AND j.state = 'running' AND i.state = 'waiting'
       AND (i.retry_at IS NULL OR i.retry_at <= now()) ORDER BY i.position LIMIT ${limit}`;
  return rows.map(({order_id}) => order_id);
}

/**
 * Takes an order's turn: from here on it may have been touched. What only the store does is done with it; otherwise says
 * what its run is to be asked, the same for every repeat. Null: nothing is left to do. An order that is not as it was
 * shown is refused.
 */
export async function claimItem(
  context: StoreContext,
  input: {job_id: string; order_id: string},
): Promise<BulkAsk | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact(context, (tx) => claimWithin(context, tx, input));
    } catch (error) {
      if (!(error instanceof StockLostError) || attempt >= ATTEMPTS) throw error;
    }
  }
}

async function claimWithin(
  context: StoreContext,
  tx: Tx,
  {job_id, order_id}: {job_id: string; order_id: string},
): Promise<BulkAsk | null> {
  const order = await lockOrder(tx, order_id);
  const job = await tx.bulk_jobs.findUniqueOrThrow({where: {id: job_id}});
  const [item] = await tx.$queryRaw<bulk_items[]>`
    SELECT * FROM bulk_items WHERE job_id = ${job_id} AND order_id = ${order_id} FOR UPDATE`;
  if (item?.state !== 'waiting' || item.version === null) return null;
  const where = {job_id_order_id: {job_id, order_id}};
  if (item.asked_at === null && order.last_seq !== item.version) {
    await tx.bulk_items.update({where, data: {state: 'refused', code: ORDER_CHANGED, settled_at: context.now()}});
    return null;
  }
  await tx.bulk_items.update({where, data: {asked_at: item.asked_at ?? context.now()}});
  return act(context, tx, job, order, item.version);
}

async function act(
  context: StoreContext,
  tx: Tx,
  job: bulk_jobs,
  order: orders,
  version: number,
): Promise<BulkAsk | null> {
  const {id: order_id} = order;
  if (job.kind === 'cancel') return {act: 'cancel', order_id, request: cancellationOf(job, order_id, version)};
  if (job.kind !== 'reallocate') {
    const {id: change_id} = await askWithin(context, tx, changeOf(job, order, version));
    return {act: 'change', order_id, change_id, kind: job.kind as 'hold' | 'release'};
  }
  const {refused} = await moveOrderWithin(context, tx, order, moveOf(job, order_id));
  await tx.bulk_items.update({
    where: {job_id_order_id: {job_id: job.id, order_id}},
    data: {state: refused ? 'refused' : 'done', code: refused, settled_at: context.now()},
  });
  return null;
}
