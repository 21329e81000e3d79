import {orderWorkflowId, subOrderWorkflowId} from '../domain/order/workflow-ids.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, stuck_steps} from './generated/client.ts';
import {queueSignal} from './queue-signal.ts';
import {type Actor, lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {recordDerived} from './record-derived.ts';
import {transact} from './transact.ts';

export interface StuckStep {
  order_id: string;
  /** null: a step of the order itself */
  sub_order_id: string | null;
  /** of a run beside the order's own */
  workflow_id?: string;
  step: string;
}

const idOf = ({order_id, sub_order_id, workflow_id, step}: StuckStep) =>
  `${workflow_id ?? sub_order_id ?? order_id}:${step}`;

const runOf = ({order_id, sub_order_id, workflow_id}: StuckStep) =>
  workflow_id ?? (sub_order_id ? subOrderWorkflowId(sub_order_id) : orderWorkflowId(order_id));

/** A step failed in a way that no repeat mends: the order waits for ops, by name. A repeat with the same code is none. */
export function reportStuck(context: StoreContext, input: StuckStep & {code: string}): Promise<void> {
  return transact(context, async (tx) => reportStuckWithin(context, tx, await lockOrder(tx, input.order_id), input));
}

/** The same inside a transaction that holds the order's lock. */
export async function reportStuckWithin(
  context: StoreContext,
  tx: Tx,
  order: orders,
  input: StuckStep & {code: string},
): Promise<void> {
  const {order_id, sub_order_id, step, code} = input;
  const workflow_id = runOf(input);
  const known = await tx.stuck_steps.findFirst({where: {id: idOf(input), code, resolved_at: null}});
  if (known) return;
  const row = {order_id, sub_order_id, workflow_id, step, code, since: context.now(), resolved_at: null};
  await tx.stuck_steps.upsert({where: {id: idOf(input)}, create: {id: idOf(input), ...row}, update: row});
  await recordDerived(context, tx, order, {type: 'order.stuck', by: SYSTEM, data: {step, code}, ...part(input)});
}

/** The step went through after all. A repeat changes nothing. */
export function clearStuck(context: StoreContext, input: StuckStep): Promise<void> {
  return transact(context, async (tx) => clearStuckWithin(context, tx, await lockOrder(tx, input.order_id), input));
}

/** The same inside a transaction that holds the order's lock. */
export async function clearStuckWithin(context: StoreContext, tx: Tx, order: orders, input: StuckStep): Promise<void> {
  const where = {id: idOf(input), resolved_at: null};
  const cleared = await tx.stuck_steps.updateMany({where, data: {resolved_at: context.now()}});
  if (cleared.count === 0) return;
  await recordDerived(context, tx, order, {
    type: 'order.unstuck',
    by: SYSTEM,
    data: {step: input.step},
    ...part(input),
  });
}

/** Asks every stuck step of the order to be tried again now; returns those asked, none when nothing is stuck. */
export function resumeOrder(
  context: StoreContext,
  input: {order_id: string; note: string; by: Actor; request_id: string},
): Promise<stuck_steps[]> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    const stuck = await tx.stuck_steps.findMany({
      where: {order_id: order.id, resolved_at: null},
      orderBy: [{since: 'asc'}, {id: 'asc'}],
    });
    for (const step of stuck) await ring(context, tx, step, input.request_id);
    const steps = stuck.map(({step, code}) => ({step, code}));
    if (stuck.length > 0) {
      await recordChange(context, tx, {
        order,
        type: 'order.resume_asked',
        by: input.by,
        data: {steps, reason: input.note},
        act: {subject: `resume:${input.request_id}`, to: 'resume asked'},
        note: input.note,
      });
    }
    return stuck;
  });
}

function ring(context: StoreContext, tx: Tx, {id, workflow_id}: stuck_steps, requestId: string): Promise<void> {
  const operation_id = `${id}:${requestId}`;
  return queueSignal(context, tx, {
    id: `resumed:${operation_id}`,
    workflow_id,
    name: 'resumed',
    payload: {operation_id},
  });
}

const part = ({sub_order_id}: StuckStep) => (sub_order_id ? {sub_order_id} : {});
