import {orderWorkflowId, subOrderWorkflowId} from '../domain/order/workflow-ids.ts';
import type {StoreContext, Tx} from './context.ts';
import {toJson} from './record-change.ts';

/** Signals a transaction wants sent; they are sent after it committed, by whoever comes first, until they arrive. */
export async function queueSignal(
  context: StoreContext,
  tx: Tx,
  signal: {id: string; workflow_id: string; name: string; payload: Record<string, unknown>},
): Promise<void> {
  await tx.$executeRaw`INSERT INTO workflow_signals (id, workflow_id, name, payload, created_at, attempts)
    VALUES (${signal.id}, ${signal.workflow_id}, ${signal.name}, ${toJson(signal.payload)}::jsonb, ${context.now()}, 0)
    ON CONFLICT (id) DO NOTHING`;
}

/** Tells a sub-order's run that something it waits for has happened. */
export function tellSubOrder(
  context: StoreContext,
  tx: Tx,
  subOrderId: string,
  name: 'picked' | 'packed' | 'dispatched' | 'delivered' | 'returned' | 'cancelled' | 'stocked' | 'acknowledged',
  operationId: string,
  parcelId?: string,
): Promise<void> {
  const payload = {operation_id: operationId, ...(parcelId ? {parcel_id: parcelId} : {})};
  return queueSignal(context, tx, {
    id: `${name}:${operationId}`,
    workflow_id: subOrderWorkflowId(subOrderId),
    name,
    payload,
  });
}

/** Tells an order's run something that only it can act on. */
export function tellOrder(
  context: StoreContext,
  tx: Tx,
  orderId: string,
  name: 'reviewDecided' | 'shortPicked' | 'holdChanged' | 'holdMoved' | 'methodGiven' | 'fulfilled' | 'stockArrived',
  id: string,
  payload: Record<string, unknown>,
): Promise<void> {
  return queueSignal(context, tx, {id: `${name}:${id}`, workflow_id: orderWorkflowId(orderId), name, payload});
}
