import {readyForWalks} from '../domain/picking/shortest-walk.ts';
import {visitOrder} from '../domain/picking/visit-order.ts';
import {serpentine, type WalkStop} from '../domain/warehouse/walk.ts';
import type {Tx} from './context.ts';
import {readLayout} from './read-layout.ts';

/** The stops in the order of the shortest walk over the floor of the warehouse; in serpentine order on an unknown one. */
export async function orderStops<T extends WalkStop>(tx: Tx, warehouse: string, stops: readonly T[]): Promise<T[]> {
  if (stops.length < 2) return [...stops];
  const known = await readLayout(tx, warehouse);
  if (!known) return serpentine(stops);
  const bins = await binDepths(
    tx,
    warehouse,
    stops.map(({bin}) => bin),
  );
  return visitOrder(readyForWalks(known.layout), stops, ({bin}) => bins.get(bin) ?? null);
}

/** y of each bin that is placed on the floor, in millimetres. */
export async function binDepths(tx: Tx, warehouse: string, bins: readonly string[]): Promise<Map<string, number>> {
  const placed = await tx.bins.findMany({
    where: {warehouse_id: warehouse, bin: {in: [...new Set(bins)]}},
    select: {bin: true, y_mm: true},
  });
  return new Map(placed.map(({bin, y_mm}) => [bin, y_mm]));
}
