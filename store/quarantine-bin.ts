import type {StoreContext, Tx} from './context.ts';
import {newId} from './ids.ts';

/** Asks for a bin to be counted, and sends nobody there until it was. One open task for a bin. */
export async function quarantineBin(
  context: StoreContext,
  tx: Tx,
  bin: {warehouse_id: string; sku: string; bin: string},
  reason: string,
): Promise<void> {
  const known = await tx.stock_bins.updateMany({where: bin, data: {quarantined: true}});
  if (known.count === 0) return;
  const at = context.now();
  const open = await tx.count_tasks.findFirst({where: {...bin, state: 'open'}});
  if (open) return;
  await tx.count_tasks.create({data: {id: newId('cnt', at), ...bin, state: 'open', reason, created_at: at}});
}
