import {join} from 'node:path';
import {checkWhenQuiet} from '../check.ts';
import {randomStream} from '../random.ts';
import type {Crew} from '../world/crew.ts';
import {inventedShopper} from '../world/invented-places.ts';
import {inParallel, layOut} from '../world/lay-out.ts';
import {type Load, steadyLoad} from './deploy-load.ts';
import {type Build, nextVersion, Workers} from './deploy-workers.ts';
import {buildsOfRuns, failedTasks, stepsDoneAgain} from './look-inside.ts';
import type {DrillResult} from './main.ts';
import {advance, STEPS} from '../world/move-along.ts';
import {crewOn, type Ground, numberOf, onOwnGround, ORDINARY, settled, shopWith} from './support.ts';

const ROOT = process.env.WAYBILL_ROOT ?? process.cwd();
const WORKERS = 2;
const AT_ONCE = 4;
/** Real milliseconds for which requests come in on a build before the next thing happens. */
const WHILE = 5_000;
const PATIENCE = 240_000;

interface Scene {
  ground: Ground;
  crew: Crew;
  workers: Workers;
  v1: Build;
  v2: Build;
  ids: string[];
  seen: Record<string, unknown>;
}

/**
 * A new version of the workers, and back to the old one, while orders are open at every stage and requests come in:
 * nothing that runs is confused, nothing stands still, no request fails, no step is done twice.
 */
export function deploy(args: readonly string[]): Promise<DrillResult> {
  const [orders, rps, seed] = [numberOf(args, 'orders', 100), numberOf(args, 'rps', 20), numberOf(args, 'seed', 1)];
  return onOwnGround(
    async (ground) => {
      const next = await nextVersion(!args.includes('--unguarded'));
      const workers = new Workers(ground.system);
      const v1 = {id: 'v1', bundle: join(ROOT, 'dist', 'workflows', 'bundle.js')};
      const v2 = {id: 'v2', bundle: next.bundle};
      const layout = shopWith([]);
      const crew = crewOn(ground, layout, {seed, tag: 'deploy'});
      const scene: Scene = {ground, crew, workers, v1, v2, ids: [], seen: {orders, rps}};
      try {
        await workers.start(v1, WORKERS);
        await workers.deploy(v1, 'current', 'v1');
        await layOut(ground.client, layout, 'drill', () => undefined);
        await openOrders(scene, orders, seed);
        const load = steadyLoad(ground, {rps, ordersEvery: 2 * rps, seed, ids: scene.ids});
        await forward(scene);
        await back(scene);
        await load.stop();
        return await finish(scene, load);
      } finally {
        workers.stopAll();
        next.discard();
      }
    },
    {workers: 0},
  );
}

/** Orders of one or two parts, an equal share of them at each stage before the door. */
async function openOrders({ground, crew, ids}: Scene, count: number, seed: number): Promise<void> {
  const {client, progress} = ground;
  progress.say(`  ${count} open orders on v1`);
  const numbers = Array.from({length: count}, (_, i) => i);
  await inParallel(numbers, AT_ONCE, async (i) => {
    // SIM-004 is only in New York, SIM-005 only in Los Angeles: every fourth order leaves from two places
    const skus = i % 4 === 0 ? ['SIM-004', 'SIM-005'] : [ORDINARY[i % 3] ?? 'SIM-001'];
    const body = {
      ...inventedShopper(randomStream(seed, `deploy-${i}`), i),
      lines: skus.map((sku) => ({sku, qty: 1})),
      payment_method: 'pm_card_visa',
      delivery_sla: 'STANDARD',
    };
    const answer = await client.placeOrder(body, `deploy-${i}`);
    if (answer.kind === 'refused') throw new Error(`an order was refused: ${answer.problem.detail ?? answer.status}`);
    const id = answer.order.order_id;
    await settled(
      () => client.order(id),
      (order) => order.sub_orders.length > 0,
    );
    await advance(crew, id, STEPS[i % 4] ?? 'placed');
    ids.push(id);
  });
}

/** Version 2 beside version 1; new orders begin on it, open ones are moved, the old workers stop. */
async function forward({ground, workers, v1, v2, crew, ids, seen}: Scene): Promise<void> {
  const {progress, clock} = ground;
  await clock.pause(WHILE);
  progress.say('  v2 comes');
  await workers.start(v2, WORKERS);
  await workers.deploy(v2, 'current', 'v2');
  await clock.pause(WHILE);
  const moved = await workers.deploy(v2, 'move', 'v1', 'v2');
  progress.say(`  ${moved}`);
  const stopped = await workers.stop(v1);
  Object.assign(seen, {forward: JSON.parse(moved), v1_stopped_in_s: Math.round(stopped * 10) / 10});
  await inParallel(ids.slice(0, Math.ceil(ids.length / 3)), AT_ONCE, (id) => advance(crew, id, 'dispatched'));
  await clock.pause(WHILE);
}

/** Version 1 again; what version 2 has not touched goes back, the rest ends on version 2, whose workers stay. */
async function back({ground, workers, v1, crew, ids, seen}: Scene): Promise<void> {
  const {progress, clock} = ground;
  progress.say('  back to v1');
  await workers.start(v1, WORKERS);
  await workers.deploy(v1, 'current', 'v1');
  const moved = await workers.deploy(v1, 'move', 'v2', 'v1');
  progress.say(`  ${moved}`);
  Object.assign(seen, {back: JSON.parse(moved)});
  await clock.pause(WHILE);
  await inParallel(ids, AT_ONCE, (id) => advance(crew, id, 'delivered'));
}

async function finish(scene: Scene, load: Load): Promise<DrillResult> {
  const {ground, workers, crew, ids, v2, seen} = scene;
  await inParallel(load.placed, AT_ONCE, (id) => advance(crew, id, 'delivered'));
  const all = [...ids, ...load.placed];
  const stuck: string[] = [];
  await inParallel(all, AT_ONCE, async (id) => {
    const {status, number, waiting_on} = await settled(
      () => ground.client.order(id),
      (order) => order.status === 'delivered',
      PATIENCE,
    );
    if (status !== 'delivered') stuck.push(`order ${number} is ${status}, waiting on ${waiting_on?.name ?? 'nothing'}`);
  });
  const {violations} = await checkWhenQuiet(ground.system);
  const stopped = await workers.stop(v2);
  const [failed, again] = [await failedTasks(ground.system), await stepsDoneAgain(ground.system)];
  const answers = load.answers();
  const wrong = Object.entries(answers).filter(([name]) => !['GET 200', 'POST 201', 'POST 202'].includes(name));
  Object.assign(seen, {
    v2_stopped_in_s: Math.round(stopped * 10) / 10,
    orders_meanwhile: load.placed.length,
    answers,
    retries: ground.retries,
    runs_by_build: await buildsOfRuns(ground.system),
    failed_workflow_tasks: failed.length,
    steps_done_again: again.length,
    stuck: stuck.length,
    violations: violations.length,
  });
  const asked =
    Object.keys(ground.retries).length > 0 ? [`answers that failed: ${JSON.stringify(ground.retries)}`] : [];
  return {
    seen,
    failures: [
      ...stuck,
      ...failed,
      ...again,
      ...wrong.map(([name, count]) => `${count} requests: ${name}`),
      ...asked,
      ...violations.map((v) => `${v.id} ${v.subject}: ${v.sentence}`),
    ],
  };
}
