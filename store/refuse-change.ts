import {type ChangeOutcome, decideChange, outcomeOf} from './ask-change.ts';
import type {StoreContext, Tx} from './context.ts';
import type {order_changes, orders} from './generated/client.ts';
import {lockOrder, recordChange} from './record-change.ts';
import {transact} from './transact.ts';

/** Writes down that a change cannot be made, and why; one that is decided stays as it is. */
export function refuseChange(
  context: StoreContext,
  input: {change_id: string; refused: ChangeOutcome['refused']},
): Promise<ChangeOutcome> {
  return transact(context, async (tx) => {
    const {order_id} = await tx.order_changes.findUniqueOrThrow({where: {id: input.change_id}});
    const order = await lockOrder(tx, order_id);
    const change = await tx.order_changes.findUniqueOrThrow({where: {id: input.change_id}});
    return outcomeOf(change) ?? refuseChangeWithin(context, tx, order, change, input.refused);
  });
}

/** The same inside a transaction that holds the order's lock. */
export async function refuseChangeWithin(
  context: StoreContext,
  tx: Tx,
  order: orders,
  change: order_changes,
  refused: ChangeOutcome['refused'],
): Promise<ChangeOutcome> {
  const outcome: ChangeOutcome = {state: 'refused', applied: [], refused};
  await decideChange(context, tx, change, outcome);
  const {id: change_id, kind, actor, role, reason} = change;
  await recordChange(context, tx, {
    order,
    type: 'order.change_refused',
    by: {actor, role},
    data: {change_id, kind, reason: refused[0]?.code ?? 'refused'},
    act: {subject: `change:${change_id}`, to: `${kind} refused`},
    note: reason,
  });
  return outcome;
}
