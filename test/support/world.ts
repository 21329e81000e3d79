import {randomBytes} from 'node:crypto';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {Client, Connection} from '@temporalio/client';
import {NativeConnection, Worker} from '@temporalio/worker';
import {type Activities, createActivities} from '../../activities/index.ts';
import type {Carrier, Mail, OrderRuns, PaymentGateway, SupplierChannel} from '../../activities/ports.ts';
import {createEasypostCarrier} from '../../adapters/easypost.ts';
import {createStripeGateway} from '../../adapters/stripe.ts';
import {createStripeEvents} from '../../adapters/stripe-events.ts';
import {createSupplierChannel} from '../../adapters/supplier-channel.ts';
import {createTwilioGateway} from '../../adapters/twilio.ts';
import type {Policy} from '../../domain/policy/policy.ts';
import {MESSAGING, type MessageTerms} from '../../domain/messages/terms.ts';
import {OPEN_POLICY, withoutWindows} from '../../domain/policy/policy.ts';
import {REAL_TIME, type SharedClock, sharedTime} from '../../domain/time/shared-clock.ts';
import {createClock} from '../../emulators/shared/clock.ts';
import {buildCarrierEmulator} from '../../emulators/easypost/emulator.ts';
import {buildSmsEmulator} from '../../emulators/sms/emulator.ts';
import {buildSupplierEmulator} from '../../emulators/supplier/emulator.ts';
import {buildStripeEmulator, type StripeEmulatorOptions} from '../../emulators/stripe/emulator.ts';
import {bindStore} from '../../store/index.ts';
import {createOrderRuns} from '../../workers/order-runs.ts';
import {type RelayParts, startRelay} from '../../workers/relay/start-relay.ts';
import {installRuntime} from '../../workers/runtime.ts';
import {EASYPOST_SECRET, STRIPE_SECRET, startTestApi, type TestApi, TWILIO_TOKEN} from './api.ts';

