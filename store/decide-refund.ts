import type {StoreContext, Tx} from './context.ts';
import type {orders, refunds} from './generated/client.ts';
import {type Actor, lockOrder, recordChange} from './record-change.ts';
import {queueRefund} from './request-refund.ts';
import {endRefundRun, tellRefund} from './settle-refund.ts';
import {transact} from './transact.ts';

export interface RefundDecision {
  refund_id: string;
  decision: 'approve' | 'reject';
  note: string;
  by: Actor;
}

/** What may be decided on: an approval is awaited, or it failed and somebody gives it up. */
const OPEN = {approve: ['awaiting_approval'], reject: ['awaiting_approval', 'failed']};

/**
 * A second person decides on what a first one asked for: on all of the request, which may come from several captures.
 * Whoever asked may take it back, but never approve it. A refund that failed can be given up.
 */
export function decideRefund(
  context: StoreContext,
  input: RefundDecision,
): Promise<'decided' | 'decided_before' | 'same_person' | 'unknown'> {
  return transact(context, async (tx) => {
    const named = await tx.refunds.findUnique({where: {id: input.refund_id}});
    if (!named) return 'unknown';
    let order = await lockOrder(tx, named.order_id);
    const {request_id, kind} = named;
    const rows = await tx.refunds.findMany({where: {order_id: order.id, request_id, kind}, orderBy: {id: 'asc'}});
    const current = rows.find(({id}) => id === named.id);
    if (!current || !OPEN[input.decision].includes(current.state)) return 'decided_before';
    if (input.decision === 'approve' && current.requested_by === input.by.actor) return 'same_person';
    for (const row of rows.filter(({state}) => state === current.state)) {
      order = await decideRow(context, tx, order, row, input);
    }
    return 'decided';
  });
}

async function decideRow(
  context: StoreContext,
  tx: Tx,
  order: orders,
  row: refunds,
  {decision, note, by}: RefundDecision,
): Promise<orders> {
  const decided = {decided_by: by.actor, decided_role: by.role, note, updated_at: context.now()};
  const state = decision === 'approve' ? 'requested' : 'rejected';
  const after = await tx.refunds.update({where: {id: row.id}, data: {...decided, state}});
  if (decision === 'approve') await queueRefund(context, tx, order, row.id);
  else if (row.state === 'failed') {
    await tellRefund(context, tx, after);
    await endRefundRun(context, tx, row.id);
  }
  const type = decision === 'approve' ? 'order.refund_approved' : 'order.refund_rejected';
  const data = {refund_id: row.id, amount: row.amount, kind: row.kind};
  const act = {subject: row.id, to: decision === 'approve' ? 'refund approved' : 'refund rejected'};
  return recordChange(context, tx, {order, type, by, data, act, note});
}
