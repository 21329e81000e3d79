import {type Count, countBin} from './count-bin.ts';
import type {CorrectionResult} from './correct-stock.ts';
import type {StoreContext} from './context.ts';
import {transact} from './transact.ts';
import {lockQueues, settleEarmarks} from './waiting-lines.ts';

/** What another system says of a bin, and how many units of the warehouse must never be promised. */
export async function feedStock(
  context: StoreContext,
  {on_hand, safety_stock, ...feed}: Omit<Count, 'counted'> & {on_hand: number; safety_stock?: number},
): Promise<CorrectionResult> {
  const result = await countBin(context, {...feed, counted: on_hand, reference: `feed:${feed.reference}`});
  if (result.outcome === 'booked' && safety_stock !== undefined) {
    await setSafety(context, feed.warehouse, feed.sku, safety_stock);
  }
  return result;
}

function setSafety(context: StoreContext, warehouse_id: string, sku: string, safety_stock: number): Promise<void> {
  return transact(context, async (tx) => {
    await lockQueues(tx, [sku]);
    await tx.stock.updateMany({where: {warehouse_id, sku}, data: {safety_stock}});
    await settleEarmarks(tx, [sku]);
  });
}
