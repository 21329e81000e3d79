import {type Client, WorkflowExecutionAlreadyStartedError} from '@temporalio/client';
import type {StoreContext} from '../../store/context.ts';
import {markSideRunStarted, queuedSideRuns, type QueuedRun} from '../../store/side-runs.ts';
import type {ClockSettings, SideRunInput} from '../../workflows/messages.ts';

/** Starts the runs that committed transactions asked for; returns how many there were. */
export async function startSideRuns(
  store: StoreContext,
  client: Client,
  clock: ClockSettings,
  taskQueue: string,
): Promise<number> {
  const queued = await queuedSideRuns(store, 50);
  await Promise.all(
    queued.map(async (run) => {
      await start(client, clock, taskQueue, run);
      await markSideRunStarted(store, run.workflow_id);
    }),
  );
  return queued.length;
}

async function start(client: Client, clock: ClockSettings, taskQueue: string, run: QueuedRun): Promise<void> {
  const {workflow_id: workflowId, kind, subject_id, order_id, policy} = run;
  const input: SideRunInput = {subject_id, order_id, policy, clock};
  try {
    await client.workflow.start(kind, {
      workflowId,
      taskQueue,
      args: [input],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      staticSummary: workflowId,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
