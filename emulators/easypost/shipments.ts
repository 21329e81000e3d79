import type {Carrier} from './carrier.ts';
import {newId, trackingCode} from './ids.ts';
import {detailOf} from './moves.ts';
import {fields, type Fields, parseAddress, parseParcel, text} from './parse.ts';
import {rateShipment} from './rates.ts';
import {CARRIER_NAMES, TRACKING_PREFIX} from './services.ts';
import type {Postage, Shipment, Tracker} from './types.ts';
import {ApiFault, missing, notFound} from './wire.ts';

export function createShipment(carrier: Carrier, body: Fields): Shipment {
  const given = fields(body.shipment);
  if (Object.keys(given).length === 0) throw missing('shipment');
  const {state, clock} = carrier;
  const now = clock.now();
  const isReturn = given.is_return === true;
  // a return goes the way back: the addresses are given as on the way out
  const [away, home] = isReturn ? (['to_address', 'from_address'] as const) : (['from_address', 'to_address'] as const);
  const from = parseAddress(given[away], away, state.addresses, now);
  const customs = fields(given.customs_info);
  refuseHalfCustoms(customs);
  const shipment: Shipment = {
    id: newId('shp'),
    created_at: now,
    to_address: parseAddress(given[home], home, state.addresses, now),
    from_address: from,
    return_address: given.return_address
      ? parseAddress(given.return_address, 'return_address', state.addresses, now)
      : from,
    parcel: parseParcel(given.parcel),
    reference: text(given.reference),
    is_return: isReturn,
    options: {currency: 'USD', payment: {type: 'SENDER'}, date_advance: 0, ...fields(given.options)},
    customs_info: Object.keys(customs).length === 0 ? null : {id: newId('cstinfo'), object: 'CustomsInfo', ...customs},
    insurance: text(given.insurance),
    rating: {round: 1, at: now, silent: silentCarriers(carrier)},
  };
  carrier.record({type: 'shipment.created', shipment});
  return shipment;
}

export function findShipment(carrier: Carrier, id: unknown): Shipment {
  const shipment = carrier.state.shipments.get(String(id));
  if (!shipment) throw notFound();
  return shipment;
}

/** New prices at today's date; the old rate ids are worth nothing any more. */
export function rerate(carrier: Carrier, shipment: Shipment): void {
  refuseBought(carrier, shipment);
  const at = carrier.clock.now();
  carrier.record({type: 'shipment.rerated', id: shipment.id, at, silent: silentCarriers(carrier)});
}

/** A declaration without a tariff number, an origin or a value for each item is none. */
function refuseHalfCustoms(customs: Fields): void {
  if (Object.keys(customs).length === 0) return;
  const items = Array.isArray(customs.customs_items) ? customs.customs_items.map(fields) : [];
  if (items.length === 0) throw missing('shipment.customs_info.customs_items');
  for (const item of items) {
    for (const name of ['description', 'quantity', 'value', 'weight', 'hs_tariff_number', 'origin_country']) {
      if (item[name] === undefined || item[name] === null || item[name] === '')
        throw missing(`shipment.customs_info.customs_items.${name}`);
    }
  }
}

/** Carriers that name no price now: faults of `shipment.rates.<carrier>`, whatever their mode. */
function silentCarriers({faults}: Carrier): string[] {
  return CARRIER_NAMES.filter((name) => faults.take(`shipment.rates.${name}`) !== undefined);
}

/** The carrier whose rate is to be bought; null when there is no such rate. */
export function sellerOf(carrier: Carrier, shipmentId: string, body: Fields): string | null {
  const shipment = carrier.state.shipments.get(shipmentId);
  const rateId = rateIdOf(body);
  return (shipment && rateShipment(shipment).rates.find(({id}) => id === rateId)?.carrier) ?? null;
}

const rateIdOf = (body: Fields): string | null => text(fields(body.rate).id) ?? text(body.rate);

/** Buys postage at one of the shipment's present rates. A second time is refused, whatever the rate. */
export function buyPostage(carrier: Carrier, shipment: Shipment, body: Fields): void {
  refuseBought(carrier, shipment);
  const rateId = rateIdOf(body);
  if (rateId === null) throw missing('rate');
  const rate = rateShipment(shipment).rates.find(({id}) => id === rateId);
  if (!rate) throw notFound();
  const now = carrier.clock.now();
  const {rateLifetimeMs} = carrier.settings;
  if (rateLifetimeMs !== null && now - shipment.rating.at > rateLifetimeMs) {
    throw new ApiFault(422, 'SHIPMENT.RATE.EXPIRED', 'This rate is no longer available: rate the shipment again.');
  }
  const postage: Postage = {
    shipment_id: shipment.id,
    bought_at: now,
    rate_id: rate.id,
    carrier: rate.carrier,
    service: rate.service,
    cost: rate.amount,
    currency: rate.currency,
    delivery_days: rate.delivery_days,
    delivery_date: rate.delivery_date,
    tracking_code: freeTrackingCode(carrier, rate.carrier, shipment.id),
    tracker_id: newId('trk'),
  };
  carrier.record({type: 'postage.bought', postage, tracker: trackerOf(carrier, shipment, postage)});
  const tracker = carrier.state.trackers.get(postage.tracker_id);
  const {handOverAfterMs} = carrier.settings;
  if (tracker && handOverAfterMs !== null) carrier.handOver(tracker, now + handOverAfterMs);
}

function refuseBought(carrier: Carrier, shipment: Shipment): void {
  if (carrier.state.postage.has(shipment.id)) {
    throw new ApiFault(422, 'SHIPMENT.POSTAGE.EXISTS', 'Postage already exists for this shipment.');
  }
}

function freeTrackingCode(carrier: Carrier, carrierName: string, shipmentId: string): string {
  for (let attempt = 0; ; attempt += 1) {
    const code = trackingCode(TRACKING_PREFIX[carrierName] ?? 'XXX', shipmentId, attempt);
    if (!carrier.state.trackersByCode.has(code)) return code;
  }
}

function trackerOf(carrier: Carrier, shipment: Shipment, postage: Postage): Tracker {
  const at = postage.bought_at;
  return {
    id: postage.tracker_id,
    tracking_code: postage.tracking_code,
    carrier: postage.carrier,
    service: postage.service,
    shipment_id: shipment.id,
    weight: shipment.parcel.weight,
    est_delivery_date: postage.delivery_date,
    created_at: at,
    details: [detailOf(carrier.state, shipment.id, {due: at, datetime: at, status: 'pre_transit'})],
    initial: 1,
  };
}

/**
 * Asks for the money back. The outcome comes later on the virtual clock: refused when the parcel has moved by then.
 * Asking again while it is open or granted changes nothing; after a refusal it starts anew.
 */
export function requestRefund(carrier: Carrier, shipment: Shipment): void {
  const {state, clock, settings} = carrier;
  if (!state.postage.has(shipment.id)) {
    throw new ApiFault(422, 'SHIPMENT.REFUND.UNAVAILABLE', 'There is no postage to refund on this shipment.');
  }
  const earlier = state.refunds.get(shipment.id);
  if (earlier && earlier.state !== 'rejected') return;
  const at = clock.now();
  carrier.record({
    type: 'refund.submitted',
    refund: {
      id: newId('rfnd'),
      shipment_id: shipment.id,
      at,
      settle_at: at + settings.refundDelayMs,
      state: 'submitted',
      settled_at: null,
    },
  });
}
