import type {Client} from '@temporalio/client';
import type {Carrier, Notifier, PaymentGateway, ProviderEvents, TextGateway} from '../../activities/ports.ts';
import type {Policy} from '../../domain/policy/policy.ts';
import type {StoreContext} from '../../store/context.ts';
import {COLLECTION} from '../../domain/shipping/collection.ts';
import {countCarrierRecords} from '../../store/record-arrival.ts';
import {countStageTimes} from '../../store/ops/stage-times.ts';
import {switchedOff} from '../../store/ops/switches.ts';
import {growPickups} from '../../store/ask-pickup.ts';
import {makeWave} from '../../store/make-wave.ts';
import {readHeldWord} from '../../store/read-held-words.ts';
import {releaseWaves} from '../../store/release-waves.ts';
import {indexOldOrders} from '../../store/search-forms.ts';
import {sweepQuotes} from '../../store/sweep-quotes.ts';
import {tellLate} from '../../store/tell-late.ts';
import {watchHolds} from '../../store/overdue-holds.ts';
import type {ClockSettings} from '../../workflows/messages.ts';
import {createEventQuestion} from './ask-for-events.ts';
import {askHolds} from './ask-holds.ts';
import {askTrackers} from './ask-trackers.ts';
import {endSwitchesInTime} from './end-switches.ts';
import {bookPickups} from './book-pickups.ts';
import {fillBackorders} from './fill-backorders.ts';
import {startLoop} from './loop.ts';
import {makeManifests} from './make-manifests.ts';
import {moveOpenWork} from './move-work.ts';
import {PartitionLocks} from './own-partitions.ts';
import {Publisher} from './publish-events.ts';
import {readWords} from './read-held-words.ts';
import {mailConsumer, sendDigests} from './send-mails.ts';
import {sendSignals} from './send-signals.ts';
import {sendTexts, textConsumer} from './send-texts.ts';
import {startRuns} from './start-runs.ts';
import {startSideRuns} from './start-side-runs.ts';
import {watchPickups} from './watch-pickups.ts';
import {workInbox} from './work-inbox.ts';

export interface RelayParts {
  store: StoreContext;
  databaseUrl: string;
  client: Client;
  clock: ClockSettings;
  taskQueue: string;
  carrier: Carrier;
  /** asked about holds that wait for somebody else than us */
  payments: Pick<PaymentGateway, 'inspect'>;
  /** without it lost webhooks about holds are found at the next use of the hold only */
  holdEvents?: ProviderEvents;
  notifier: Notifier;
  /** without it no texts are sent */
  texts?: TextGateway | undefined;
  policy: Policy;
  /** who writes to customers: the name in the sender of mails */
  shop: string;
  /** where customers reach the service, without a slash at the end */
  publicUrl: string;
  log: {warn(fields: object, message: string): void};
  steps?: RelaySteps;
}

/** Steps of the relay's own that change orders, each one transaction; the store's, unless something stands around them. */
export interface RelaySteps {
  makeWave: typeof makeWave;
  readHeldWord: typeof readHeldWord;
}

const STEPS: RelaySteps = {makeWave, readHeldWord};

export interface Relay {
  stop(): Promise<void>;
}

/** Everything between a committed row and the one it is meant for: events out, webhooks in, signals, late starts. */
export function startRelay(parts: RelayParts): Relay {
  const {store, client, clock, carrier, policy, log, steps = STEPS} = parts;
  const locks = new PartitionLocks(parts.databaseUrl);
  const texts = textConsumer(parts);
  const consumers = [mailConsumer(parts), ...(texts ? [texts] : [])];
  const publisher = new Publisher(store, consumers, (event, error) =>
    log.warn({event: event.id, type: event.type, error}, 'an event could not be sent and will be tried again'),
  );
  const {collection = COLLECTION} = policy;
  const asked = new Map<string, number>();
  const askedHolds = new Map<string, number>();
  const failed = (work: string) => (error: unknown) => log.warn({work, error}, 'will be tried again');
  const loops = [
    startLoop(1_000, () => locks.claim().then(() => 0), failed('partitions')),
    startLoop(150, () => publishUnlessOff(store, publisher, locks), failed('events')),
    startLoop(250, () => sendDigests(parts), failed('mails that were told together')),
    startLoop(200, () => sendTexts(parts), failed('texts')),
    startLoop(80, () => workInbox(store, log), failed('inbox')),
    startLoop(60, () => sendSignals(store, client), failed('signals')),
    startLoop(1_000, () => startRuns(store, client, clock, parts.taskQueue), failed('late starts')),
    startLoop(100, () => fillBackorders(store, log), failed('backorders')),
    startLoop(250, () => moveOpenWork(store, log), failed('open work')),
    startLoop(80, () => startSideRuns(store, client, clock, parts.taskQueue), failed('side runs')),
    startLoop(1_000, () => askHolds(store, parts.payments, askedHolds), failed('holds')),
    startLoop(1_000, () => sweepQuotes(store, 50), failed('quotes')),
    startLoop(60_000, () => countCarrierRecords(store), failed('records of carriers')),
    startLoop(300_000, () => indexOldOrders(store, 50), failed('search')),
    startLoop(1_000, () => releaseWaves(store, steps.makeWave), failed('waves')),
    startLoop(60_000, () => countStageTimes(store), failed('times of stages')),
    startLoop(1_000, () => endSwitchesInTime(store), failed('switches')),
    startLoop(500, () => makeManifests(store, carrier, collection, log), failed('manifests')),
    startLoop(500, () => bookPickups(store, carrier, collection, log), failed('pickups')),
    startLoop(1_000, () => watchPickups(store, carrier, collection), failed('drivers who were booked')),
    startLoop(2_000, () => growPickups(store, collection).then(() => 0), failed('pickups that grow')),
    startLoop(2_000, () => watchHolds(store), failed('holds of orders')),
    startLoop(1_000, () => tellLate(store), failed('shipments that are late')),
    startLoop(1_000, () => readWords(store, log, steps.readHeldWord), failed('words of trackers')),
    startLoop(1_000, () => askTrackers(store, carrier, policy.shipping.poll_after, asked), failed('trackers')),
  ];
  if (parts.holdEvents) {
    const ask = createEventQuestion(store, parts.holdEvents, clock.speed, log);
    loops.push(startLoop(1_000, ask, failed('events of the provider')));
  }
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
      await locks.release();
    },
  };
}

/** While messages are switched off events wait; nothing is lost, and each order's still come in sequence. */
async function publishUnlessOff(store: StoreContext, publisher: Publisher, locks: PartitionLocks): Promise<number> {
  return (await switchedOff(store, 'messages')) ? 0 : publisher.publish(locks.partitions);
}
