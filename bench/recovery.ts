import {Client, Connection, WorkflowNotFoundError} from '@temporalio/client';
import {DRILL_POLICY} from '../domain/policy/policy.ts';
import {orderWorkflowId} from '../domain/order/workflow-ids.ts';
import {type Client as Shop, createClient} from '../simulation/client.ts';
import {worldClock} from '../simulation/clock.ts';
import {send} from '../simulation/http.ts';
import {randomStream} from '../simulation/random.ts';
import {startOwn, type System} from '../simulation/system.ts';
import {inventedWorld} from '../simulation/world/invented.ts';
import {layOut} from '../simulation/world/lay-out.ts';
import type {World} from '../simulation/world/plan.ts';
import type {Benchmark} from './main.ts';

const TIMES = 3;
const LOOK_MS = 20;
const GIVE_UP_MS = 60_000;
/** How long the provider takes over a call whose worker is to be killed. */
const SLOW_CALL_MS = 2_000;

/** Seconds each recovery may take; a lost attempt is noticed only at its own timeout. */
const LIMITS = {
  worker: DRILL_POLICY.engine.outside_timeout / 1_000 + 5,
  postgres: 5,
  temporal: 15,
  cold_start: 30,
} as const;
const TOLD: Record<keyof typeof LIMITS, string> = {
  worker: 'kill -9 of the worker in the middle of a call of the provider, until the call is tried again',
  postgres: 'kill -9 of Postgres, until the API answers from it again',
  temporal: 'kill -9 of Temporal, until an order placed at that moment has its places',
  cold_start: 'everything, from an empty folder to a serving API',
};

/** Bar R17: how long the system takes to go on after kill -9, and to start; each the median of three. */
export async function recovery(system: System): Promise<Benchmark> {
  const ground = await prepare(system);
  const measured = {
    worker: await median(() => workerKill(ground)),
    postgres: await median(() => postgresKill(ground)),
    temporal: await median(() => temporalKill(ground)),
    cold_start: await median(coldStart),
  };
  const names = Object.keys(LIMITS) as (keyof typeof LIMITS)[];
  const worst = Math.max(...names.map((name) => measured[name] / LIMITS[name]));
  const figures = Object.fromEntries(names.map((name) => [name, {seconds: measured[name], limit: LIMITS[name]}]));
  return {
    figure: {
      name: 'recovery',
      value: Math.round(worst * 100) / 100,
      unit: 'of the time allowed, at worst',
      baseline: 1,
      ratio: Math.round(worst * 100) / 100,
      figures,
    },
    lines: names.map(
      (name) =>
        `${name.padEnd(10)} ${measured[name].toFixed(1).padStart(5)} s  (${LIMITS[name]} s allowed)  ${TOLD[name]}`,
    ),
  };
}

interface Ground {
  system: System & {own: NonNullable<System['own']>};
  shop: Shop;
  world: World;
  placed: number;
}

async function prepare(system: System): Promise<Ground> {
  const {own} = system;
  if (!own) throw new Error('recovery kills processes: it needs a system of its own, without --data-dir');
  const clock = worldClock(system.clock);
  const shop = createClient({api: system.urls.api, keys: system.keys, clock});
  const world = inventedWorld({orders: 30, seed: 1, rate: 1, speed: 1, lossPossible: false});
  await layOut(shop, world.layout, 'recovery', () => undefined);
  return {system: {...system, own}, shop, world, placed: 0};
}

/** Sends one more plain order of the world; its id. */
async function place(ground: Ground): Promise<string> {
  ground.placed += 1;
  const plain = ground.world.plans.filter(({kind}) => kind === 'plain');
  const {body} = randomStream(ground.placed, 'recovery').pick(plain);
  const answer = await ground.shop.placeOrder(body, `recovery-${ground.placed}`);
  if (answer.kind === 'refused') throw new Error(`the order was refused: ${answer.problem.code ?? answer.status}`);
  return answer.order.order_id;
}

async function workerKill(ground: Ground): Promise<number> {
  const {own, urls} = ground.system;
  const body = {operation: 'payment_intents.create', mode: 'delay', delay_ms: SLOW_CALL_MS, count: 1};
  await send({method: 'POST', url: `${urls.stripe}/_control/faults`, body});
  const connection = await Connection.connect({address: urls.temporal ?? ''});
  try {
    const {workflow} = new Client({connection});
    const before = await newestOrder(ground);
    const placing = place(ground);
    placing.catch(() => undefined);
    const id = await until(
      () => newestOrder(ground),
      (found) => found !== before,
    );
    const look = async () => {
      const run = await workflow
        .getHandle(orderWorkflowId(id ?? ''))
        .describe()
        .catch(notYetThere);
      return run?.raw.pendingActivities?.find(({activityType}) => activityType?.name === 'authorize');
    };
    const step = await until(look, (pending) => Boolean(pending?.lastStartedTime && pending.lastWorkerIdentity));
    const pid = Number(step?.lastWorkerIdentity?.split('@')[0]);
    const worker = own.names().find((name) => own.pid(name) === pid);
    if (!worker) throw new Error(`no worker has the process id ${pid}`);
    own.kill(worker);
    const began = Date.now();
    // gone: the second attempt has come to its end already
    await until(look, (pending) => !pending || Number(pending.attempt ?? 1) > 1);
    const seconds = (Date.now() - began) / 1_000;
    await placing;
    return seconds;
  } finally {
    await connection.close();
  }
}

/** The order is stored a moment before its run starts. */
function notYetThere(error: unknown): null {
  if (error instanceof WorkflowNotFoundError) return null;
  throw error;
}

async function newestOrder({system}: Ground): Promise<string | undefined> {
  const {body} = await ask(system);
  return (body as {order_id: string}[])[0]?.order_id;
}

function ask({urls, keys}: System) {
  const headers = {authorization: `Bearer ${keys.admin ?? ''}`};
  return send({method: 'GET', url: `${urls.api}/v1/orders?limit=1`, headers, timeoutMs: 5_000});
}

async function postgresKill({system}: Ground): Promise<number> {
  const status = () =>
    ask(system)
      .then((reply) => reply.status)
      .catch(() => 0);
  system.own.kill('postgres');
  const began = Date.now();
  await until(status, (seen) => seen !== 200 || Date.now() - began > 1_000);
  await until(status, (seen) => seen === 200);
  return (Date.now() - began) / 1_000;
}

async function temporalKill(ground: Ground): Promise<number> {
  const {system, shop} = ground;
  system.own.kill('temporal');
  const began = Date.now();
  const id = await place(ground);
  await until(
    () => shop.order(id),
    (order) => order.sub_orders.length > 0,
  );
  return (Date.now() - began) / 1_000;
}

async function coldStart(): Promise<number> {
  const began = Date.now();
  const system = await startOwn({speed: 1, workers: 2});
  const seconds = (Date.now() - began) / 1_000;
  await system.own?.discard();
  return seconds;
}

async function until<T>(look: () => Promise<T>, test: (value: T) => boolean): Promise<T> {
  const began = Date.now();
  for (;;) {
    const value = await look();
    if (test(value)) return value;
    if (Date.now() - began > GIVE_UP_MS) throw new Error(`not recovered after ${GIVE_UP_MS / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function median(measure: () => Promise<number>): Promise<number> {
  const all: number[] = [];
  for (let i = 0; i < TIMES; i += 1) {
    all.push(await measure());
    // the next kill meets a system at rest
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
  return all.sort((a, b) => a - b)[Math.floor(TIMES / 2)] as number;
}
