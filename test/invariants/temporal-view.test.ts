import {randomUUID} from 'node:crypto';
import {Client, Connection} from '@temporalio/client';
import {msToTs} from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import {connectTemporal} from '../../simulation/invariants/temporal-view.ts';

const NON_DETERMINISTIC =
  proto.temporal.api.enums.v1.WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR;

/** A real server without a worker: runs start and stay, or are ended by hand. */
describe('what the audit asks Temporal', () => {
  const namespace = `audit-${randomUUID()}`;
  const address = process.env['TEST_TEMPORAL_ADDRESS'] ?? '';
  let connection: Connection;
  let client: Client;

  beforeAll(async () => {
    connection = await Connection.connect({address});
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
    client = new Client({connection, namespace});
  });
  afterAll(() => connection.close());

  async function startWhenKnown(type: string, workflowId: string, taskQueue = 'nobody'): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      try {
        const handle = await client.workflow.start(type, {workflowId, taskQueue});
        return handle.firstExecutionRunId;
      } catch (error) {
        // a new namespace is known to all parts of the server a little later
        if (tries === 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  it('lists orders in every state, and what is open or has failed of everything else', async () => {
    const view = await connectTemporal({temporalAddress: address, namespace});
    try {
      const open = await startWhenKnown('orderWorkflow', 'order:ord_1');
      const ended = await startWhenKnown('orderWorkflow', 'order:ord_2');
      const other = await startWhenKnown('subOrderWorkflow', 'sub-order:sub_1');
      const part = await startWhenKnown('subOrderWorkflow', 'sub-order:sub_2');
      const another = await startWhenKnown('anotherWorkflow', 'another');
      await client.workflow.getHandle('order:ord_2').terminate();
      await client.workflow.getHandle('sub-order:sub_1').terminate();
      let runs = await view.runs();
      for (
        let tries = 0;
        tries < 100 && (runs.length < 5 || runs.filter((run) => run.status === 'TERMINATED').length < 2);
        tries += 1
      ) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        runs = await view.runs();
      }
      runs.sort((a, b) => a.workflow_id.localeCompare(b.workflow_id));
      expect(runs).toEqual([
        {workflow_id: 'another', run_id: another, status: 'RUNNING'},
        {workflow_id: 'order:ord_1', run_id: open, status: 'RUNNING'},
        {workflow_id: 'order:ord_2', run_id: ended, status: 'TERMINATED'},
        {workflow_id: 'sub-order:sub_1', run_id: other, status: 'TERMINATED'},
        {workflow_id: 'sub-order:sub_2', run_id: part, status: 'RUNNING'},
      ]);
      const described = await view.describe({workflow_id: 'order:ord_1', run_id: open, status: 'RUNNING'});
      expect(described).toEqual({first_run_id: open, task_attempts: 1});
    } finally {
      await view.close();
    }
  });

  it('tells why a workflow task failed last', async () => {
    const view = await connectTemporal({temporalAddress: address, namespace});
    try {
      const taskQueue = {name: 'of-one-that-fails'};
      const run_id = await startWhenKnown('orderWorkflow', 'order:ord_3', taskQueue.name);
      const run = {workflow_id: 'order:ord_3', run_id, status: 'RUNNING'};
      expect(await view.taskFailure(run)).toBeNull();
      const {workflowService: service} = connection;
      const {taskToken} = await connection.withDeadline(Date.now() + 60_000, () =>
        service.pollWorkflowTaskQueue({namespace, taskQueue, identity: 'by hand'}),
      );
      const failure = {message: 'no such step'};
      await service.respondWorkflowTaskFailed({namespace, taskToken, cause: NON_DETERMINISTIC, failure});
      expect(await view.taskFailure(run)).toBe('WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR: no such step');
    } finally {
      await view.close();
    }
  });
});
