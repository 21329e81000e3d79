import {WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client} from '@temporalio/client';
import type {Faults} from '../engine/faults.ts';
import type {Server} from '../engine/server.ts';

interface Named {
  name: string;
}

interface StartOperation {
  workflowTypeOrFunc: string;
  options: {workflowId: string; args: unknown[]};
}

/** The client of Temporal as API and relay use it, on the model's server; its calls can be lost like any other. */
export function clientOf(server: Server, faults: Faults): Client {
  const missing = (id: string) => new WorkflowNotFoundError('workflow not found', id, undefined);
  const update = (id: string, {name}: Named, {args, updateId}: {args: unknown[]; updateId: string}) => {
    const answer = server.update(id, name, args, updateId);
    if (!answer) throw missing(id);
    return answer;
  };
  const start = (type: string, {workflowId, args}: {workflowId: string; args: unknown[]}) =>
    faults.boundary('start of a run', () => {
      if (server.find(workflowId)) throw new WorkflowExecutionAlreadyStartedError('already started', workflowId, type);
      server.start(type, workflowId, args);
    });
  const workflow = {
    start,
    executeUpdateWithStart: async (
      definition: Named,
      {
        updateId,
        args,
        startWorkflowOperation,
      }: {updateId: string; args: unknown[]; startWorkflowOperation: StartOperation},
    ) => {
      const {workflowTypeOrFunc: type, options} = startWorkflowOperation;
      return faults.boundary('update with start', () => {
        const known = server.find(options.workflowId);
        if (known && !known.open) {
          throw new WorkflowExecutionAlreadyStartedError('already ended', options.workflowId, type);
        }
        if (!known) server.start(type, options.workflowId, options.args);
        return update(options.workflowId, definition, {args, updateId});
      });
    },
    getHandle: (id: string) => ({
      signal: (name: string, payload: unknown) =>
        faults.boundary(`signal ${name}`, () => {
          if (!server.signal(id, name, [payload])) throw missing(id);
        }),
      describe: () =>
        faults.boundary('describe', () => {
          const run = server.find(id);
          if (!run) throw missing(id);
          return {status: {name: run.status.toUpperCase()}};
        }),
      executeUpdate: (definition: Named, options: {args: unknown[]; updateId: string}) =>
        faults.boundary(`update ${definition.name}`, () => update(id, definition, options)),
    }),
  };
  const client = {workflow, withDeadline: (_deadline: number, call: () => Promise<unknown>) => call()};
  return client as unknown as Client;
}
