import {WorkflowNotFoundError, WorkflowUpdateRPCTimeoutOrCancelledError} from '@temporalio/client';
import type {orders} from '../store/generated/client.ts';
import {offerMethod} from '../store/offer-method.ts';
import {orderWorkflowId, payUpdate} from '../workflows/messages.ts';
import type {payOrder as contract} from './contract/payment.ts';
import {Problem} from './errors.ts';
import {requireKey} from './idempotency.ts';
import {orderAnswer, undecidedAnswer} from './order-answer.ts';
import {requestHash} from './request-hash.ts';
import type {Answer, Call} from './route.ts';
import type {Placing} from './start-order.ts';
import {isUnheard, untilHeard} from './until-heard.ts';

type PayCall = Call<typeof contract.params, null, typeof contract.body>;

/** Keeps the method, so that it counts whatever becomes of this process, and waits for what the order's run makes of it. */
export async function payOrder(call: PayCall, order: orders): Promise<Answer> {
  const {deps, caller, body} = call;
  const offer_id = requestHash('pay', caller.client_id, requireKey(call.idempotencyKey)).slice(0, 32);
  const by = {actor: caller.client_id, role: caller.role};
  const {outcome} = await offerMethod(deps.store, {order_id: order.id, offer_id, method: body.payment_method, by});
  if (outcome === 'not_awaited') {
    const members = {order_id: order.id, status: order.status};
    throw new Problem('payment_not_awaited', 'this order waits for no payment', {members});
  }
  const verdict = await deps.turns.cancels.take([order.id], () => askRun(call, order, offer_id));
  return verdict.kind === 'none' ? undecidedAnswer(deps, order.id) : orderAnswer(deps, order.id, verdict);
}

/** `none`: not decided yet, the stored order tells how far it is. */
async function askRun({deps}: PayCall, {id}: orders, offer_id: string): Promise<Placing> {
  const handle = deps.temporal.workflow.getHandle(orderWorkflowId(id));
  try {
    const deadline = Date.now() + deps.verdictWait;
    const verdict = await deps.temporal.withDeadline(deadline, () =>
      untilHeard(deadline, () => handle.executeUpdate(payUpdate, {args: [{offer_id}], updateId: `pay:${offer_id}`})),
    );
    return verdict.kind === 'late' ? {kind: 'closed'} : verdict;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return {kind: 'closed'};
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isUnheard(error)) return {kind: 'none'};
    throw error;
  }
}
