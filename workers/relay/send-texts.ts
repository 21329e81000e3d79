import {queueTextOf, sendText, type TextParts, type TextStore} from '../../activities/text.ts';
import {timeZoneAt} from '../../adapters/time-zone.ts';
import {MESSAGING} from '../../domain/messages/terms.ts';
import type {StoreContext} from '../../store/context.ts';
import {dropText, markTextSent} from '../../store/end-text.ts';
import {switchedOff} from '../../store/ops/switches.ts';
import type {OutboxEvent} from '../../store/outbox.ts';
import {queueText} from '../../store/queue-text.ts';
import {chooseAllTexts} from '../../store/stop-texts.ts';
import {beginAsking, putOffText, takeText} from '../../store/take-text.ts';
import {readTextFacts} from '../../store/views/text-facts.ts';
import type {RelayParts} from './start-relay.ts';

type Parts = Pick<RelayParts, 'store' | 'texts' | 'policy' | 'shop' | 'publicUrl' | 'log'>;

/** Writes down the texts that events ask for; null where no provider of texts is set. */
export function textConsumer(given: Parts): ((event: OutboxEvent) => Promise<void>) | null {
  const parts = textParts(given);
  return parts && ((event) => queueTextOf(parts, event));
}

/** So many texts are under way at once. */
const AT_ONCE = 4;

/** Sends the texts that are due; returns how many there were. None while messages are switched off: they wait. */
export async function sendTexts(given: Parts): Promise<number> {
  const parts = textParts(given);
  if (!parts || (await switchedOff(given.store, 'messages'))) return 0;
  const work = async (): Promise<number> => {
    const taken = await takeText(given.store, parts.terms.asking.lease);
    if (!taken) return 0;
    const {message_id, template} = taken;
    await sendText(parts, taken).catch((error: unknown) =>
      given.log.warn({message: message_id, template, error}, 'a text could not be sent and will be tried again'),
    );
    return 1;
  };
  const done = await Promise.all(Array.from({length: AT_ONCE}, work));
  return done.reduce((sum, n) => sum + n, 0);
}

function textParts({store, texts, policy, shop, publicUrl}: Parts): TextParts | null {
  if (!texts) return null;
  const from = {shop, publicUrl, zoneOf: timeZoneAt};
  return {store: bind(store), gateway: texts, from, terms: policy.messages ?? MESSAGING};
}

const bind = (store: StoreContext): TextStore => ({
  now: store.now,
  readTextFacts: (event) => readTextFacts(store, event),
  queueText: (input) => queueText(store, input),
  beginAsking: (taken, segments) => beginAsking(store, taken, segments),
  putOffText: (taken, later) => putOffText(store, taken, later),
  markTextSent: (id, text) => markTextSent(store, id, text),
  dropText: (id, reason) => dropText(store, id, reason),
  refuseTexts: (customerId) => chooseAllTexts(store, customerId, false),
});
