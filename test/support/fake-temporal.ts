import type {Client} from '@temporalio/client';
import type {CancelRequest, CancelResult, Verdict} from '../../workflows/messages.ts';

export interface FakeRuns {
  /** what the run of an order says; by default it accepts */
  place: (orderId: string) => Promise<Verdict>;
  cancel: (workflowId: string, request: CancelRequest) => Promise<CancelResult>;
  /** update ids in the order they came */
  asked: string[];
}

export const acceptsAll = (): FakeRuns => ({
  place: () => Promise.resolve({kind: 'accepted'}),
  cancel: () => Promise.resolve({cancelled: [], refused: []}),
  asked: [],
});

interface UpdateOptions {
  updateId: string;
  args: [CancelRequest];
  startWorkflowOperation: {options: {workflowId: string}};
}

/** Temporal as far as the edge sees it; what runs decide is up to the test. */
export function fakeTemporal(runs: FakeRuns): Client {
  const ask = (options: UpdateOptions) => runs.asked.push(options.updateId);
  return {
    withDeadline: <T>(_deadline: number, work: () => Promise<T>) => work(),
    workflowService: {getSystemInfo: () => Promise.resolve({})},
    workflow: {
      executeUpdateWithStart: (_update: unknown, options: UpdateOptions) => {
        ask(options);
        return runs.place(options.startWorkflowOperation.options.workflowId.slice('order:'.length));
      },
      getHandle: (workflowId: string) => ({
        executeUpdate: (_update: unknown, options: UpdateOptions) => {
          ask(options);
          return runs.cancel(workflowId, options.args[0]);
        },
      }),
    },
  } as unknown as Client;
}
