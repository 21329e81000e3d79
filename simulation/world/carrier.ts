import type {WorldClock} from '../clock.ts';
import {NoAnswer, send} from '../http.ts';
import {DAY, HOUR} from './plan.ts';

/** What happens to a parcel when, epoch milliseconds on the shared clock. */
export interface TrackerEvent {
  status: 'in_transit' | 'out_for_delivery' | 'delivered' | 'return_to_sender';
  at: number;
}

/** The carrier emulator's control interface, as the world uses it. */
export interface CarrierControl {
  plan(trackingCode: string, events: readonly TrackerEvent[]): Promise<void>;
}

/** A parcel on its way is scanned at least so often, so that a slow one is not taken for a lost one. */
const QUIET_AT_MOST = 12 * DAY;

/**
 * The scans of a parcel from its hand-over; one that is lost is seen once and never again. However late the hand-over
 * was, the way takes `shortest` at least.
 */
export function journeyEvents(handedOver: number, arrives: number, lost: boolean, shortest: number): TrackerEvent[] {
  const first: TrackerEvent = {status: 'in_transit', at: handedOver};
  if (lost) return [first];
  const arrival = Math.max(arrives, handedOver + shortest);
  const way = arrival - handedOver;
  const hops = Math.floor(way / QUIET_AT_MOST);
  const between = Array.from({length: hops}, (_, i): TrackerEvent => {
    return {status: 'in_transit', at: Math.round(handedOver + (way * (i + 1)) / (hops + 1))};
  });
  const lastMile = Math.round(arrival - Math.min(4 * HOUR, way / 4));
  return [first, ...between, {status: 'out_for_delivery', at: lastMile}, {status: 'delivered', at: arrival}];
}

const TRIES = 60;

export function carrierControl(url: string, clock: Pick<WorldClock, 'pause'>): CarrierControl {
  return {
    plan: async (trackingCode, events) => {
      const body = {
        tracking_code: trackingCode,
        events: events.map(({status, at}) => ({status, at: new Date(at).toISOString()})),
      };
      for (let tries = 1; ; tries += 1) {
        try {
          const reply = await send({method: 'POST', url: `${url}/_control/trackers`, body});
          if (reply.status === 200) return;
          throw new Error(`the carrier answered ${reply.status}: ${JSON.stringify(reply.body)}`);
        } catch (error) {
          if (!(error instanceof NoAnswer) || tries === TRIES) throw error;
          await clock.pause(Math.min(2_000, 100 * tries));
        }
      }
    },
  };
}
