import {Client, Connection} from '@temporalio/client';
import {NativeConnection, Worker} from '@temporalio/worker';
import {createActivities} from '../activities/index.ts';
import {createLogger} from '../config/logger.ts';
import {readSettings, type Settings} from '../config/settings.ts';
import {POLICIES} from '../domain/policy/policy.ts';
import {closeStore} from '../store/context.ts';
import {bindStore} from '../store/index.ts';
import {ORDER_TASK_QUEUE} from '../workflows/messages.ts';
import {composeCarrier, composePayments, composeStore, composeSuppliers, createClock} from './compose.ts';
import {untilThere} from './connect.ts';
import {onStop, tellReady} from './process.ts';
import {createOrderRuns} from './order-runs.ts';
import {installRuntime} from './runtime.ts';
import {patience, versioning, workflowCode} from './worker-options.ts';

/** Runs workflows and activities until it is told to stop; what is under way may finish first. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLogger({level: settings.logLevel, process: 'worker'});
  installRuntime();
  const clock = createClock(process.env);
  const {engine} = POLICIES[settings.policy];
  const store = composeStore(settings, clock, settings.connections.worker);
  const connection = await untilThere(
    'Temporal',
    () => connect(settings),
    (line) => log.warn(line),
  );
  // what the worker itself asks of the engine: its own connection takes no other calls
  const asking = await Connection.connect(address(settings));
  const worker = await Worker.create({
    connection,
    namespace: settings.temporal.namespace,
    taskQueue: ORDER_TASK_QUEUE,
    ...workflowCode(settings.workflowBundle),
    ...versioning(settings.buildId),
    activities: createActivities({
      store: bindStore(store),
      payments: composePayments(settings),
      carrier: composeCarrier(settings),
      suppliers: composeSuppliers(settings, clock),
      runs: createOrderRuns(new Client({connection: asking, namespace: settings.temporal.namespace})),
      clock,
    }),
    ...patience(Math.max(engine.outside_timeout, engine.step_timeout)),
    maxConcurrentActivityTaskExecutions: 40,
    maxConcurrentLocalActivityExecutions: 20,
    maxCachedWorkflows: 600,
    // what a dead worker leaves behind is with another one so soon; by default after ten seconds
    stickyQueueScheduleToStartTimeout: '2s',
  });
  const running = worker.run();
  onStop(async () => {
    worker.shutdown();
    await running;
    await connection.close();
    await asking.close();
    await closeStore(store);
  });
  tellReady();
  log.info({task_queue: ORDER_TASK_QUEUE}, 'worker is at work');
  await running;
}

const connect = (settings: Settings): Promise<NativeConnection> => NativeConnection.connect(address(settings));

function address({temporal}: Settings) {
  return {
    address: temporal.address,
    ...(temporal.tls ? {tls: true} : {}),
    ...(temporal.apiKey ? {apiKey: temporal.apiKey} : {}),
  };
}

await main();
