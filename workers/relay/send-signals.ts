import {type Client, WorkflowNotFoundError} from '@temporalio/client';
import type {StoreContext} from '../../store/context.ts';
import {markSignal, type PendingSignal, takeSignals} from '../../store/pending-signals.ts';

/** A run that was never started is asked for again for about a minute: its parent may be about to start it. */
const ATTEMPTS_TO_FIND = 8;

/** Sends the signals that committed transactions asked for; returns how many were due. */
export async function sendSignals(store: StoreContext, client: Client): Promise<number> {
  const due = await takeSignals(store, 50);
  await Promise.all(due.map((signal) => sendOne(store, client, signal)));
  return due.length;
}

async function sendOne(store: StoreContext, client: Client, signal: PendingSignal): Promise<void> {
  try {
    await client.workflow.getHandle(signal.workflow_id).signal(signal.name, signal.payload);
    await markSignal(store, signal.id, 'sent');
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    const over = signal.attempts >= ATTEMPTS_TO_FIND || (await hasCompleted(client, signal.workflow_id));
    if (over) await markSignal(store, signal.id, 'run_closed');
  }
}

/** Whether the run has come to its own end: then it needs no word any more. */
async function hasCompleted(client: Client, workflowId: string): Promise<boolean> {
  const run = client.workflow.getHandle(workflowId);
  return run.describe().then(
    ({status}) => status.name === 'COMPLETED',
    () => false,
  );
}
