import {Client, Connection} from '@temporalio/client';
import pg from 'pg';
import type {System} from '../system.ts';

/** Asks the product's database: for drills that must see what was kept. */
export async function sql<Row extends pg.QueryResultRow>(
  system: System,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({connectionString: system.urls.database ?? ''});
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

export async function withTemporal<T>(system: System, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({address: system.urls.temporal ?? '', connectTimeout: '10s'});
  try {
    return await work(new Client({connection, namespace: system.env.TEMPORAL_NAMESPACE || 'default'}));
  } finally {
    await connection.close();
  }
}

/** A sentence for each workflow task that failed in any run; one that only came too late is none. */
export function failedTasks(system: System): Promise<string[]> {
  return withTemporal(system, async ({workflow}) => {
    const found: string[] = [];
    for await (const {workflowId, runId} of workflow.list()) {
      const {events} = await workflow.getHandle(workflowId, runId).fetchHistory();
      for (const {workflowTaskFailedEventAttributes: failed} of events ?? []) {
        // an update or a signal came in while the run was about to close or go on: the engine asks again by itself
        if (!failed || failed.cause === UNHANDLED_COMMAND) continue;
        found.push(`a workflow task of ${workflowId} failed: ${failed.failure?.message ?? failed.cause}`);
      }
    }
    return found;
  });
}

/** WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND */
const UNHANDLED_COMMAND = 1;

/** A sentence for each step that was done more than once: an attempt after the first. */
export function stepsDoneAgain(system: System): Promise<string[]> {
  return withTemporal(system, async ({workflow}) => {
    const found: string[] = [];
    for await (const {workflowId, runId} of workflow.list()) {
      const {events} = await workflow.getHandle(workflowId, runId).fetchHistory();
      for (const {activityTaskStartedEventAttributes: started, markerRecordedEventAttributes: marker} of events ?? []) {
        const attempt = started?.attempt ?? attemptOf(marker?.details?.['data']?.payloads?.[0]?.data);
        if (attempt > 1) found.push(`a step of ${workflowId} was done ${attempt} times`);
      }
    }
    return found;
  });
}

/** The attempt that a local activity's marker tells of. */
function attemptOf(data: Uint8Array | null | undefined): number {
  if (!data) return 1;
  const {attempt} = JSON.parse(Buffer.from(data).toString('utf8')) as {attempt?: number};
  return attempt ?? 1;
}

/** How many runs were last worked on by which build. */
export function buildsOfRuns(system: System): Promise<Record<string, number>> {
  return withTemporal(system, async ({workflow}) => {
    const counts: Record<string, number> = {};
    for await (const {workflowId, runId} of workflow.list()) {
      const {events} = await workflow.getHandle(workflowId, runId).fetchHistory();
      const told = (events ?? []).map((event) => event.workflowTaskCompletedEventAttributes);
      const build = told.findLast((task) => task?.deploymentVersion)?.deploymentVersion?.buildId ?? 'none';
      counts[build] = (counts[build] ?? 0) + 1;
    }
    return counts;
  });
}
