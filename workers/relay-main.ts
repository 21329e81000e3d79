import {Client, Connection} from '@temporalio/client';
import {notify} from '../activities/notify.ts';
import {createMailer} from '../adapters/mail.ts';
import {createLogger} from '../config/logger.ts';
import {readSettings, type Settings} from '../config/settings.ts';
import {claimMessage, markMessageSent} from '../store/claim-message.ts';
import {closeStore, type StoreContext} from '../store/context.ts';
import {currentPolicy} from '../store/policies.ts';
import type {OutboxEvent} from '../store/outbox.ts';
import {readMailFacts} from '../store/views/mail-facts.ts';
import {composeCarrier, composeStore, createClock} from './compose.ts';
import {untilThere} from './connect.ts';
import {onStop, tellReady} from './process.ts';
import {askTrackers} from './relay/ask-trackers.ts';
import {type Loop, startLoop} from './relay/loop.ts';
import {PartitionLocks} from './relay/own-partitions.ts';
import {Publisher} from './relay/publish-events.ts';
import {sendSignals} from './relay/send-signals.ts';
import {startRuns} from './relay/start-runs.ts';
import {workInbox} from './relay/work-inbox.ts';

/** Everything between a committed row and the one it is meant for: events out, webhooks in, signals, late starts. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLogger({level: settings.logLevel, process: 'relay'});
  const clock = createClock(process.env);
  const store = composeStore(settings, clock, settings.connections.relay);
  const connection = await untilThere(
    'Temporal',
    () => connect(settings),
    (line) => log.warn(line),
  );
  const client = new Client({connection, namespace: settings.temporal.namespace});
  const carrier = composeCarrier(settings);
  const {policy} = await untilThere(
    'Postgres',
    () => currentPolicy(store, settings.policy),
    (line) => log.warn(line),
  );
  const locks = new PartitionLocks(settings.databaseUrl);
  const publisher = new Publisher(store, [mailConsumer(settings, store)], (event, error) =>
    log.warn({event: event.id, type: event.type, error}, 'an event could not be sent and will be tried again'),
  );
  const failed = (work: string) => (error: unknown) => log.warn({work, error}, 'will be tried again');
  const asked = new Map<string, number>();
  const loops: Loop[] = [
    startLoop(1_000, async () => (await locks.claim(), 0), failed('partitions')),
    startLoop(100, () => publisher.publish(locks.partitions), failed('events')),
    startLoop(40, () => workInbox(store, log), failed('inbox')),
    startLoop(40, () => sendSignals(store, client), failed('signals')),
    startLoop(1_000, () => startRuns(store, client, clock.settings), failed('late starts')),
    startLoop(1_000, () => askTrackers(store, carrier, policy.shipping.poll_after, asked), failed('trackers')),
  ];
  onStop(async () => {
    await Promise.all(loops.map((loop) => loop.stop()));
    await locks.release();
    await connection.close();
    await closeStore(store);
  });
  tellReady();
  log.info({}, 'relay is at work');
}

function mailConsumer(settings: Settings, store: StoreContext): (event: OutboxEvent) => Promise<void> {
  const mailer = createMailer({smtpUrl: settings.mail.smtpUrl, from: settings.mail.from});
  const verbs = {
    readMailFacts: (event: OutboxEvent) => readMailFacts(store, event),
    claimMessage: (input: Parameters<typeof claimMessage>[1]) => claimMessage(store, input),
    markMessageSent: (id: string) => markMessageSent(store, id),
  };
  return (event) => notify(verbs, mailer, settings.publicUrl, event);
}

function connect({temporal}: Settings): Promise<Connection> {
  return Connection.connect({
    address: temporal.address,
    ...(temporal.tls ? {tls: true} : {}),
    ...(temporal.apiKey ? {apiKey: temporal.apiKey} : {}),
  });
}

await main();
