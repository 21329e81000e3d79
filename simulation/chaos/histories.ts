import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Client, Connection} from '@temporalio/client';
import {historyToJSON} from '@temporalio/common/lib/proto-utils.js';
import {inParallel} from '../world/lay-out.ts';

const AT_ONCE = 8;

/** Stores the history of every run that Temporal knows in `folder`, a file each, as `npm run replay` reads them. */
export async function saveHistories(address: string, namespace: string, folder: string): Promise<number> {
  mkdirSync(folder, {recursive: true});
  const connection = await Connection.connect({address, connectTimeout: '10s'});
  try {
    const {workflow} = new Client({connection, namespace});
    const runs: {workflowId: string; runId: string}[] = [];
    for await (const {workflowId, runId} of workflow.list({pageSize: 1_000})) runs.push({workflowId, runId});
    await inParallel(runs, AT_ONCE, async ({workflowId, runId}) => {
      const history = await workflow.getHandle(workflowId, runId).fetchHistory();
      const name = `${workflowId}-${runId.slice(0, 8)}`.replaceAll(/[^\w-]/g, '-');
      const entry = {name, workflow_id: workflowId, history: JSON.parse(historyToJSON(history)) as unknown};
      writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(entry)}\n`);
    });
    return runs.length;
  } finally {
    await connection.close();
  }
}
