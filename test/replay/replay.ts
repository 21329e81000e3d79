import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {type ReplayResult, Worker, type WorkflowBundleOption} from '@temporalio/worker';

/** One run as it once went, named after what must stay replayable. */
export interface StoredHistory {
  name: string;
  workflow_id: string;
  /** as `historyToJSON` writes it */
  history: {events: Record<string, unknown>[]};
}

export const HISTORIES = join(process.env['WAYBILL_ROOT'] ?? process.cwd(), 'test', 'replay', 'histories');

export function storedHistories(folder = HISTORIES): StoredHistory[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as StoredHistory);
}

export interface Replayed {
  name: string;
  /** why the code of today would go another way; absent when it goes the same */
  error?: string;
}

/** Runs today's workflows over each history and compares every step. */
export async function replayAll(
  workflowBundle: WorkflowBundleOption,
  stored: readonly StoredHistory[],
): Promise<Replayed[]> {
  const names = new Map(stored.map((one) => [keyOf(one.workflow_id, runIdOf(one)), one.name]));
  const histories = stored.map(({workflow_id, history}) => ({workflowId: workflow_id, history}));
  const results: Replayed[] = [];
  for await (const result of Worker.runReplayHistories({workflowBundle}, histories)) results.push(read(result, names));
  return results;
}

/** One workflow id has several runs where a run went on in a fresh history or was started again. */
const keyOf = (workflowId: string, runId: string) => `${workflowId} ${runId}`;

function runIdOf({history}: StoredHistory): string {
  const started = history.events[0]?.['workflowExecutionStartedEventAttributes'] as {originalExecutionRunId?: string};
  return started?.originalExecutionRunId ?? '';
}

function read({workflowId, runId, error}: ReplayResult, names: ReadonlyMap<string, string>): Replayed {
  const name = names.get(keyOf(workflowId, runId)) ?? `${workflowId} ${runId}`;
  return error ? {name, error: error.message} : {name};
}
