/**
 * node scripts/run.mjs test/replay/record.js [NAME...]: plays one order of each kind and stores the histories of its
 * runs. Without names only those kinds that have no history yet: a stored one stays, since runs like it may be open.
 */
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {historyToJSON} from '@temporalio/common/lib/proto-utils.js';
import {orderWorkflowId, subOrderWorkflowId} from '../../domain/order/workflow-ids.ts';
import {openFloor} from '../support/floor.ts';
import {openShop} from '../support/shop.ts';
import {startWorld, type World} from '../support/world.ts';
import {HISTORIES} from './replay.ts';
import {STORIES} from './stories.ts';

const ROOT = process.env['WAYBILL_ROOT'] ?? process.cwd();

interface TestServers {
  adminUrl: string;
  template: string;
  temporal: string;
  stop(): Promise<void>;
}

async function startServers(): Promise<TestServers> {
  const {startTestServers} = (await import(pathToFileURL(join(ROOT, 'scripts/lib/test-servers.mjs')).href)) as {
    startTestServers(): Promise<TestServers>;
  };
  const servers = await startTestServers();
  process.env['TEST_DATABASE_ADMIN_URL'] = servers.adminUrl;
  process.env['TEST_TEMPLATE_DB'] = servers.template;
  process.env['TEST_TEMPORAL_ADDRESS'] = servers.temporal;
  process.env['TEST_WORKFLOW_BUNDLE'] = process.env['WORKFLOW_BUNDLE'] ?? '';
  return servers;
}

/** The order's runs, the runs of each of its sub-orders and those beside it, a file each. */
async function store(world: World, name: string, orderId: string): Promise<number> {
  const subs = await world.api.store.prisma.sub_orders.findMany({
    where: {order_id: orderId},
    orderBy: {position: 'asc'},
  });
  const beside = await world.api.store.prisma.side_runs.findMany({
    where: {order_id: orderId},
    orderBy: {created_at: 'asc'},
  });
  const workflows = [
    {file: name, id: orderWorkflowId(orderId)},
    ...subs.map((sub) => ({file: `${name}-part-${sub.position}`, id: subOrderWorkflowId(sub.id)})),
    ...beside.map((run, i) => ({file: `${name}-beside-${i + 1}`, id: run.workflow_id})),
  ];
  let stored = 0;
  for (const {file, id} of workflows) {
    for (const [i, runId] of (await runsOf(world, id)).entries()) {
      const history = await world.client.workflow.getHandle(id, runId).fetchHistory();
      const entry = {
        name: i === 0 ? file : `${file}-run-${i + 1}`,
        workflow_id: id,
        history: JSON.parse(historyToJSON(history)) as unknown,
      };
      writeFileSync(join(HISTORIES, `${entry.name}.json`), `${JSON.stringify(entry, withoutMachine)}\n`);
      stored += 1;
    }
  }
  return stored;
}

/** Run ids of a workflow id, oldest first; none of a part that was cancelled before it had a run. */
async function runsOf(world: World, workflowId: string): Promise<string[]> {
  const runs: {runId: string; at: number}[] = [];
  for await (const run of world.client.workflow.list({query: `WorkflowId = "${workflowId}"`})) {
    runs.push({runId: run.runId, at: run.startTime.getTime()});
  }
  return runs.sort((a, b) => a.at - b.at).map(({runId}) => runId);
}

/** A worker's own queue, named after its process and machine. */
const STICKY = 'TASK_QUEUE_KIND_STICKY';

/** Which process on which machine did a step, and from which folder, is nobody's business and changes nothing. */
function withoutMachine(this: unknown, key: string, value: unknown): unknown {
  if (key === 'stackTrace') return '';
  const sticky = key === 'name' && (this as {kind?: unknown}).kind === STICKY;
  return key === 'identity' || sticky ? 'recorder' : value;
}

async function main(): Promise<void> {
  mkdirSync(HISTORIES, {recursive: true});
  const names = process.argv.slice(2);
  const wanted = STORIES.filter(({name}) =>
    names.length > 0 ? names.includes(name) : !existsSync(join(HISTORIES, `${name}.json`)),
  );
  const servers = await startServers();
  try {
    for (const {name, world: options, play} of wanted) {
      const world = await startWorld(options);
      try {
        await openShop(world.api);
        const orderId = await play(openFloor(world), world);
        console.log(`${name}: ${await store(world, name, orderId)} histories`);
      } finally {
        await world.close();
      }
    }
  } finally {
    await servers.stop();
  }
}

await main();
process.exit(0);
