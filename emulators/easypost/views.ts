import {derivedId} from './ids.ts';
import {rateShipment, type Rate} from './rates.ts';
import type {State} from './state.ts';
import type {
  Address,
  Hook,
  Parcel,
  Postage,
  Refund,
  Shipment,
  Tracker,
  TrackerStatus,
  TrackingDetail,
} from './types.ts';
import {money, time} from './wire.ts';

/** EasyPost's JSON of everything the carrier keeps. `baseUrl` is where labels are served. */

type Json = Record<string, unknown>;

/** A label costs this much on top, as EasyPost's own fee (minor units). */
const LABEL_FEE = 1;

export function addressJson(address: Address): Json {
  const {created_at, verification, ...rest} = address;
  return {
    object: 'Address',
    ...rest,
    mode: 'test',
    carrier_facility: null,
    federal_tax_id: null,
    state_tax_id: null,
    verifications: verification
      ? {zip4: {...verification, details: null}, delivery: {...verification, details: {}}}
      : {},
    created_at: time(created_at),
    updated_at: time(created_at),
  };
}

function parcelJson(parcel: Parcel, shipment: Shipment): Json {
  const at = time(shipment.created_at);
  return {
    id: derivedId('prcl', shipment.id),
    object: 'Parcel',
    mode: 'test',
    ...parcel,
    created_at: at,
    updated_at: at,
  };
}

export function rateJson(rate: Rate, shipment: Shipment): Json {
  const at = time(shipment.rating.at);
  return {
    id: rate.id,
    object: 'Rate',
    mode: 'test',
    carrier: rate.carrier,
    service: rate.service,
    carrier_account_id: derivedId('ca', rate.carrier),
    shipment_id: shipment.id,
    rate: money(rate.amount),
    currency: rate.currency,
    list_rate: money(rate.list_amount),
    list_currency: rate.currency,
    retail_rate: money(rate.retail_amount),
    retail_currency: rate.currency,
    delivery_days: rate.delivery_days,
    est_delivery_days: rate.delivery_days,
    delivery_date: time(rate.delivery_date),
    delivery_date_guaranteed: rate.guaranteed,
    billing_type: 'easypost',
    carbon_offset: {grams: rate.carbon_grams},
    created_at: at,
    updated_at: at,
  };
}

export function shipmentJson(state: State, shipment: Shipment, baseUrl: string): Json {
  const postage = state.postage.get(shipment.id);
  const tracker = postage && state.trackers.get(postage.tracker_id);
  const {rates, messages} = rateShipment(shipment);
  const selected = postage && rates.find((rate) => rate.id === postage.rate_id);
  const refund = state.refunds.get(shipment.id);
  const form = state.formOf.get(shipment.id);
  const touched = [
    shipment.rating.at,
    postage?.bought_at,
    refund?.settled_at ?? refund?.at,
    tracker && changedAt(tracker),
  ];
  return {
    id: shipment.id,
    object: 'Shipment',
    mode: 'test',
    reference: shipment.reference,
    status: tracker ? statusOf(tracker) : 'unknown',
    tracking_code: postage?.tracking_code ?? null,
    is_return: shipment.is_return,
    to_address: addressJson(shipment.to_address),
    from_address: addressJson(shipment.from_address),
    return_address: addressJson(shipment.return_address),
    buyer_address: addressJson(shipment.to_address),
    parcel: parcelJson(shipment.parcel, shipment),
    customs_info: shipment.customs_info,
    options: shipment.options,
    rates: rates.map((rate) => rateJson(rate, shipment)),
    selected_rate: selected ? rateJson(selected, shipment) : null,
    postage_label: postage ? labelJson(postage, baseUrl) : null,
    tracker: tracker ? trackerJson(tracker, baseUrl) : null,
    fees: postage ? feesJson(postage, refund) : [],
    forms: [],
    insurance: shipment.insurance ?? null,
    messages: messages.map(({carrier, message}) => ({
      carrier,
      carrier_account_id: derivedId('ca', carrier),
      type: 'rate_error',
      message,
    })),
    refund_status: refund?.state ?? null,
    batch_id: null,
    batch_status: null,
    batch_message: null,
    order_id: null,
    scan_form: form === undefined ? null : {id: form, object: 'ScanForm'},
    usps_zone: null,
    created_at: time(shipment.created_at),
    updated_at: time(Math.max(...touched.filter((at) => at !== undefined))),
  };
}

