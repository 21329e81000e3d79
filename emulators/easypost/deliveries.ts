import type {Faults} from '../shared/faults.ts';
import type {EmulatorClock} from '../shared/clock.ts';
import {EASYPOST_RETRIES} from '../shared/retries.ts';
import {createWebhookQueue, type WebhookQueue, type WebhookReport} from '../shared/webhooks.ts';
import {eventBody, signature, type CarrierEvent} from './events.ts';
import type {Hook} from './types.ts';

/** A carrier event whose content is written out only when it is really sent. */
export type Announcement = Pick<CarrierEvent, 'id' | 'description' | 'at'> & {
  content(): Pick<CarrierEvent, 'result' | 'previous'>;
};

/** Sends events to the webhook from the environment and to every one made through the API. */
export interface Deliveries {
  announce(event: Announcement): void;
  addHook(hook: Hook): void;
  removeHook(id: string): void;
  pending(): number;
  /** What became of the events, per receiver. */
  report(): ({url: string} & WebhookReport)[];
  clockMoved(): void;
  reset(): void;
  stop(): void;
}

interface Target {
  url: string;
  since: number;
  queue: WebhookQueue;
}

export interface DeliverySettings {
  dir: string;
  faults: Faults;
  clock: EmulatorClock;
  /** The webhook from the environment. */
  standing: {url?: string; secret?: string};
}

export function createDeliveries({dir, faults, clock, standing}: DeliverySettings): Deliveries {
  const targets = new Map<string, Target>();
  const add = (id: string, url: string, secret: string | null, since: number): void => {
    const sign = (body: string): Record<string, string> =>
      secret ? {'X-Hmac-Signature': signature(body, secret)} : {};
    const queue = createWebhookQueue({url, dir, name: `sent-${id}`, sign, faults, clock, retries: EASYPOST_RETRIES});
    targets.set(id, {url, since, queue});
  };
  const remove = (id: string): void => {
    targets.get(id)?.queue.reset();
    targets.get(id)?.queue.stop();
    targets.delete(id);
  };
  if (standing.url) add('standing', standing.url, standing.secret ?? null, 0);
  return {
    announce: (event) => {
      for (const {url, since, queue} of targets.values()) {
        if (event.at < since) continue;
        queue.enqueue({id: event.id, body: () => eventBody({...event, ...event.content(), url})});
      }
    },
    addHook: (hook) => add(hook.id, hook.url, hook.secret, hook.created_at),
    removeHook: remove,
    pending: () => [...targets.values()].reduce((sum, {queue}) => sum + queue.pending(), 0),
    report: () => [...targets.values()].map(({url, queue}) => ({url, ...queue.report()})),
    clockMoved: () => {
      for (const {queue} of targets.values()) queue.clockMoved();
    },
    reset: () => {
      targets.get('standing')?.queue.reset();
      for (const id of [...targets.keys()]) if (id !== 'standing') remove(id);
    },
    stop: () => {
      for (const {queue} of targets.values()) queue.stop();
    },
  };
}
