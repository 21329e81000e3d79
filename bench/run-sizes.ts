import {Client, Connection} from '@temporalio/client';
import {orderWorkflowId, subOrderWorkflowId} from '../domain/order/workflow-ids.ts';
import type {System} from '../simulation/system.ts';
import {PATIENCE} from './stage.ts';

/** What Temporal wrote down of one run. */
export interface RunSize {
  /** `order`, `part 2`; with the run's number where one workflow id has several */
  name: string;
  status: string;
  events: number;
  bytes: number;
  /** bytes of the largest single payload */
  payload: number;
}

export const KIB = 1_024;

/** Asks the system's Temporal about the runs of one order once all are closed. */
export async function sizesOf(system: System, orderId: string, subOrderIds: readonly string[]): Promise<RunSize[]> {
  const address = system.urls.temporal;
  if (!address) throw new Error('the system does not say where its Temporal is');
  const connection = await Connection.connect({address});
  try {
    const client = new Client({connection, namespace: process.env.TEMPORAL_NAMESPACE || 'default'});
    const workflows = [
      {name: 'order', id: orderWorkflowId(orderId)},
      ...subOrderIds.map((id, i) => ({name: `part ${i + 1}`, id: subOrderWorkflowId(id)})),
    ];
    return (await Promise.all(workflows.map(({name, id}) => sizesOfWorkflow(client, name, id)))).flat();
  } finally {
    await connection.close();
  }
}

async function sizesOfWorkflow(client: Client, name: string, workflowId: string): Promise<RunSize[]> {
  await untilCompleted(client, workflowId);
  const runs: {runId: string; at: number}[] = [];
  for await (const run of client.workflow.list({query: `WorkflowId = "${workflowId}"`})) {
    runs.push({runId: run.runId, at: run.startTime.getTime()});
  }
  runs.sort((a, b) => a.at - b.at);
  return Promise.all(
    runs.map(async ({runId}, i) => {
      const handle = client.workflow.getHandle(workflowId, runId);
      const [{status, historyLength, historySize}, history] = await Promise.all([
        handle.describe(),
        handle.fetchHistory(),
      ]);
      return {
        name: runs.length > 1 ? `${name} run ${i + 1}` : name,
        status: status.name,
        events: historyLength,
        bytes: historySize ?? 0,
        payload: largestPayload(history),
      };
    }),
  );
}

async function untilCompleted(client: Client, workflowId: string): Promise<void> {
  for (const began = Date.now(); ; ) {
    const {status} = await client.workflow.getHandle(workflowId).describe();
    if (status.name === 'COMPLETED') return;
    if (Date.now() - began > PATIENCE) throw new Error(`run ${workflowId} is still ${status.name}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Payloads lie anywhere in a history: whatever has `data` of bytes is one. */
function largestPayload(value: unknown): number {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return 0;
  const own = (value as {data?: unknown}).data;
  const inside = Object.values(value).map(largestPayload);
  return Math.max(own instanceof Uint8Array ? own.byteLength : 0, ...inside);
}
