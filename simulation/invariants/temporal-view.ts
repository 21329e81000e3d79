import {Client, Connection} from '@temporalio/client';
import proto from '@temporalio/proto';

const {WorkflowTaskFailedCause} = proto.temporal.api.enums.v1;

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
  /** why a workflow task of the run failed last, as its history has it; null when none did */
  taskFailure(run: Run): Promise<string | null>;
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
  return {...viewThrough(client, RUNS), close: () => connection.close()};
}

/** The runs that a visibility query finds. */
export function viewThrough({workflow}: Client, query: string): TemporalView {
  return {
    runs: async () => {
      const runs: Run[] = [];
      for await (const info of workflow.list({query, pageSize: 1000})) {
        runs.push({workflow_id: info.workflowId, run_id: info.runId, status: info.status.name});
      }
      return runs;
    },
    describe: async ({workflow_id, run_id}) => {
      const {raw} = await workflow.getHandle(workflow_id, run_id).describe();
      return {
        first_run_id: raw.workflowExecutionInfo?.firstRunId || null,
        task_attempts: raw.pendingWorkflowTask?.attempt ?? 0,
      };
    },
    newest: async (workflowId) => (await workflow.getHandle(workflowId).describe()).runId,
    taskFailure: async ({workflow_id, run_id}) => {
      const {events} = await workflow.getHandle(workflow_id, run_id).fetchHistory();
      const failed = events?.findLast((event) => event.workflowTaskFailedEventAttributes);
      const why = failed?.workflowTaskFailedEventAttributes;
      return why ? `${WorkflowTaskFailedCause[why.cause ?? 0]}: ${why.failure?.message ?? 'no message'}` : null;
    },
  };
}
