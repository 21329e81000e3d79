import type {StoreContext, Tx} from './context.ts';
import {newId} from './ids.ts';
import {assignBins, placeOf} from './bins.ts';

/**
 * Sends a picker to other bins for units of a stop; returns how many no other bin has. The caller holds the order's lock
 * and the stock row.
 */
export async function shiftStop(context: StoreContext, tx: Tx, stopId: string, qty: number): Promise<number> {
  const stop = await tx.task_stops.findUniqueOrThrow({where: {id: stopId}});
  const {warehouse_id} = await tx.tasks.findUniqueOrThrow({where: {id: stop.task_id}});
  const bins = (await assignBins(tx, warehouse_id, stop.sku, qty, stop.bin)).filter((bin) => bin.known);
  const found = bins.reduce((sum, bin) => sum + bin.qty, 0);
  if (found === 0) return qty;
  await tx.$executeRaw`UPDATE task_stops SET qty = qty - ${found} WHERE id = ${stop.id}`;
  await tx.$executeRaw`UPDATE stock_bins SET assigned = assigned - ${found}
    WHERE warehouse_id = ${warehouse_id} AND sku = ${stop.sku} AND bin = ${stop.bin}`;
  const last = await tx.task_stops.count({where: {task_id: stop.task_id}});
  for (const [i, bin] of bins.entries()) {
    // it stays in its tour, and comes where the first bin came
    const {sku, barcode, name, line_id, task_id, tour_id, tour_position, tote} = stop;
    const place = await placeOf(tx, warehouse_id, bin.bin);
    await tx.task_stops.create({
      data: {
        id: newId('stp', context.now()),
        task_id,
        position: last + i + 1,
        ...place,
        sku,
        barcode,
        name,
        line_id,
        tour_id,
        tour_position,
        tote,
        qty: bin.qty,
      },
    });
  }
  return qty - found;
}
