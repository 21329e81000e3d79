import type {TaskView} from '../api-types.ts';
import type {Client} from '../client.ts';
import type {WorldClock} from '../clock.ts';

/** The lists of open tasks on the walls of the warehouses: one look serves everybody who waits there. */
export interface Floor {
  /**
   * The open task of a sub-order. Null when it did not show up within `patienceMs` real milliseconds: the sub-order was
   * cancelled or moved, or the service is behind; the caller looks at the order.
   */
  task(warehouse: string, subOrderId: string, kind: TaskView['kind'], patienceMs?: number): Promise<TaskView | null>;
}

interface Look {
  running: Promise<Map<string, TaskView>>;
  /** one that begins after the running one ends, for those who came too late for it */
  next?: Promise<Map<string, TaskView>>;
}

const LOOK_AGAIN_MS = [80, 200, 500, 1_000, 2_000];

export function createFloor(client: Client, clock: WorldClock): Floor {
  const looks = new Map<string, Look>();

  const begin = (warehouse: string): Promise<Map<string, TaskView>> => {
    const running = client
      .openTasks(warehouse)
      .then((tasks) => new Map(tasks.map((task) => [`${task.sub_order_id}/${task.kind}`, task])));
    const look: Look = {running};
    looks.set(warehouse, look);
    const done = () => {
      if (looks.get(warehouse) === look && !look.next) looks.delete(warehouse);
    };
    running.then(done, done);
    return running;
  };
  const look = (warehouse: string): Promise<Map<string, TaskView>> => {
    const current = looks.get(warehouse);
    if (!current) return begin(warehouse);
    current.next ??= current.running.then(
      () => begin(warehouse),
      () => begin(warehouse),
    );
    return current.next;
  };
  return {
    task: async (warehouse, subOrderId, kind, patienceMs = 12_000) => {
      const began = Date.now();
      for (let tries = 0; ; tries += 1) {
        const task = (await look(warehouse)).get(`${subOrderId}/${kind}`);
        if (task) return task;
        if (Date.now() - began > patienceMs) return null;
        await clock.pause(LOOK_AGAIN_MS[Math.min(tries, LOOK_AGAIN_MS.length - 1)] as number);
      }
    },
  };
}
