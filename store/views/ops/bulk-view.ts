import {type BulkEffect, type BulkKind, type BulkState, isBulkEnded} from '../../../domain/ops/bulk.ts';
import type {StoreContext} from '../../context.ts';
import type {bulk_jobs} from '../../generated/client.ts';
import {type Page, time, toPage} from '../shapes.ts';

export interface BulkView {
  bulk_id: string;
  kind: BulkKind;
  state: BulkState;
  chosen_by: unknown;
  reason: string;
  until: string | null;
  unpick: boolean;
  away_from: string | null;
  undoes: string | null;
  undone_by: string[];
  /** holds that it made, and which no undoing has released or is about to */
  can_undo: number;
  asked_by: string;
  confirmed_by: string | null;
  stopped_by: string | null;
  created_at: string;
  confirmed_at: string | null;
  /** until when it may be confirmed */
  expires_at: string | null;
  ended_at: string | null;
  orders: number;
  shown: number;
  possible: number | null;
  effect: BulkEffect | null;
  counts: Record<ItemState, number>;
  refusals: {code: string; orders: number}[];
}

type ItemState = 'waiting' | 'done' | 'refused' | 'skipped';

interface Tally {
  job_id: string;
  state: ItemState;
  code: string | null;
  orders: number;
  shown: number;
}

/** One act with where its orders stand; null: there is none. */
export async function readBulk(context: StoreContext, id: string): Promise<BulkView | null> {
  const job = await context.prisma.bulk_jobs.findUnique({where: {id}});
  return job ? ((await viewsOf(context, [job]))[0] ?? null) : null;
}

/** The latest acts, newest first. */
export async function listBulks(context: StoreContext, limit: number): Promise<BulkView[]> {
  const jobs = await context.prisma.bulk_jobs.findMany({orderBy: [{created_at: 'desc'}, {id: 'desc'}], take: limit});
  return viewsOf(context, jobs);
}

async function viewsOf({prisma}: StoreContext, jobs: readonly bulk_jobs[]): Promise<BulkView[]> {
  const ids = jobs.map(({id}) => id);
  const [tallies, undoings, undoable] = await Promise.all([
    prisma.$queryRaw<Tally[]>`SELECT job_id, state, code, count(*)::int AS orders, count(version)::int AS shown
      FROM bulk_items WHERE job_id = ANY(${ids}) GROUP BY job_id, state, code`,
    prisma.bulk_jobs.findMany({
      where: {undoes: {in: ids}},
      orderBy: {created_at: 'asc'},
      select: {id: true, undoes: true},
    }),
    prisma.$queryRaw<{job_id: string; orders: number}[]>`
      SELECT i.job_id, count(*)::int AS orders FROM bulk_items i JOIN bulk_jobs j ON j.id = i.job_id AND j.kind = 'hold'
       WHERE i.job_id = ANY(${ids}) AND i.state = 'done' AND NOT EXISTS (
         SELECT FROM bulk_jobs u JOIN bulk_items r ON r.job_id = u.id
          WHERE u.undoes = i.job_id AND r.order_id = i.order_id AND r.state IN ('waiting', 'done'))
       GROUP BY i.job_id`,
  ]);
  return jobs.map((job) => {
    const own = tallies.filter(({job_id}) => job_id === job.id);
    const undone_by = undoings.filter(({undoes}) => undoes === job.id).map(({id}) => id);
    const held = undoable.find(({job_id}) => job_id === job.id)?.orders ?? 0;
    return {...viewOf(job, own), undone_by, can_undo: isBulkEnded(job.state as BulkState) ? held : 0};
  });
}

function viewOf(job: bulk_jobs, tallies: readonly Tally[]): Omit<BulkView, 'undone_by' | 'can_undo'> {
  const {
    id: bulk_id,
    reason,
    unpick,
    away_from,
    undoes,
    actor: asked_by,
    confirmed_by,
    stopped_by,
    orders,
    possible,
  } = job;
  const counts = {waiting: 0, done: 0, refused: 0, skipped: 0};
  for (const tally of tallies) counts[tally.state] += tally.orders;
  const refused = tallies.filter(({state}) => state === 'refused');
  return {
    ...{bulk_id, reason, unpick, away_from, undoes, asked_by, confirmed_by, stopped_by, orders, possible, counts},
    kind: job.kind as BulkKind,
    state: job.state as BulkState,
    chosen_by: job.filter,
    until: time(job.hold_until),
    created_at: job.created_at.toISOString(),
    confirmed_at: time(job.confirmed_at),
    expires_at: time(job.expires_at),
    ended_at: time(job.ended_at),
    shown: tallies.reduce((sum, tally) => sum + tally.shown, 0),
    effect: job.effect as unknown as BulkEffect | null,
    refusals: refused
      .map(({code, orders: count}) => ({code: code ?? '', orders: count}))
      .sort((a, b) => b.orders - a.orders || (a.code < b.code ? -1 : 1)),
  };
}

export interface BulkOrderView {
  order_id: string;
  number: string;
  status: string;
  state: ItemState;
  /** why it was refused; of one that was done: why a part of it stayed as it was */
  code: string | null;
  effect: BulkEffect | null;
  settled_at: string | null;
}

export interface BulkOrdersOptions {
  state?: ItemState | undefined;
  code?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** The orders of an act, in the order in which they are taken. */
export async function readBulkOrders(
  {prisma}: StoreContext,
  jobId: string,
  {state, code, limit, cursor}: BulkOrdersOptions,
): Promise<Page<BulkOrderView>> {
  const after = Number.parseInt(cursor ?? '', 10) || 0;
  const where = {job_id: jobId, position: {gt: after}, ...(state && {state}), ...(code && {code})};
  const items = await prisma.bulk_items.findMany({where, orderBy: {position: 'asc'}, take: limit + 1});
  const rows = await prisma.orders.findMany({
    where: {id: {in: items.map(({order_id}) => order_id)}},
    select: {id: true, number: true, status: true},
  });
  const orders = new Map(rows.map((row) => [row.id, row]));
  const {items: views, next} = toPage(
    items,
    limit,
    (item): BulkOrderView => ({
      order_id: item.order_id,
      number: orders.get(item.order_id)?.number ?? item.order_id,
      status: orders.get(item.order_id)?.status ?? '',
      state: item.state as ItemState,
      code: item.code,
      effect: item.effect as unknown as BulkEffect | null,
      settled_at: time(item.settled_at),
    }),
    () => [],
  );
  return {items: views, next: next === null ? null : String(items[limit - 1]?.position ?? '')};
}
