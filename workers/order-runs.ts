import {
  type Client,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type {OrderRuns} from '../activities/ports.ts';
import type {BulkAsk} from '../store/bulk/claim-item.ts';
import type {RunAnswer} from '../store/bulk/settle-item.ts';
import {cancelUpdate, changeUpdate, orderWorkflowId} from '../workflows/messages.ts';

/** The runs of orders, asked by the same updates as by the calls of the interface, under the same id on every attempt. */
export function createOrderRuns(client: Client): OrderRuns {
  return {
    async ask(ask, wait) {
      try {
        return await client.withDeadline(Date.now() + wait, () => update(client, ask));
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return {kind: 'no_run'};
        // late, given back unheard, or failed: what came of it is found out by asking again
        const isLate = error instanceof WorkflowUpdateRPCTimeoutOrCancelledError;
        if (isLate || error instanceof WorkflowUpdateFailedError) return {kind: 'undecided'};
        throw error;
      }
    },
  };
}

async function update(client: Client, ask: BulkAsk): Promise<RunAnswer> {
  const run = client.workflow.getHandle(orderWorkflowId(ask.order_id));
  if (ask.act === 'cancel') {
    const {request} = ask;
    const updateId = `cancel:${request.request_id}`;
    return {kind: 'cancel', result: await run.executeUpdate(cancelUpdate, {args: [request], updateId})};
  }
  const {change_id, kind} = ask;
  const updateId = `change:${change_id}`;
  return {kind: 'change', outcome: await run.executeUpdate(changeUpdate, {args: [{change_id, kind}], updateId})};
}
