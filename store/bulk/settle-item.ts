import {bulkRequestId} from '../../domain/ops/bulk.ts';
import {isTerminal, type OrderStatus} from '../../domain/order/status.ts';
import {type ChangeOutcome, outcomeOf} from '../ask-change.ts';
import type {CancelOutcome} from '../cancel-lines.ts';
import type {StoreContext, Tx} from '../context.ts';
import type {order_changes} from '../generated/client.ts';
import {lockOrder} from '../record-change.ts';
import {refuseChangeWithin} from '../refuse-change.ts';
import {transact} from '../transact.ts';
import {endBulk, lockBulk} from './lock-bulk.ts';

/** What an order's run said. */
export type RunAnswer =
  | {kind: 'cancel'; result: CancelOutcome}
  | {kind: 'change'; outcome: ChangeOutcome}
  /** no run of the order is open: it has ended, perhaps by this very act */
  | {kind: 'no_run'}
  /** it did not answer in time, or could not: what it does in the end is not known yet */
  | {kind: 'undecided'};

/** An order whose run answers nothing is asked less and less often, at last so seldom; seconds of real time. */
const RARELY = 60;

export interface ItemAnswer {
  job_id: string;
  order_id: string;
  answer: RunAnswer;
}

/** Writes down what became of an order, once. What is not decided yet comes again. */
export function settleItem(context: StoreContext, {job_id, order_id, answer}: ItemAnswer): Promise<void> {
  return transact(context, async (tx) => {
    const end = answer.kind === 'no_run' ? await withoutRun(context, tx, job_id, order_id) : endOf(answer);
    if (end) {
      await tx.bulk_items.updateMany({
        where: {job_id, order_id, state: 'waiting'},
        data: {...end, settled_at: context.now()},
      });
      return;
    }
    await tx.$executeRaw`UPDATE bulk_items SET attempts = attempts + 1,
        retry_at = now() + make_interval(secs => LEAST(${RARELY}::int, 0.25 * power(2, LEAST(attempts, 10))))
      WHERE job_id = ${job_id} AND order_id = ${order_id} AND state = 'waiting'`;
  });
}

interface ItemEnd {
  state: 'done' | 'refused';
  /** done: why a part of it stayed as it was */
  code: string | null;
}

function endOf(answer: RunAnswer): ItemEnd | null {
  if (answer.kind === 'cancel') return cancelEnd(answer.result);
  if (answer.kind === 'change') return changeEnd(answer.outcome);
  return null;
}

function cancelEnd({cancelled, refused}: CancelOutcome): ItemEnd {
  const code = refused[0]?.code ?? null;
  return cancelled.length > 0 ? {state: 'done', code} : {state: 'refused', code: code ?? 'already_cancelled'};
}

function changeEnd({state, refused}: ChangeOutcome): ItemEnd {
  const code = refused[0]?.code ?? null;
  return state === 'applied' ? {state: 'done', code} : {state: 'refused', code: code ?? 'order_ended'};
}

/** The store's own word: the answer of an attempt that was cut off, else that the order has ended. */
async function withoutRun(context: StoreContext, tx: Tx, jobId: string, orderId: string): Promise<ItemEnd | null> {
  const request_id = bulkRequestId(jobId, orderId);
  const order = await lockOrder(tx, orderId);
  const answered = await tx.decisions.findUnique({where: {id: `cancel:${request_id}`}});
  if (answered) return cancelEnd(answered.output as unknown as CancelOutcome);
  const change: order_changes | null = await tx.order_changes.findUnique({where: {request_id}});
  const outcome = change && outcomeOf(change);
  if (outcome) return changeEnd(outcome);
  if (!isTerminal(order.status as OrderStatus)) return null;
  const refused = [{code: 'order_ended'}];
  if (change) return changeEnd(await refuseChangeWithin(context, tx, order, change, refused));
  return {state: 'refused', code: 'order_ended'};
}

/** How many orders of the act wait still; with the last of them it ends. */
export function finishBulk(context: StoreContext, {job_id}: {job_id: string}): Promise<{left: number}> {
  return transact(context, async (tx) => {
    const job = await lockBulk(tx, job_id);
    const left = await tx.bulk_items.count({where: {job_id, state: 'waiting'}});
    if (job?.state !== 'running' || left > 0) return {left};
    const skipped = await tx.bulk_items.count({where: {job_id, state: 'skipped'}});
    await endBulk(context, tx, job_id, skipped > 0 ? 'stopped' : 'done');
    return {left};
  });
}
