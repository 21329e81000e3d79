import type {CarrierRate, Label, Shipment, ShipmentRequest, TrackerState} from '../activities/ports.ts';
import {decimalText, parseAmount} from '../domain/money/decimal.ts';
import {lastWord, type ScanPlace, type TrackerNotes} from '../domain/shipping/tracking.ts';
import {gramsToOunces, mmToInches} from '../domain/shipping/units.ts';
import {addressParams} from './easypost-address.ts';
import {asRecord} from './json.ts';
import {providerFailure} from './provider-failures.ts';

type Json = Record<string, unknown>;

/** The request in EasyPost's words: ounces and inches, rounded up so that no parcel is declared too small. */
export function shipmentParams(request: ShipmentRequest): Json {
  return {
    reference: request.reference,
    // EasyPost turns the way round: the addresses stay those of the way out
    ...(request.is_return && {is_return: true}),
    from_address: addressParams(request.from),
    to_address: addressParams(request.to),
    ...(request.customs && {customs_info: customsParams(request, request.customs)}),
    // bought with the label: there is one for each label, whatever is repeated
    ...(request.insured && {insurance: decimalText(request.insured.amount, request.insured.currency)}),
    parcel: {
      weight: gramsToOunces(request.weight_g),
      length: mmToInches(request.length_mm),
      width: mmToInches(request.width_mm),
      height: mmToInches(request.height_mm),
    },
  };
}

/** Goods that were sold, returned to us where they cannot be delivered; signed by whoever sends them. */
function customsParams({from}: ShipmentRequest, {currency, lines}: NonNullable<ShipmentRequest['customs']>): Json {
  return {
    contents_type: 'merchandise',
    customs_certify: true,
    customs_signer: from.name,
    non_delivery_option: 'return',
    restriction_type: 'none',
    eel_pfc: 'NOEEI 30.37(a)',
    customs_items: lines.map((line) => ({
      code: line.sku.slice(0, 20),
      description: line.description,
      quantity: line.qty,
      // of all units together, like the weight
      value: decimalText(line.value, currency),
      weight: gramsToOunces(line.weight_g),
      hs_tariff_number: line.hs_code,
      origin_country: line.origin_country,
      currency,
    })),
  };
}

/** Reads a shipment. Throws ProviderError for an answer that is none. */
export function readShipment(answer: unknown): Shipment {
  const shipment = asRecord(answer);
  const id = text(shipment?.['id']);
  if (!shipment || id === null || !Array.isArray(shipment['rates'])) throw providerFailure.unreadable('EasyPost');
  return {
    shipment_ref: id,
    // a price that is no exact amount cannot be chosen
    rates: shipment['rates'].map((rate) => readRate(asRecord(rate) ?? {})).filter((rate) => rate !== null),
    label: readLabel(shipment),
    refund: refundOf(shipment['refund_status']),
  };
}

function readRate(rate: Json): CarrierRate | null {
  const [ref, carrier, service, currency] = [rate['id'], rate['carrier'], rate['service'], rate['currency']].map(text);
  const amount = currency ? parseAmount(String(rate['rate']), currency) : null;
  if (!ref || !carrier || !service || !currency || amount === null) return null;
  return {
    rate_ref: ref,
    carrier,
    service,
    amount,
    currency,
    delivery_days: number(rate['delivery_days']),
    carbon_g: number(asRecord(rate['carbon_offset'])?.['grams']),
  };
}

function readLabel(shipment: Json): Label | null {
  const bought = asRecord(shipment['postage_label']);
  if (!bought) return null;
  const rate = readRate(asRecord(shipment['selected_rate']) ?? {});
  const url = text(bought['label_url']);
  const tracking = text(shipment['tracking_code']);
  // paid for, but not to be used: ask again until all of it is there
  if (!rate || url === null || tracking === null) throw providerFailure.unreadable('EasyPost');
  const tracker = asRecord(shipment['tracker']);
  const promised = asRecord(shipment['selected_rate'])?.['delivery_date'];
  return {
    carrier: rate.carrier,
    service: rate.service,
    tracking_number: tracking,
    tracker_ref: text(tracker?.['id']),
    label_url: url,
    cost: rate.amount,
    currency: rate.currency,
    delivery_days: rate.delivery_days,
    estimated_delivery: time(tracker?.['est_delivery_date']) ?? time(promised),
  };
}

function refundOf(status: unknown): Shipment['refund'] {
  return status === 'submitted' || status === 'refunded' || status === 'rejected' ? status : 'none';
}

/** Reads a tracker. Throws ProviderError for an answer that is none. */
export function readTracker(answer: unknown): TrackerState {
  const tracker = asRecord(answer);
  const trackingNumber = text(tracker?.['tracking_code']);
  const status = text(tracker?.['status']);
  if (!tracker || trackingNumber === null || status === null) throw providerFailure.unreadable('EasyPost');
  const word = lastWord({status, ...notesOf(tracker)});
  if (word === null) throw providerFailure.unreadable('EasyPost');
  return {tracking_number: trackingNumber, ...word, estimated_delivery: time(tracker['est_delivery_date'])};
}

/** A tracker's scans, from its JSON. */
export function notesOf(tracker: Json): Omit<TrackerNotes, 'status'> {
  const details = Array.isArray(tracker['tracking_details']) ? tracker['tracking_details'].map(asRecord) : [];
  return {
    carrier: text(tracker['carrier']),
    updated_at: time(tracker['updated_at']),
    details: details.map((detail) => ({
      status: text(detail?.['status']),
      at: time(detail?.['datetime']),
      code: text(detail?.['carrier_code']),
      place: placeOf(asRecord(detail?.['tracking_location'])),
    })),
  };
}

/** What a tracker calls a place is shown as it came, so it is cut to what a name could be. */
function placeOf(location: Json | undefined): ScanPlace | null {
  const named = (key: string) =>
    text(location?.[key])
      ?.replace(/\p{Cc}/gu, ' ')
      .slice(0, 100) ?? null;
  const [city, region, country] = [named('city'), named('state'), named('country')];
  return city || country ? {city, region, country} : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Epoch milliseconds of an ISO time. */
function time(value: unknown): number | null {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
