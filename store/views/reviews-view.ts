import type {StoreContext} from '../context.ts';
import type {reviews} from '../generated/client.ts';
import {type Page, readTimeCursor, time, toPage} from './shapes.ts';

export interface ReviewView {
  review_id: string;
  order_id: string;
  number: string;
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

interface ReviewOptions {
  state?: string | undefined;
  escalated?: boolean | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** Reviews, the one that has to be decided first on top. */
export async function listReviews(context: StoreContext, options: ReviewOptions): Promise<Page<ReviewView>> {
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
  const numbers = await numbersOf(context, rows);
  return toPage(
    rows,
    options.limit,
    (row) => toView(row, numbers),
    (row) => [row.deadline.toISOString(), row.id],
  );
}

export async function readReview(context: StoreContext, id: string): Promise<ReviewView | null> {
  const row = await context.prisma.reviews.findUnique({where: {id}});
  return row && toView(row, await numbersOf(context, [row]));
}

async function numbersOf(context: StoreContext, rows: readonly reviews[]): Promise<Map<string, string>> {
  const ids = rows.map((row) => row.order_id);
  const orders = await context.prisma.orders.findMany({where: {id: {in: ids}}, select: {id: true, number: true}});
  return new Map(orders.map((order) => [order.id, order.number]));
}

function toView(row: reviews, numbers: Map<string, string>): ReviewView {
  return {
    review_id: row.id,
    order_id: row.order_id,
    number: numbers.get(row.order_id) ?? '',
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
