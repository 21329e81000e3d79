/** node dist/workers/deploy-main.js: which build of the workers runs what. */
import {Client, Connection} from '@temporalio/client';
import {readSettings, type Settings} from '../config/settings.ts';
import {builds, makeCurrent, moveRuns} from './deployments.ts';
import {installRuntime} from './runtime.ts';
import {workflowCode} from './worker-options.ts';

const USAGE = `node dist/workers/deploy-main.js
  status           every build, the current one, and how many open runs are on each
  current BUILD    new orders begin on this build; waits for its workers
  move FROM TO     open runs of FROM go on with TO, as far as this build's workflows replay them: run it in build TO`;

async function main(args: readonly string[]): Promise<number> {
  const [command, ...names] = args;
  const settings = readSettings(process.env);
  const {namespace} = settings.temporal;
  const connection = await connect(settings);
  const client = new Client({connection, namespace});
  try {
    if (command === 'status' && names.length === 0) return await status(client, namespace);
    if (command === 'current' && names[0] && names.length === 1) {
      await makeCurrent(client, namespace, names[0]);
      console.log(`new orders begin on ${names[0]}`);
      return 0;
    }
    if (command === 'move' && names[0] && names[1] && names.length === 2) {
      return await move(client, settings, names[0], names[1]);
    }
    console.error(USAGE);
    return 2;
  } finally {
    await connection.close();
  }
}

async function status(client: Client, namespace: string): Promise<number> {
  for (const {build, current, open} of await builds(client, namespace)) {
    console.log(`${build.padEnd(24)} ${current ? 'current' : '       '} ${String(open).padStart(6)} open runs`);
  }
  return 0;
}

async function move(client: Client, settings: Settings, from: string, to: string): Promise<number> {
  installRuntime('ERROR');
  const {workflowBundle: bundle} = workflowCode(settings.workflowBundle);
  if (!bundle) throw new Error('WORKFLOW_BUNDLE must name the bundle of the workflows that the runs are to go on with');
  const {moved, left} = await moveRuns(client, settings.temporal.namespace, {from, to, bundle});
  for (const {workflow_id, error} of left) console.log(`stays on ${from}: ${workflow_id}: ${error.split('\n')[0]}`);
  console.log(JSON.stringify({from, to, moved, left: left.length}));
  return 0;
}

function connect({temporal}: Settings): Promise<Connection> {
  return Connection.connect({
    address: temporal.address,
    ...(temporal.tls ? {tls: true} : {}),
    ...(temporal.apiKey ? {apiKey: temporal.apiKey} : {}),
  });
}

process.exitCode = await main(process.argv.slice(2));