function labelJson(postage: Postage, baseUrl: string): Json {
  const url = `${baseUrl}/labels/${postage.shipment_id}.pdf`;
  const at = time(postage.bought_at);
  return {
    id: derivedId('pl', postage.shipment_id),
    object: 'PostageLabel',
    date_advance: 0,
    integrated_form: 'none',
    label_date: at,
    label_resolution: 300,
    label_size: '4x6',
    label_type: 'default',
    label_file_type: 'application/pdf',
    label_url: url,
    label_pdf_url: url,
    label_zpl_url: null,
    label_epl2_url: null,
    label_file: null,
    created_at: at,
    updated_at: at,
  };
}

function feesJson(postage: Postage, refund: Refund | undefined): Json[] {
  const refunded = refund?.state === 'refunded';
  return [
    {object: 'Fee', type: 'LabelFee', amount: money(LABEL_FEE, 5), charged: true, refunded},
    {object: 'Fee', type: 'PostageFee', amount: money(postage.cost, 5), charged: true, refunded},
  ];
}

/** The tracker after its first `revision` scans; all of them by default. */
export function trackerJson(tracker: Tracker, baseUrl: string, revision = tracker.details.length): Json {
  const seen = tracker.details.slice(0, revision);
  const status = statusOf(tracker, revision);
  const said = seen.findLast((detail) => (detail.est_delivery_date ?? null) !== null);
  const expected = said?.est_delivery_date ?? tracker.est_delivery_date;
  return {
    id: tracker.id,
    object: 'Tracker',
    mode: 'test',
    tracking_code: tracker.tracking_code,
    status,
    status_detail: seen.at(-1)?.status_detail ?? 'unknown',
    carrier: tracker.carrier,
    shipment_id: tracker.shipment_id,
    weight: tracker.weight,
    signed_by: seen.findLast((detail) => detail.signed_by !== null)?.signed_by ?? null,
    est_delivery_date: expected === null ? null : time(expected),
    tracking_details: seen
      .toSorted((a, b) => a.datetime - b.datetime)
      .map((detail) => detailJson(detail, tracker.carrier)),
    carrier_detail: {object: 'CarrierDetail', service: tracker.service, container_type: null},
    is_return: false,
    finalized: FINAL.has(status),
    public_url: `${baseUrl}/track/${tracker.tracking_code}`,
    fees: [],
    created_at: time(tracker.created_at),
    updated_at: time(changedAt(tracker, revision)),
  };
}

const FINAL: ReadonlySet<TrackerStatus> = new Set(['delivered', 'return_to_sender', 'cancelled', 'failure']);

function detailJson(detail: TrackingDetail, carrier: string): Json {
  return {
    object: 'TrackingDetail',
    status: detail.status,
    status_detail: detail.status_detail,
    message: detail.message,
    description: detail.message,
    datetime: time(detail.datetime),
    source: carrier,
    carrier_code: detail.carrier_code,
    tracking_location: {object: 'TrackingLocation', ...detail.location},
  };
}

/** The scan that arrived last gives the status. */
export function statusOf(tracker: Tracker, revision = tracker.details.length): TrackerStatus {
  return tracker.details[revision - 1]?.status ?? 'unknown';
}

export function changedAt(tracker: Tracker, revision = tracker.details.length): number {
  return tracker.details[revision - 1]?.arrived_at ?? tracker.created_at;
}

export function refundJson(refund: Refund, postage: Postage): Json {
  return {
    id: refund.id,
    object: 'Refund',
    tracking_code: postage.tracking_code,
    confirmation_number: null,
    status: refund.state,
    carrier: postage.carrier,
    shipment_id: refund.shipment_id,
    created_at: time(refund.at),
    updated_at: time(refund.settled_at ?? refund.at),
  };
}

export function hookJson(hook: Hook): Json {
  return {
    id: hook.id,
    object: 'Webhook',
    mode: 'test',
    url: hook.url,
    custom_headers: [],
    disabled_at: null,
    created_at: time(hook.created_at),
  };
}
