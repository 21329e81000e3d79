import type {StoreContext} from './context.ts';

/** Orders accepted whose run never started, older than `before`. */
export async function ordersWithoutRun(context: StoreContext, before: Date, limit: number): Promise<string[]> {
  const rows = await context.prisma.orders.findMany({
    where: {status: 'pending', placed_at: {lt: before}},
    orderBy: {placed_at: 'asc'},
    take: limit,
    select: {id: true},
  });
  return rows.map((r) => r.id);
}

/** Parcels on the road of which nothing was heard since `before`: their trackers are asked. */
export function silentParcels(
  context: StoreContext,
  before: Date,
  limit: number,
): Promise<{id: string; tracker_ref: string | null; tracking_number: string | null}[]> {
  return context.prisma.parcels.findMany({
    where: {handed_over_at: {not: null}, ended_at: null, status_at: {lt: before}, tracker_ref: {not: null}},
    orderBy: {status_at: 'asc'},
    take: limit,
    select: {id: true, tracker_ref: true, tracking_number: true},
  });
}
