import {randomStream} from '../random.ts';
import {inventedShopper} from '../world/invented-places.ts';
import {countBy, type Ground, ORDINARY} from './support.ts';

export interface Load {
  /** ids of the orders that were placed meanwhile */
  readonly placed: string[];
  /** answers by status; what was asked for again counts as failed */
  answers(): Record<string, number>;
  stop(): Promise<void>;
}

/** Reads of open orders and now and then a new order, so many requests a second, however slowly they are answered. */
export function steadyLoad(
  ground: Ground,
  given: {rps: number; ordersEvery: number; seed: number; ids: string[]},
): Load {
  const {client, clock} = ground;
  const placed: string[] = [];
  const statuses: string[] = [];
  const running = new Set<Promise<void>>();
  let stopped = false;
  const place = async (i: number) => {
    const body = {
      ...inventedShopper(randomStream(given.seed, `load-${i}`), 50_000 + i),
      lines: [{sku: ORDINARY[i % ORDINARY.length] ?? 'SIM-001', qty: 1}],
      payment_method: 'pm_card_visa',
      delivery_sla: 'STANDARD',
    };
    const {status, body: answer} = await client.placeOrderRaw(body, `drill-load-${i}`);
    statuses.push(`POST ${status}`);
    const {order_id} = (answer ?? {}) as {order_id?: string};
    if (order_id) placed.push(order_id);
  };
  const read = async (i: number) => {
    const all = [...given.ids, ...placed];
    await client.order(all[i % all.length] ?? '');
    statuses.push('GET 200');
  };
  const run = async () => {
    const began = Date.now();
    for (let i = 0; !stopped; i += 1) {
      await clock.pause(Math.max(0, began + (i * 1_000) / given.rps - Date.now()));
      const one = (i % given.ordersEvery === 0 ? place(i) : read(i)).catch((error: unknown) => {
        statuses.push(`failed: ${error instanceof Error ? error.message : String(error)}`);
      });
      running.add(one);
      void one.finally(() => running.delete(one));
    }
    await Promise.all(running);
  };
  const all = run();
  return {
    placed,
    answers: () => countBy(statuses),
    stop: () => {
      stopped = true;
      return all;
    },
  };
}
