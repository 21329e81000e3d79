import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import {defineSearchAttributeKey, type SearchAttributePair} from '@temporalio/common';
import {describeRun} from '../domain/order/describe-run.ts';
import {isTerminal, type OrderStatus} from '../domain/order/status.ts';
import {readRunFacts, type RunFacts} from '../store/views/run-facts.ts';
import {type OrderInput, placeUpdate, type Verdict} from '../workflows/messages.ts';
import type {ApiDeps} from './deps.ts';

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
  const operation = startOperation(deps, facts);
  const client = deps.temporal;
  try {
    return await client.withDeadline(Date.now() + deps.verdictWait, () =>
      client.workflow.executeUpdateWithStart(placeUpdate, {
        updateId: `${orderId}:place`,
        args: [],
        startWorkflowOperation: operation,
      }),
    );
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return {kind: 'closed'};
    if (!(error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)) {
      deps.logger.warn({order_id: orderId, error}, 'no verdict: the order is stored and its run will be started later');
    }
    return {kind: 'none'};
  }
}

/** A fresh one for each call, as the client asks for. */
function startOperation(deps: ApiDeps, {order, line_count, policy}: RunFacts) {
  const run = describeRun(order, line_count);
  const input: OrderInput = {
    order_id: order.id,
    number: order.number,
    delivery_sla: order.delivery_sla,
    created_day: run.created_day,
    policy,
    clock: deps.clock,
  };
  return new WithStartWorkflowOperation('orderWorkflow', {
    workflowId: run.workflow_id,
    taskQueue: deps.taskQueue,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    typedSearchAttributes: Object.entries(run.search_attributes).map(
      ([name, value]): SearchAttributePair => ({key: defineSearchAttributeKey(name, 'KEYWORD'), value}),
    ),
    staticSummary: run.summary,
    staticDetails: run.details,
  });
}
