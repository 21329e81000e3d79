import type {Carrier} from './carrier.ts';
import {newId} from './ids.ts';
import {fields, type Fields, text} from './parse.ts';
import type {Tracker} from './types.ts';
import {missing, notFound} from './wire.ts';

/** A tracker for any tracking code; the one that exists already, if it does. */
export function createTracker(carrier: Carrier, body: Fields): Tracker {
  const given = fields(body.tracker);
  const code = text(given.tracking_code);
  if (code === null) throw missing('tracker.tracking_code');
  const known = carrier.state.trackersByCode.get(code);
  if (known) return known;
  const id = newId('trk');
  const tracker: Tracker = {
    id,
    tracking_code: code,
    carrier: text(given.carrier) ?? 'SwiftPost',
    service: null,
    shipment_id: null,
    weight: null,
    est_delivery_date: null,
    created_at: carrier.clock.now(),
    details: [],
    initial: 0,
  };
  carrier.record({type: 'tracker.created', tracker});
  return carrier.state.trackers.get(id) ?? tracker;
}

/** By id, or by tracking code as the real API also takes it. */
export function findTracker(carrier: Carrier, id: unknown): Tracker {
  const tracker = carrier.state.trackers.get(String(id)) ?? carrier.state.trackersByCode.get(String(id));
  if (!tracker) throw notFound();
  return tracker;
}
