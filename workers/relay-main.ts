import {Client, Connection} from '@temporalio/client';
import {createMailer} from '../adapters/mail.ts';
import {createLogger} from '../config/logger.ts';
import {readSettings, type Settings} from '../config/settings.ts';
import {closeStore} from '../store/context.ts';
import {currentPolicy} from '../store/policies.ts';
import {ORDER_TASK_QUEUE} from '../workflows/messages.ts';
import {
  composeCarrier,
  composeHoldEvents,
  composePayments,
  composeStore,
  composeTexts,
  createClock,
} from './compose.ts';
import {untilThere} from './connect.ts';
import {onStop, tellReady} from './process.ts';
import {startRelay} from './relay/start-relay.ts';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLogger({level: settings.logLevel, process: 'relay'});
  const clock = createClock(process.env);
  const store = composeStore(settings, clock, settings.connections.relay);
  const late = (line: string) => log.warn(line);
  const connection = connect(settings);
  const {policy} = await untilThere('Postgres', () => currentPolicy(store, settings.policy), late);
  const relay = startRelay({
    store,
    databaseUrl: settings.databaseUrl,
    client: new Client({connection, namespace: settings.temporal.namespace}),
    clock: clock.settings,
    taskQueue: ORDER_TASK_QUEUE,
    carrier: composeCarrier(settings),
    payments: composePayments(settings),
    holdEvents: composeHoldEvents(settings),
    notifier: createMailer({smtpUrl: settings.mail.smtpUrl, from: settings.mail.from}),
    texts: composeTexts(settings),
    policy,
    shop: settings.mail.shop,
    publicUrl: settings.publicUrl,
    log,
  });
  onStop(async () => {
    await relay.stop();
    await connection.close();
    await closeStore(store);
  });
  tellReady();
  log.info({}, 'relay is at work');
}

/** Connects with the first call and again after every outage: mail and webhooks do not wait for Temporal. */
function connect({temporal}: Settings): Connection {
  return Connection.lazy({
    address: temporal.address,
    // found again soon after an outage: the library's own pauses grow to two minutes
    channelArgs: {'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 1_000},
    ...(temporal.tls ? {tls: true} : {}),
    ...(temporal.apiKey ? {apiKey: temporal.apiKey} : {}),
  });
}

await main();
