import type {State} from './state.ts';
import type {PlannedMove, Tracker, TrackerStatus, TrackingDetail} from './types.ts';

/** What a scan says; all that is left out follows from the status and the shipment. */
export interface Scan {
  due: number;
  datetime: number;
  status: TrackerStatus;
  status_detail?: string;
  message?: string;
  carrier_code?: string;
  signed_by?: string;
  est_delivery_date?: number;
  location?: Partial<TrackingDetail['location']>;
  silent?: boolean;
}

const WORDS: Readonly<Record<TrackerStatus, {detail: string; message: string; code: string}>> = {
  unknown: {detail: 'unknown', message: 'No information yet', code: 'UN'},
  pre_transit: {detail: 'label_created', message: 'Label created', code: 'OC'},
  in_transit: {detail: 'arrived_at_facility', message: 'On the way', code: 'IT'},
  out_for_delivery: {detail: 'out_for_delivery', message: 'Out for delivery', code: 'OD'},
  available_for_pickup: {detail: 'arrived_at_pickup_location', message: 'Available for pickup', code: 'HP'},
  delivered: {detail: 'arrived_at_destination', message: 'Delivered', code: 'DL'},
  return_to_sender: {detail: 'return', message: 'Returned to sender', code: 'RS'},
  failure: {detail: 'delivery_failed', message: 'Delivery failed', code: 'DE'},
  cancelled: {detail: 'cancelled', message: 'Label cancelled', code: 'CA'},
  error: {detail: 'status_update', message: 'Tracking error', code: 'ER'},
};

/** The scan as a thing to come; it takes place at the sender's town before the last mile, then at the receiver's. */
export function moveOf(state: State, tracker: Tracker, scan: Scan, id: string, auto: boolean): PlannedMove {
  return {id, tracker_id: tracker.id, due: scan.due, auto, detail: detailOf(state, tracker.shipment_id, scan)};
}

export function detailOf(state: State, shipmentId: string | null, scan: Scan): TrackingDetail {
  const words = WORDS[scan.status];
  const shipment = shipmentId === null ? undefined : state.shipments.get(shipmentId);
  return {
    status: scan.status,
    status_detail: scan.status_detail ?? words.detail,
    message: scan.message ?? words.message,
    datetime: scan.datetime,
    arrived_at: scan.due,
    carrier_code: scan.carrier_code ?? words.code,
    location: {...placeOf(scan.status, shipment?.from_address, shipment?.to_address), ...scan.location},
    signed_by: scan.signed_by ?? null,
    est_delivery_date: scan.est_delivery_date ?? null,
    silent: scan.silent ?? false,
  };
}

type Place = TrackingDetail['location'];

function placeOf(status: TrackerStatus, from: Place | undefined, to: Place | undefined): Place {
  const near = ['unknown', 'pre_transit', 'in_transit', 'return_to_sender', 'cancelled'].includes(status) ? from : to;
  return {city: near?.city ?? null, state: near?.state ?? null, country: near?.country ?? null, zip: near?.zip ?? null};
}