export interface World {
  api: TestApi;
  client: Client;
  stripeUrl: string;
  carrierUrl: string;
  supplierUrl: string;
  smsUrl: string;
  /** everything the mailer was given, in order */
  mails: Mail[];
  clock: SharedClock;
  /** lets so many milliseconds pass at once, for the service and its neighbours; waits of the engine stay as they are */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface WorldPorts {
  payments: PaymentGateway;
  carrier: Carrier;
  suppliers: SupplierChannel;
  runs: OrderRuns;
}

export interface WorldOptions {
  /** of its own, for what looks at all runs there are; made when it is not there */
  namespace?: string;
  policy?: Partial<Policy>;
  /** how fast the shared clock runs */
  speed?: number;
  /** the moment it begins at, epoch milliseconds; now by default */
  t0?: number;
  stripe?: Partial<StripeEmulatorOptions>;
  /** what the worker is given instead of the activities themselves */
  activities?: (real: Activities) => Activities;
  /** what the worker and the relays reach instead of the neighbours themselves */
  ports?: (real: WorldPorts) => WorldPorts;
  /** what a relay is made of instead */
  relay?: (parts: RelayParts) => RelayParts;
  /** relays in this process, one by default */
  relays?: number;
  /** false: other processes work on the orders */
  worker?: boolean;
}

/** Nobody sleeps. */
export const AT_ONCE: MessageTerms = {
  ...MESSAGING,
  quiet: null,
  asking: {lease: 4_000, settle: 1_000, retry: 50, retry_longest: 1_000},
};

const TWILIO_ACCOUNT = `AC${'0'.repeat(32)}`;

let worlds = 0;

/** The whole service in this process, on the real Temporal and Postgres, with the emulators over HTTP. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  // one runtime for all worlds of a test file
  if (worlds === 0) installRuntime('ERROR');
  worlds += 1;
  const folder = mkdtempSync(join(tmpdir(), 'waybill-world-'));
  const {speed = 1, t0 = Date.now()} = options;
  const clock = options.speed || options.t0 ? {t0, real0: Date.now(), speed} : {...REAL_TIME};
  const taskQueue = `world-${randomBytes(6).toString('hex')}`;
  const address = process.env['TEST_TEMPORAL_ADDRESS'] ?? '';
  const connection = await Connection.connect({address});
  const {namespace = 'default'} = options;
  if (namespace !== 'default') await makeNamespace(address, namespace);
  const client = new Client({connection, namespace});
  // where a story does not say that payers are waited for, a decline ends an order at once
  // and where it does not say that people sleep, they are told at once
  const policy = {...withoutWindows(OPEN_POLICY), messages: AT_ONCE, ...options.policy};
  const deps = {temporal: client, taskQueue, clock, verdictWait: 10_000};
  const api = await startTestApi(deps, policy);
  // who calls back signs this address
  api.deps.publicUrl = `http://127.0.0.1:${api.port}`;
  const hooks = await startEmulators(folder, api, clock, options);
  const mails: Mail[] = [];
  const notifier = {send: (mail: Mail) => Promise.resolve(void mails.push(mail))};
  const now = () => sharedTime(clock, Date.now());
  const native = await NativeConnection.connect({address});
  const real: WorldPorts = {
    payments: createStripeGateway({secretKey: 'sk_test_emulator', apiBase: hooks.stripeUrl}),
    carrier: createEasypostCarrier({apiKey: 'EZTKtest', baseUrl: `${hooks.carrierUrl}/v2/`}),
    suppliers: createSupplierChannel({notifier, now, allowLocal: true}),
    runs: createOrderRuns(client),
  };
  const ports = options.ports?.(real) ?? real;
  const activities = createActivities({
    store: bindStore(api.store),
    ...ports,
    clock: {now},
  });
  const worker =
    options.worker === false
      ? null
      : await Worker.create({
          connection: native,
          namespace,
          taskQueue,
          workflowBundle: {codePath: process.env['TEST_WORKFLOW_BUNDLE'] ?? ''},
          activities: options.activities?.(activities) ?? activities,
        });
  const running = worker?.run();
  const parts: RelayParts = {
    store: api.store,
    databaseUrl: api.databaseUrl,
    client,
    clock,
    carrier: ports.carrier,
    payments: ports.payments,
    holdEvents: createStripeEvents({secretKey: 'sk_test_emulator', apiBase: hooks.stripeUrl}),
    notifier,
    texts: createTwilioGateway({
      ...{accountSid: TWILIO_ACCOUNT, authToken: TWILIO_TOKEN, from: '+12025550123', baseUrl: hooks.smsUrl},
      callbackUrl: (id) => `${api.deps.publicUrl}/v1/webhooks/twilio/${id}`,
    }),
    policy: policy,
    taskQueue,
    shop: 'Waybill',
    publicUrl: 'http://shop.test',
    log: {warn: () => undefined},
  };
  const relays = Array.from({length: options.relays ?? 1}, () => startRelay(options.relay?.(parts) ?? parts));
  return {
    api,
    client,
    ...hooks,
    mails,
    clock,
    advance: async (ms) => {
      clock.t0 += ms;
      const body = JSON.stringify({advance_ms: ms});
      for (const url of [hooks.stripeUrl, hooks.carrierUrl, hooks.supplierUrl, hooks.smsUrl]) {
        await fetch(`${url}/_control/clock`, {method: 'POST', body});
      }
    },
    close: async () => {
      await Promise.all(relays.map((relay) => relay.stop()));
      worker?.shutdown();
      await running;
      await native.close();
      await hooks.close();
      await connection.close();
      await api.close();
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

/** By the same script that prepares a deployment's. */
async function makeNamespace(address: string, namespace: string): Promise<void> {
  const script = pathToFileURL(resolve('scripts/lib/temporal.mjs')).href;
  const {prepareNamespace} = (await import(script)) as {
    prepareNamespace(address: string, options: {namespace: string; register: boolean}): Promise<unknown>;
  };
  await prepareNamespace(address, {namespace, register: true});
}

async function startEmulators(folder: string, api: TestApi, clock: SharedClock, options: WorldOptions) {
  const env = {WAYBILL_CLOCK: JSON.stringify(clock)};
  const hook = (name: string) => `http://127.0.0.1:${api.port}/v1/webhooks/${name}`;
  const stripe = await buildStripeEmulator({
    booksDir: join(folder, 'stripe'),
    webhookUrl: hook('stripe'),
    webhookSecret: STRIPE_SECRET,
    env,
    ...options.stripe,
  }).start();
  const carrier = await buildCarrierEmulator({
    booksDir: join(folder, 'carrier'),
    webhookUrl: hook('easypost'),
    webhookSecret: EASYPOST_SECRET,
    clock: createClock(env),
  }).start(0);
  const supplier = await buildSupplierEmulator({booksDir: join(folder, 'supplier'), clock: createClock(env)}).start();
  const sms = await buildSmsEmulator({
    booksDir: join(folder, 'sms'),
    authToken: TWILIO_TOKEN,
    inboundUrl: hook('twilio'),
    clock: createClock(env),
    deliveryMs: 200,
  }).start();
  return {
    smsUrl: sms.url,
    stripeUrl: stripe.url,
    carrierUrl: carrier.url,
    supplierUrl: supplier.url,
    close: async () => {
      await sms.close();
      await supplier.close();
      await stripe.close();
      await carrier.close();
    },
  };
}
