import type {Carrier} from './carrier.ts';
import type {Announcement} from './deliveries.ts';
import {derivedId} from './ids.ts';
import type {State} from './state.ts';
import type {Tracker} from './types.ts';
import {changedAt, refundJson, statusOf, trackerJson} from './views.ts';

/** The event of the latest scan of a tracker, or of its creation; null when the scan is silent. */
export function trackerAnnouncement(carrier: Carrier, trackerId: string): Announcement | null {
  const tracker = carrier.state.trackers.get(trackerId);
  return tracker ? revisionAnnouncement(carrier, tracker, tracker.details.length) : null;
}

/** Always the same id and content for the same scan, so a restarted carrier sends nothing twice under a new name. */
function revisionAnnouncement(carrier: Carrier, tracker: Tracker, revision: number): Announcement | null {
  const created = revision === tracker.initial;
  if (!created && tracker.details[revision - 1]?.silent) return null;
  return {
    id: derivedId('evt', tracker.id, revision),
    description: created ? 'tracker.created' : 'tracker.updated',
    at: changedAt(tracker, revision),
    content: () => ({
      result: trackerJson(tracker, carrier.baseUrl, revision),
      previous: created ? {} : {status: statusOf(tracker, revision - 1)},
    }),
  };
}

/** The event of a granted refund. */
export function refundAnnouncement(state: State, refundId: string): Announcement | null {
  const refund = state.refundsById.get(refundId);
  const postage = refund && state.postage.get(refund.shipment_id);
  if (!refund || !postage || refund.state !== 'refunded' || refund.settled_at === null) return null;
  return {
    id: derivedId('evt', refund.id),
    description: 'refund.successful',
    at: refund.settled_at,
    content: () => ({result: refundJson(refund, postage), previous: {status: 'submitted'}}),
  };
}

/** Every event there ever was, oldest first: what a restarted carrier hands to its delivery queue. */
export function announceAll(carrier: Carrier): Announcement[] {
  const told: (Announcement | null)[] = [];
  for (const tracker of carrier.state.trackers.values()) {
    for (let revision = tracker.initial; revision <= tracker.details.length; revision += 1) {
      told.push(revisionAnnouncement(carrier, tracker, revision));
    }
  }
  for (const refund of carrier.state.refundsById.values()) told.push(refundAnnouncement(carrier.state, refund.id));
  return told.filter((event) => event !== null).sort((a, b) => a.at - b.at);
}
