/** The API process: settings, store, Temporal, the HTTP server, and an ordered stop. */
import {join} from 'node:path';
import {createLogger} from '../config/logger.ts';
import {readSettings, type Settings, SettingsError} from '../config/settings.ts';
import {sharedTime} from '../domain/time/shared-clock.ts';
import {closeStore, openStore, type StoreContext} from '../store/context.ts';
import {policyInForce} from '../store/ops/switches.ts';
import {currentPolicy} from '../store/policies.ts';
import {createVault} from '../store/vault.ts';
import {ORDER_TASK_QUEUE} from '../workflows/messages.ts';
import {buildApp} from './app.ts';
import {connectTemporal} from './connect-temporal.ts';
import type {ApiDeps} from './deps.ts';
import {developmentPeople, takeDevelopmentKeys} from './development-keys.ts';
import {createMetrics} from './metrics.ts';
import {untilAvailable} from './until-available.ts';
import {close, createHttpServer, listen} from './serve.ts';
import {createTurns} from './turns.ts';

const VERDICT_WAIT = 10_000;
/** longer than a checkout waits for its verdict */
const GRACE = 12_000;

async function main(settings: Settings): Promise<void> {
  const logger = createLogger({level: settings.logLevel, process: process.env['SERVICE_NAME'] ?? 'api'});
  let stopping = false;
  const stopped = new Promise<void>((resolve) => {
    const stop = () => {
      stopping = true;
      resolve();
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
    process.on('disconnect', stop);
  });
  const store = openStore({
    databaseUrl: settings.databaseUrl,
    vault: createVault(settings),
    now: () => new Date(sharedTime(settings.clock, Date.now())),
    connections: settings.connections.api,
  });
  const temporal = connectTemporal(settings);
  const server = createHttpServer(
    buildApp(await dependencies(settings, store, {temporal, logger, draining: () => stopping})),
  );
  const port = await listen(server, settings.port, settings.host);
  logger.info({port, host: settings.host}, 'listening');
  process.send?.({
    ready: true,
    port,
    pages: [
      {name: 'start', path: '/'},
      {name: 'office', path: '/desk'},
      {name: 'floor', path: '/floor'},
      {name: 'packing', path: '/floor/pack'},
    ],
  });
  await stopped;
  await close(server, GRACE);
  await temporal.connection.close();
  await closeStore(store);
  logger.info({}, 'stopped');
}

async function dependencies(
  settings: Settings,
  store: StoreContext,
  own: Pick<ApiDeps, 'temporal' | 'logger' | 'draining'>,
): Promise<ApiDeps> {
  const {keysFile} = settings;
  const ask = <T>(work: () => Promise<T>) => untilAvailable(work, own.logger, own.draining);
  const policy = await ask(() => currentPolicy(store, settings.policy));
  if (keysFile) await ask(() => takeDevelopmentKeys(store, keysFile));
  return {
    ...own,
    store,
    taskQueue: ORDER_TASK_QUEUE,
    clock: settings.clock,
    metrics: createMetrics({process: true, store, auditFile: join(settings.dataDir, 'run', 'audit.json')}),
    publicUrl: settings.publicUrl,
    shopPaymentUrl: settings.shopPaymentUrl ?? null,
    timezone: settings.timezone,
    stripeWebhookSecrets: settings.stripe.webhookSecrets,
    easypostWebhookSecrets: settings.easypost.webhookSecrets,
    twilioAuthTokens: settings.twilio?.authTokens ?? [],
    checkoutLimit: settings.rateLimit,
    turns: createTurns(),
    verdictWait: VERDICT_WAIT,
    policy: () => policyInForce(store, policy),
    temporalUi: settings.temporalUiUrl
      ? `${settings.temporalUiUrl}/namespaces/${encodeURIComponent(settings.temporal.namespace)}`
      : null,
    development: keysFile
      ? {
          temporalUi: settings.temporalUiUrl ?? null,
          mail: settings.mailUrl ?? null,
          people: () => developmentPeople(keysFile),
        }
      : null,
  };
}

try {
  await main(readSettings(process.env));
} catch (error) {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exitCode = 1;
}
// the supervisor's channel would keep the process alive
if (process.connected) process.disconnect();
