import {type Client, WorkflowExecutionAlreadyStartedError} from '@temporalio/client';
import {defineSearchAttributeKey, type SearchAttributePair} from '@temporalio/common';
import {describeRun} from '../../domain/order/describe-run.ts';
import type {StoreContext} from '../../store/context.ts';
import {ordersWithoutRun} from '../../store/overdue.ts';
import {readRunFacts} from '../../store/views/run-facts.ts';
import type {ClockSettings, OrderInput} from '../../workflows/messages.ts';

/** Real milliseconds after which an accepted order without a run is started from here. */
const PATIENCE = 4_000;

/** Starts the runs of orders that were stored, but whose API process died before it could start them. */
export async function startRuns(
  store: StoreContext,
  client: Client,
  clock: ClockSettings,
  taskQueue: string,
): Promise<number> {
  const before = new Date(store.now().getTime() - PATIENCE * clock.speed);
  for (const orderId of await ordersWithoutRun(store, before, 50))
    await startRun(store, client, clock, taskQueue, orderId);
  return 0;
}

async function startRun(
  store: StoreContext,
  client: Client,
  clock: ClockSettings,
  taskQueue: string,
  orderId: string,
): Promise<void> {
  const {order, line_count, policy} = await readRunFacts(store, orderId);
  const run = describeRun(order, line_count);
  const {number, delivery_sla} = order;
  const input: OrderInput = {order_id: orderId, number, delivery_sla, created_day: run.created_day, policy, clock};
  try {
    await client.workflow.start('orderWorkflow', {
      workflowId: run.workflow_id,
      taskQueue,
      args: [input],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      typedSearchAttributes: Object.entries(run.search_attributes).map(
        ([name, value]): SearchAttributePair => ({key: defineSearchAttributeKey(name, 'KEYWORD'), value}),
      ),
      staticSummary: run.summary,
      staticDetails: run.details,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
