import {buildApp} from '../../api/app.ts';
import type {Role} from '../../api/permissions.ts';
import {createHttpServer, listen} from '../../api/serve.ts';
import type {Policy} from '../../domain/policy/policy.ts';
import {keepPolicy} from '../../store/policies.ts';
import {type Caller, callerOf} from '../support/api.ts';
import type {World} from '../support/world.ts';

/** Another door to the same service: its orders get this policy and are worked on from this queue. */
export interface Front {
  as: (role: Role) => Caller;
  taskQueue: string;
  close: () => Promise<void>;
}

export async function openFront(world: World, policy: Policy, taskQueue?: string): Promise<Front> {
  const {api} = world;
  const kept = await keepPolicy(api.store, policy);
  const queue = taskQueue ?? api.deps.taskQueue;
  const app = buildApp({...api.deps, taskQueue: queue, policy: () => Promise.resolve(kept)});
  const server = createHttpServer(app);
  await listen(server, 0, '127.0.0.1');
  return {
    as: (role) => callerOf(server, api.keys[role]),
    taskQueue: queue,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
