import type {ProviderEvents} from '../../activities/ports.ts';
import type {StoreContext} from '../../store/context.ts';
import {storeWebhook} from '../../store/store-webhook.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The service's time between two questions: what a lost webhook said is known well within a quarter of an hour. */
const EVERY = 5 * MINUTE;
/** Events become visible a little late, and come in no strict order. */
const OVERLAP = 10 * MINUTE;
/** After a start everything that may have been missed is asked for: so long the provider tries its webhooks. */
const FIRST_LOOK = 3 * DAY;
/** Younger ones may still be on their way. */
const ON_THEIR_WAY = MINUTE;
/** The same, in real milliseconds, for clocks that run faster than processes do. */
const REAL_OVERLAP = 10_000;

export interface EventsLog {
  warn(fields: object, message: string): void;
}

/**
 * Asks the provider for its events about holds that ended, refunds that came back and disputes, and puts those that no webhook brought into the inbox.
 * The returned function does nothing until it is time to ask again.
 */
export function createEventQuestion(store: StoreContext, events: ProviderEvents, speed: number, log: EventsLog) {
  let askedAt: number | null = null;
  let seen = new Set<string>();
  return async (): Promise<number> => {
    const now = store.now().getTime();
    if (askedAt !== null && now - askedAt < EVERY) return 0;
    const since = askedAt === null ? now - FIRST_LOOK : askedAt - OVERLAP;
    const found = new Set<string>();
    for await (const event of events.endedHolds(since - REAL_OVERLAP * speed)) {
      found.add(event.id);
      if (seen.has(event.id)) continue;
      const fresh = await storeWebhook(store, {
        provider: 'stripe',
        event_id: event.id,
        type: event.type,
        body: event.body,
      });
      if (fresh && now - event.created > Math.max(ON_THEIR_WAY, REAL_OVERLAP * speed)) {
        log.warn({event: event.id, type: event.type}, 'an event whose webhook did not come was found by asking');
      }
    }
    seen = found;
    askedAt = now;
    return 0;
  };
}
