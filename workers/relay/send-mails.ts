import {type Mailing, notify, sendDigest} from '../../activities/notify.ts';
import {timeZoneAt} from '../../adapters/time-zone.ts';
import {DIGEST_WINDOW, MESSAGING, type MessageTerms} from '../../domain/messages/terms.ts';
import {claimMessage, dropMessage, markMessageSent} from '../../store/claim-message.ts';
import {joinDigest} from '../../store/join-digest.ts';
import {switchedOff} from '../../store/ops/switches.ts';
import type {OutboxEvent} from '../../store/outbox.ts';
import {takeDigestOf, takeDueDigest} from '../../store/take-digest.ts';
import {readMailFacts} from '../../store/views/mail-facts.ts';
import type {RelayParts} from './start-relay.ts';

type Parts = Pick<RelayParts, 'store' | 'notifier' | 'policy' | 'shop' | 'publicUrl'>;

/** Tells customers by mail what happened to their orders. */
export function mailConsumer(given: Parts): (event: OutboxEvent) => Promise<void> {
  const parts = mailing(given);
  return (event) => notify(parts, event);
}

/** Sends the next mail that waited for others to be told with; none while messages are switched off. */
export async function sendDigests(given: Parts): Promise<number> {
  if (await switchedOff(given.store, 'messages')) return 0;
  const taken = await takeDueDigest(given.store, termsOf(given).asking.lease);
  if (!taken) return 0;
  await sendDigest(mailing(given), taken);
  return 1;
}

const termsOf = ({policy}: Parts): MessageTerms => policy.messages ?? MESSAGING;

function mailing(parts: Parts): Mailing {
  const {store, notifier, shop, publicUrl} = parts;
  const terms = termsOf(parts);
  return {
    store: {
      readMailFacts: (event) => readMailFacts(store, event),
      claimMessage: (input) => claimMessage(store, input),
      joinDigest: (input) => joinDigest(store, input),
      takeDigestOf: (orderId) => takeDigestOf(store, orderId, terms.asking.lease),
      markMessageSent: (id) => markMessageSent(store, id),
      dropMessage: (id, reason) => dropMessage(store, id, reason),
    },
    notifier,
    from: {shop, publicUrl, zoneOf: timeZoneAt},
    digest_window: terms.digest_window ?? DIGEST_WINDOW,
  };
}
