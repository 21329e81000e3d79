import {assertStageMove, type Stage} from '../domain/order/stage.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, sub_orders} from './generated/client.ts';
import type {Actor} from './record-change.ts';
import {recordDerived} from './record-derived.ts';

export interface StageMove {
  to: Stage;
  by: Actor;
  data?: Record<string, unknown>;
  note?: string;
  /** further columns of the sub-order that change with the stage */
  columns?: Partial<
    Pick<
      sub_orders,
      | 'carrier'
      | 'service'
      | 'estimated_pickup'
      | 'estimated_delivery'
      | 'note'
      | 'source_kind'
      | 'source_id'
      | 'waits_until'
    >
  >;
}

/** Moves a sub-order to its next stage and everything that follows from it: status, wait, milestones of the order. */
export async function advanceSubOrder(
  context: StoreContext,
  tx: Tx,
  order: orders,
  sub: sub_orders,
  move: StageMove,
): Promise<orders> {
  assertStageMove(sub.stage as Stage, move.to, sub.source_kind);
  const done = await tx.sub_orders.updateMany({
    where: {id: sub.id, stage: sub.stage},
    data: {...move.columns, stage: move.to, updated_at: context.now()},
  });
  if (done.count !== 1) throw new Error(`sub-order ${sub.id} is no longer ${sub.stage}`);
  return recordDerived(context, tx, order, {
    type: `sub_order.${move.to.toLowerCase()}`,
    by: move.by,
    sub_order_id: sub.id,
    stage: {from: sub.stage, to: move.to},
    ...(move.data ? {data: move.data} : {}),
    ...(move.note ? {note: move.note} : {}),
  });
}
