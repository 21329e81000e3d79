import type {Tx} from './context.ts';

/**
 * Takes units out of the open reservations of a sub-order's line; a reservation that becomes empty is closed as
 * `committed` (shipped) or `released`. Throws when fewer units are reserved than asked for.
 */
export async function takeFromReservation(
  tx: Tx,
  take: {sub_order_id: string; line_id: string; warehouse_id: string; qty: number; end: 'committed' | 'released'},
): Promise<void> {
  const open = await tx.reservations.findMany({
    where: {sub_order_id: take.sub_order_id, line_id: take.line_id, warehouse_id: take.warehouse_id, state: 'open'},
    orderBy: {id: 'asc'},
  });
  let left = take.qty;
  for (const r of open) {
    const part = Math.min(left, r.qty);
    if (part === 0) break;
    const rest = r.qty - part;
    await tx.reservations.update({where: {id: r.id}, data: {qty: rest, ...(rest === 0 ? {state: take.end} : {})}});
    left -= part;
  }
  if (left > 0) throw new Error(`only ${take.qty - left} of ${take.qty} units are reserved for ${take.sub_order_id}`);
}
