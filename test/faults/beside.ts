import {type Client, WorkflowExecutionAlreadyStartedError} from '@temporalio/client';

type Start = Client['workflow']['start'];

/**
 * The engine as the relay meets it where every order has a queue of its own: a run beside an order's is started where the
 * order's own run is, as its worker is the one that is killed.
 */
export function besideTheirOrders(client: Client): Client {
  const start = (async (kind: string, options: {args?: unknown[]; taskQueue: string; workflowId: string}) => {
    // its API is alive and starts it where its worker is, however late
    if (kind === 'orderWorkflow') throw new WorkflowExecutionAlreadyStartedError('', options.workflowId, kind);
    const {order_id = null} = (options.args?.[0] ?? {}) as {order_id?: string | null};
    const taskQueue = (order_id && (await queueOf(client, order_id))) || options.taskQueue;
    return client.workflow.start(kind, {...options, taskQueue} as Parameters<Start>[1]);
  }) as unknown as Start;
  const workflow = new Proxy(client.workflow, {
    get: (target, name) => (name === 'start' ? start : Reflect.get(target, name)),
  });
  return new Proxy(client, {get: (target, name) => (name === 'workflow' ? workflow : Reflect.get(target, name))});
}

async function queueOf(client: Client, orderId: string): Promise<string | null> {
  const run = client.workflow.getHandle(`order:${orderId}`);
  return run.describe().then(
    ({taskQueue}) => taskQueue,
    () => null,
  );
}
