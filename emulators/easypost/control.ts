import {ControlError} from '../shared/control.ts';
import type {Carrier} from './carrier.ts';
import {newId} from './ids.ts';
import {moveOf, type Scan} from './moves.ts';
import {fields, type Fields, text} from './parse.ts';
import {type Tracker, TRACKER_STATUSES, type TrackerStatus} from './types.ts';
import {statusOf} from './views.ts';
import {exactTime} from './wire.ts';

/** The carrier's own control routes, beside those every emulator has. */
export function carrierControl(carrier: Carrier): Record<string, (body: Fields) => unknown> {
  return {
    'POST /_control/trackers': (body) => moveTracker(carrier, body),
    'POST /_control/refunds': (body) => settleRefund(carrier, body),
    'POST /_control/pickups': (body) => callOff(carrier, body),
  };
}

/**
 * Plans scans: `{tracking_code | shipment_id, events: [{status, at? | after_ms?, datetime?, message?, status_detail?,
 * location?, signed_by?, est_delivery_date?}], silent?}`, or the whole journey by the service's days: `{…, handed_over: true, at?}`.
 */
function moveTracker(carrier: Carrier, body: Fields): unknown {
  const tracker = trackerFor(carrier, body);
  const now = carrier.clock.now();
  if (body.handed_over === true) {
    carrier.handOver(tracker, body.at === undefined ? now : moment(body.at, 'at'));
  } else {
    if (!Array.isArray(body.events) || body.events.length === 0)
      throw new ControlError('send events [{status, …}] or handed_over');
    const scans = body.events.map((event) => readScan(fields(event), now, body.silent === true));
    for (const scan of scans) {
      carrier.record({type: 'move.planned', move: moveOf(carrier.state, tracker, scan, newId('move'), false)});
    }
  }
  carrier.settleDue();
  return {
    tracker_id: tracker.id,
    tracking_code: tracker.tracking_code,
    status: statusOf(tracker),
    now: exactTime(carrier.clock.now()),
  };
}

function trackerFor(carrier: Carrier, body: Fields): Tracker {
  const {state} = carrier;
  const postage = state.postage.get(String(body.shipment_id));
  const tracker = postage
    ? state.trackers.get(postage.tracker_id)
    : state.trackersByCode.get(String(body.tracking_code));
  if (!tracker) throw new ControlError('no tracker of that tracking_code or shipment_id');
  return tracker;
}

function readScan(event: Fields, now: number, silent: boolean): Scan {
  if (!TRACKER_STATUSES.includes(event.status as TrackerStatus)) {
    throw new ControlError(`status must be one of ${TRACKER_STATUSES.join(', ')}`);
  }
  const told = event.at === undefined ? now + delay(event.after_ms) : moment(event.at, 'at');
  const extra = {
    message: text(event.message),
    status_detail: text(event.status_detail),
    carrier_code: text(event.carrier_code),
    signed_by: text(event.signed_by),
  };
  return {
    status: event.status as TrackerStatus,
    due: Math.max(now, told),
    datetime: event.datetime === undefined ? told : moment(event.datetime, 'datetime'),
    location: fields(event.location) as NonNullable<Scan['location']>,
    silent: silent || event.silent === true,
    ...(event.est_delivery_date !== undefined && {
      est_delivery_date: moment(event.est_delivery_date, 'est_delivery_date'),
    }),
    ...Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== null)),
  };
}

function delay(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw new ControlError('after_ms must be 0 or more');
  return value;
}

function moment(value: unknown, field: string): number {
  const at = typeof value === 'number' ? value : Date.parse(String(value));
  if (!Number.isFinite(at)) throw new ControlError(`${field} must be a time (RFC 3339, or milliseconds)`);
  return at;
}

/** Decides an open refund at once: `{shipment_id, state: "refunded" | "rejected"}`. */
function settleRefund(carrier: Carrier, body: Fields): unknown {
  const refund = carrier.state.refunds.get(String(body.shipment_id));
  if (refund?.state !== 'submitted') throw new ControlError('no open refund on that shipment_id');
  if (body.state !== 'refunded' && body.state !== 'rejected')
    throw new ControlError('state must be refunded or rejected');
  carrier.record({type: 'refund.settled', id: refund.id, state: body.state, at: carrier.clock.now()});
  return {shipment_id: refund.shipment_id, state: body.state};
}

/** The carrier calls a driver off by itself: `{confirmation}`. */
function callOff(carrier: Carrier, body: Fields): unknown {
  const all = [...carrier.state.pickups.values()];
  const pickup = all.find(({confirmation, status}) => confirmation === body.confirmation && status === 'scheduled');
  if (!pickup) throw new ControlError('no driver comes under that confirmation');
  carrier.record({type: 'pickup.canceled', id: pickup.id, at: carrier.clock.now()});
  return {reference: pickup.reference, status: 'canceled'};
}
