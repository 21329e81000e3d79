import {type Client, WorkflowExecutionAlreadyStartedError} from '@temporalio/client';
import type {StoreContext} from '../../store/context.ts';
import {ordersWithoutRun} from '../../store/overdue.ts';
import {readRunFacts} from '../../store/views/run-facts.ts';
import {type ClockSettings, orderStart} from '../../workflows/messages.ts';

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
  const start = orderStart(await readRunFacts(store, orderId), clock, taskQueue);
  try {
    await client.workflow.start('orderWorkflow', {...start, workflowIdConflictPolicy: 'FAIL'});
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
