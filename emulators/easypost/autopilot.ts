import {newId} from './ids.ts';
import type {State} from './state.ts';
import type {PlannedMove, Tracker, TrackerStatus} from './types.ts';
import {moveOf} from './moves.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The scans of a parcel handed over at `at`, spread over the days its service takes. */
export function planJourney(state: State, tracker: Tracker, at: number): PlannedMove[] {
  const days = (tracker.shipment_id && state.postage.get(tracker.shipment_id)?.delivery_days) || 0;
  const arrival = at + (days === 0 ? 6 * HOUR : days * DAY);
  const stops: {due: number; status: TrackerStatus; message: string}[] = [
    {due: at + HOUR, status: 'in_transit', message: 'Picked up'},
  ];
  for (let day = 1; day < days; day += 1)
    stops.push({due: at + day * DAY, status: 'in_transit', message: 'Arrived at facility'});
  stops.push({due: arrival - 4 * HOUR, status: 'out_for_delivery', message: 'Out for delivery'});
  stops.push({due: arrival, status: 'delivered', message: 'Delivered'});
  return stops
    .sort((a, b) => a.due - b.due)
    .map(({due, status, message}) =>
      moveOf(state, tracker, {due, datetime: due, status, message}, newId('move'), true),
    );
}
