import {returnWorkflowId} from '../domain/order/workflow-ids.ts';
import {assertReturnMove, isReturnEnded, type ReturnState} from '../domain/returns/state.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, Prisma, returns} from './generated/client.ts';
import {clearOverdue} from './overdue-return.ts';
import {queueSignal} from './queue-signal.ts';
import {type Actor, recordChange} from './record-change.ts';

export interface ReturnMove {
  to: ReturnState;
  by: Actor;
  /** further columns of the return */
  columns?: Prisma.returnsUncheckedUpdateManyInput;
  data?: Record<string, unknown>;
  note?: string;
  /** the return's run does not know yet */
  tell?: true;
}

/**
 * The one way a return moves: its row, the order's event and the audit row, in a transaction that holds the order's
 * lock. Returns both as they are now.
 */
export async function moveReturn(
  context: StoreContext,
  tx: Tx,
  order: orders,
  found: returns,
  move: ReturnMove,
): Promise<{order: orders; found: returns}> {
  assertReturnMove(found.state as ReturnState, move.to);
  const at = context.now();
  const rows = await tx.returns.updateManyAndReturn({
    where: {id: found.id, state: found.state},
    data: {
      ...move.columns,
      state: move.to,
      updated_at: at,
      state_since: at,
      overdue_at: null,
      ...(isReturnEnded(move.to) ? {ended_at: at} : {}),
    },
  });
  const row = rows[0];
  if (!row) throw new Error(`return ${found.id} is no longer ${found.state}`);
  const change = {
    type: `order.return_${move.to}`,
    by: move.by,
    stage: {from: found.state, to: move.to},
    subject: found.id,
    data: {...move.data, return_id: found.id},
    ...(move.note ? {note: move.note} : {}),
  };
  const moved = await recordChange(context, tx, {...change, order});
  const current = await clearOverdue(context, tx, moved, found);
  if (move.tell) await tellReturn(context, tx, found.id, `${found.id}:${move.to}`);
  return {order: current, found: row};
}

/** Wakes the return's run: something about it has changed. */
function tellReturn(context: StoreContext, tx: Tx, returnId: string, operation: string): Promise<void> {
  return queueSignal(context, tx, {
    id: `returnMoved:${operation}`,
    workflow_id: returnWorkflowId(returnId),
    name: 'returnMoved',
    payload: {operation_id: operation},
  });
}
