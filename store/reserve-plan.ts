import type {StoreContext, Tx} from './context.ts';
import {promiseAtSuppliers} from './promise-supply.ts';
import {type Placement, reserveUnits, StockLostError} from './place-units.ts';
import {passHolds} from './quote-holds.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';
import {lockQueues} from './waiting-lines.ts';

export type ReserveResult = {outcome: 'reserved'} | {outcome: 'lost'; sku: string};

/** Promises the planned units to the order, all or none. A repeat finds them promised already. */
export async function reservePlan(
  context: StoreContext,
  input: {order_id: string; decision_id: string},
): Promise<ReserveResult> {
  try {
    return await transact(context, async (tx) => {
      const order = await lockOrder(tx, input.order_id);
      if (await isReserved(tx, order.id)) return {outcome: 'reserved' as const};
      const placement = await readPlacement(tx, input.decision_id);
      await lockQueues(
        tx,
        placement.backordered.map((b) => b.sku),
      );
      const {quote_id} = order;
      const left = quote_id === null ? placement : await passHolds(context, tx, order, quote_id, placement);
      await reserveUnits(context, tx, order, left);
      await promiseAtSuppliers(context, tx, order, placement.supplied ?? []);
      const backordered = placement.backordered.reduce((a, b) => a + b.qty, 0);
      await recordChange(context, tx, {order, type: 'order.stock_reserved', by: SYSTEM, data: {...input, backordered}});
      return {outcome: 'reserved' as const};
    });
  } catch (error) {
    if (error instanceof StockLostError) return {outcome: 'lost', sku: error.sku};
    throw error;
  }
}

async function isReserved(tx: Tx, orderId: string): Promise<boolean> {
  return (await tx.order_lines.count({where: {order_id: orderId, unallocated: {gt: 0}}})) === 0;
}

export async function readPlacement(tx: Tx, decisionId: string): Promise<Placement> {
  const decision = await tx.decisions.findUniqueOrThrow({where: {id: decisionId}});
  return decision.output as unknown as Placement;
}
