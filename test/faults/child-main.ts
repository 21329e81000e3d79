/** A worker or a relay in a process of its own, which kills itself where its plan says so. Started by children.ts. */
import {appendFileSync, readFileSync} from 'node:fs';
import {Client, Connection} from '@temporalio/client';
import {NativeConnection, Worker} from '@temporalio/worker';
import {createActivities} from '../../activities/index.ts';
import {createEasypostCarrier} from '../../adapters/easypost.ts';
import {createStripeGateway} from '../../adapters/stripe.ts';
import {TWILIO_TOKEN} from '../support/api.ts';
import {createTwilioGateway} from '../../adapters/twilio.ts';
import {createSupplierChannel} from '../../adapters/supplier-channel.ts';
import {sharedTime} from '../../domain/time/shared-clock.ts';
import {bindStore} from '../../store/index.ts';
import {closeStore, openStore} from '../../store/context.ts';
import {createVault} from '../../store/vault.ts';
import {onStop, tellReady} from '../../workers/process.ts';
import {startRelay} from '../../workers/relay/start-relay.ts';
import {createOrderRuns} from '../../workers/order-runs.ts';
import {installRuntime} from '../../workers/runtime.ts';
import {besideTheirOrders} from './beside.ts';
import {FaultBoundary} from './boundary.ts';
import type {ChildPlan} from './children.ts';
import {type Armed, doomed, type Hooks, type StruckCell} from './strikes.ts';

const plan = JSON.parse(process.env['FAULT_PLAN'] ?? '{}') as ChildPlan;
const now = () => sharedTime(plan.clock, Date.now());
const answers = new Map<number, () => void>();

/** The customer is in the parent process. */
function cancel(cell: StruckCell): Promise<void> {
  return new Promise((resolve) => {
    const ask = answers.size + 1;
    answers.set(ask, resolve);
    process.send?.({cancel: cell.id, order_id: cell.order_id, ask});
  });
}

/** Written before anything else happens: the process may be gone the next moment. */
function keepFired(cell: StruckCell, fault: {index: number}): void {
  appendFileSync(plan.firedFile, `${JSON.stringify({cell: cell.id, index: fault.index})}\n`);
  process.send?.({fired: true});
}

/** Real milliseconds in which others may get to the same place, to die together: a step has two seconds. */
const TOGETHER = 900;
const dying: [StruckCell, Armed][] = [];

/** Effects that are under way are done first: each of them is then done and unheard of. */
function die(cell: StruckCell, fault: Armed): Promise<never> {
  dying.push([cell, fault]);
  if (dying.length === 1) void killSoon(Date.now());
  return new Promise<never>(() => undefined);
}

async function killSoon(began: number): Promise<void> {
  const all = plan.cells
    .flatMap((c) => c.strikes)
    .filter((s) => s.kind === 'F3' && s.boundary === dying[0]?.[1].boundary);
  while (dying.length < doomed.size || (dying.length < all.length && Date.now() - began < TOGETHER)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  for (const [cell, fault] of dying) keepFired(cell, fault);
  process.kill(process.pid, 'SIGKILL');
}

function openBoundary(): FaultBoundary {
  const hooks: Hooks = {
    die,
    dayPassed: () => true,
    cancel,
    onFire: keepFired,
  };
  const boundary = new FaultBoundary(plan.cells, hooks);
  boundary.remember(readFileSync(plan.firedFile, 'utf8'));
  return boundary;
}

async function main(): Promise<void> {
  process.on('message', (message: {cancelled?: number}) => answers.get(message.cancelled ?? 0)?.());
  installRuntime('ERROR');
  const store = openStore({
    databaseUrl: plan.databaseUrl,
    vault: createVault(plan.keys),
    now: () => new Date(now()),
    connections: 5,
  });
  const boundary = openBoundary();
  boundary.attach(store.pool);
  const notifier = {
    send: (mail: object) => Promise.resolve(appendFileSync(plan.mailsFile, `${JSON.stringify(mail)}\n`)),
  };
  const real = {
    suppliers: createSupplierChannel({notifier, now, allowLocal: true}),
    payments: createStripeGateway({secretKey: 'sk_test_emulator', apiBase: plan.stripeUrl}),
    carrier: createEasypostCarrier({apiKey: 'EZTKtest', baseUrl: `${plan.carrierUrl}/v2/`}),
  };
  if (plan.role === 'relay') {
    const client = besideTheirOrders(new Client({connection: await Connection.connect({address: plan.temporal})}));
    const {clock, databaseUrl, policy, taskQueue} = plan;
    const log = {warn: () => undefined};
    const parts = {
      store,
      databaseUrl,
      client,
      clock,
      taskQueue,
      policy,
      log,
      publicUrl: plan.publicUrl,
      texts: createTwilioGateway({
        ...{accountSid: `AC${'0'.repeat(32)}`, authToken: TWILIO_TOKEN, from: '+12025550123', baseUrl: plan.smsUrl},
        callbackUrl: (id) => `${plan.publicUrl}/v1/webhooks/twilio/${id}`,
      }),
      shop: 'Waybill',
    };
    const relay = startRelay(boundary.wrapRelay({...parts, notifier, carrier: real.carrier, payments: real.payments}));
    onStop(() => relay.stop());
    tellReady();
    return;
  }
  const runs = createOrderRuns(new Client({connection: await Connection.connect({address: plan.temporal})}));
  const ports = boundary.wrapPorts({...real, runs});
  const activities = createActivities({store: bindStore(store), ...ports, clock: {now}});
  const worker = await Worker.create({
    connection: await NativeConnection.connect({address: plan.temporal}),
    taskQueue: plan.taskQueue,
    workflowBundle: {codePath: plan.bundle},
    activities: boundary.wrapActivities(activities),
    // what the dead process was about to do is offered to the next one soon
    stickyQueueScheduleToStartTimeout: '1s',
    maxCachedWorkflows: 100,
  });
  const running = worker.run();
  onStop(async () => {
    worker.shutdown();
    await running;
    await closeStore(store);
  });
  tellReady();
}

await main();
