import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import {isTerminal, type OrderStatus} from '../domain/order/status.ts';
import {readRunFacts} from '../store/views/run-facts.ts';
import {orderStart, placeUpdate, type Verdict} from '../workflows/messages.ts';
import type {ApiDeps} from './deps.ts';
import {untilHeard} from './until-heard.ts';

/** `none`: no verdict in time, or Temporal cannot be asked; `closed`: the run has ended already. */
export type Placing = Verdict | {kind: 'none'} | {kind: 'closed'};

/**
 * Starts the run of a stored order, or joins it, and waits for its verdict. The same update id every time: however
 * often it is asked, the run decides once.
 */
export async function startOrder(deps: ApiDeps, orderId: string): Promise<Placing> {
  const facts = await readRunFacts(deps.store, orderId);
  // Temporal forgets closed runs after a while and would start a second one
  if (isTerminal(facts.order.status as OrderStatus)) return {kind: 'closed'};
  const client = deps.temporal;
  // a fresh one for each call, as the client asks for
  const operation = () =>
    new WithStartWorkflowOperation('orderWorkflow', {
      ...orderStart(facts, deps.clock, deps.taskQueue),
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
  const deadline = Date.now() + deps.verdictWait;
  try {
    return await client.withDeadline(deadline, () =>
      untilHeard(deadline, () =>
        client.workflow.executeUpdateWithStart(placeUpdate, {
          updateId: `${orderId}:place`,
          args: [],
          startWorkflowOperation: operation(),
        }),
      ),
    );
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return {kind: 'closed'};
    if (!(error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)) {
      deps.logger.warn({order_id: orderId, error}, 'no verdict: the order is stored and its run will be started later');
    }
    return {kind: 'none'};
  }
}
