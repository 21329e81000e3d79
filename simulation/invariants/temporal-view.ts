import {Client, Connection} from '@temporalio/client';

/** One execution of a workflow id; a chain of continue-as-new has several. */
export interface Run {
  workflow_id: string;
  run_id: string;
  /** as the SDK names it: RUNNING, COMPLETED, CONTINUED_AS_NEW, FAILED, TERMINATED, TIMED_OUT ... */
  status: string;
}

/** What the audit asks Temporal; an object literal in tests. */
export interface TemporalView {
  /** every run of an order, and open, failed, terminated or timed out runs of any kind */
  runs(): Promise<Run[]>;
  /** first run of the chain, and how often the present workflow task was tried (0: none is pending) */
  describe(run: Run): Promise<{first_run_id: string | null; task_attempts: number}>;
  /** the newest run of a workflow id */
  newest(workflowId: string): Promise<string | null>;
}

const RUNS = `WorkflowType = "orderWorkflow" OR ExecutionStatus IN ("Failed", "Terminated", "TimedOut", "Running")`;

export interface TemporalAddress {
  temporalAddress: string;
  namespace: string;
  temporalTls?: boolean;
  temporalApiKey?: string;
}

export async function connectTemporal({
  temporalAddress: address,
  namespace,
  temporalTls: tls = false,
  temporalApiKey: apiKey,
}: TemporalAddress): Promise<TemporalView & {close(): Promise<void>}> {
  const connection = await Connection.connect({address, tls, connectTimeout: '10s', ...(apiKey && {apiKey})});
  const client = new Client({connection, namespace});
  return {
    runs: async () => {
      const runs: Run[] = [];
      for await (const info of client.workflow.list({query: RUNS, pageSize: 1000})) {
        runs.push({workflow_id: info.workflowId, run_id: info.runId, status: info.status.name});
      }
      return runs;
    },
    describe: async ({workflow_id, run_id}) => {
      const {raw} = await client.workflow.getHandle(workflow_id, run_id).describe();
      return {
        first_run_id: raw.workflowExecutionInfo?.firstRunId || null,
        task_attempts: raw.pendingWorkflowTask?.attempt ?? 0,
      };
    },
    newest: async (workflowId) => (await client.workflow.getHandle(workflowId).describe()).runId,
    close: () => connection.close(),
  };
}
