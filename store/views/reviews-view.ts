import type {StoreContext} from '../context.ts';
import type {orders, reviews} from '../generated/client.ts';
import {type CustomerProfile, openMany} from '../personal-data.ts';
import {type MoneyView, money, type Page, readTimeCursor, time, toPage} from './shapes.ts';

export interface ReviewView {
  review_id: string;
  order_id: string;
  number: string;
  total: MoneyView;
  state: string;
  score: number;
  reasons: unknown;
  opened_at: string;
  deadline: string;
  /** who must decide it: support, and ops when that took too long */
  owner: string;
  escalated_at: string | null;
  decided_at: string | null;
  decided_by: string | null;
  note: string | null;
}

/** In the queue it says whose order it is; an answer to a decision is kept, and keeps nobody's name. */
export interface ListedReview extends ReviewView {
  name: string | null;
}

interface ReviewOptions {
  state?: string | undefined;
  escalated?: boolean | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** Reviews, the one that has to be decided first on top. */
export async function listReviews(context: StoreContext, options: ReviewOptions): Promise<Page<ListedReview>> {
  const last = readTimeCursor(options.cursor);
  const rows = await context.prisma.reviews.findMany({
    where: {
      ...(options.state ? {state: options.state} : {}),
      ...(options.escalated === undefined ? {} : {escalated_at: options.escalated ? {not: null} : null}),
      ...(last ? {OR: [{deadline: {gt: last.at}}, {deadline: last.at, id: {gt: last.id}}]} : {}),
    },
    orderBy: [{deadline: 'asc'}, {id: 'asc'}],
    take: options.limit + 1,
  });
  const known = await ordersOf(context, rows);
  const names = await namesOf(context, [...known.values()]);
  return toPage(
    rows,
    options.limit,
    (row) => ({...toView(row, known), name: names.get(row.order_id) ?? null}),
    (row) => [row.deadline.toISOString(), row.id],
  );
}

export async function readReview(context: StoreContext, id: string): Promise<ReviewView | null> {
  const row = await context.prisma.reviews.findUnique({where: {id}});
  return row && toView(row, await ordersOf(context, [row]));
}

async function ordersOf(context: StoreContext, rows: readonly reviews[]): Promise<Map<string, orders>> {
  const found = await context.prisma.orders.findMany({where: {id: {in: rows.map((row) => row.order_id)}}});
  return new Map(found.map((order) => [order.id, order]));
}

/** Of the customers, by order. */
async function namesOf(context: StoreContext, found: readonly orders[]): Promise<Map<string, string>> {
  const opened = await openMany(context, [...new Set(found.map(({customer_id}) => `customer:${customer_id}`))]);
  return new Map(
    found.flatMap(({id, customer_id}) => {
      const profile = opened.get(`customer:${customer_id}`)?.get('profile') as CustomerProfile | undefined;
      return profile ? [[id, profile.name] as const] : [];
    }),
  );
}

function toView(row: reviews, known: ReadonlyMap<string, orders>): ReviewView {
  const order = known.get(row.order_id);
  return {
    review_id: row.id,
    order_id: row.order_id,
    number: order?.number ?? '',
    total: money(order?.total_amount ?? 0n, order?.currency ?? ''),
    state: row.state,
    score: row.score,
    reasons: row.reasons,
    opened_at: row.opened_at.toISOString(),
    deadline: row.deadline.toISOString(),
    owner: row.escalated_at === null ? 'support' : 'ops',
    escalated_at: time(row.escalated_at),
    decided_at: time(row.decided_at),
    decided_by: row.decided_by,
    note: row.note,
  };
}
