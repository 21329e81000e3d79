import {type Request, Router} from 'express';
import type {Carrier} from './carrier.ts';
import {newId} from './ids.ts';
import {operation} from './operation.ts';
import {fields, parseAddress, text} from './parse.ts';
import {findShipment} from './shipments.ts';
import type {Pickup, PickupRate} from './types.ts';
import {addressJson} from './views.ts';
import {ApiFault, invalid, missing, money, notFound, time} from './wire.ts';

/** What a driver who comes for a label's parcel costs, minor units of USD. */
const PRICES: Readonly<Record<string, number>> = {Scheduled: 450, SameDay: 795};

/** A driver is asked for at an address; nobody comes before one of the rates is bought. */
export function pickupRoutes(carrier: Carrier): Router {
  const {faults} = carrier;
  const routes = Router();
  const of = (request: Request) => findPickup(carrier, request.params.id);
  const answer = (pickup: Pickup) => pickupJson(carrier, pickup);
  routes.post(
    '/',
    operation(faults, 'pickup.create', 201, (request) => answer(create(carrier, request))),
  );
  routes.get(
    '/:id',
    operation(faults, 'pickup.get', 200, (request) => answer(of(request))),
  );
  routes.post(
    '/:id/buy',
    operation(faults, 'pickup.buy', 200, (request) => answer(buy(carrier, of(request), request))),
  );
  routes.post(
    '/:id/cancel',
    operation(faults, 'pickup.cancel', 200, (request) => answer(cancel(carrier, of(request)))),
  );
  return routes;
}

/** By its id, else the first of that reference: nothing keeps a reference from being used twice. */
function findPickup({state}: Carrier, name: unknown): Pickup {
  const found =
    state.pickups.get(String(name)) ?? [...state.pickups.values()].find(({reference}) => reference === name);
  if (!found) throw notFound();
  return found;
}

function create(carrier: Carrier, request: Request): Pickup {
  const given = fields(fields(request.body).pickup);
  const {state, clock, faults} = carrier;
  const now = clock.now();
  const shipment = findShipment(carrier, fields(given.shipment).id);
  const postage = state.postage.get(shipment.id);
  if (!postage) throw refused('NO_POSTAGE', 'The shipment has no postage.');
  const refund = state.refunds.get(shipment.id);
  if (refund && refund.state !== 'rejected') throw refused('REFUNDED', 'The postage of the shipment was given back.');
  const min = instant(given.min_datetime, 'pickup.min_datetime');
  const max = instant(given.max_datetime, 'pickup.max_datetime');
  if (max <= min || max <= now) throw invalid('pickup.max_datetime', 'must be later than min_datetime and now');
  const silent = faults.take(`pickup.rates.${postage.carrier}`) !== undefined;
  const rates = Object.entries(PRICES).map(([service, rate]) => ({carrier: postage.carrier, service, rate}));
  const pickup: Pickup = {
    id: newId('pickup'),
    created_at: now,
    reference: text(given.reference),
    address: parseAddress(given.address, 'pickup.address', state.addresses, now),
    shipment_id: shipment.id,
    min,
    max,
    instructions: text(given.instructions),
    rates: silent ? [] : rates,
    status: 'unknown',
    bought: null,
    confirmation: null,
  };
  carrier.record({type: 'pickup.created', pickup});
  return pickup;
}

function buy(carrier: Carrier, pickup: Pickup, request: Request): Pickup {
  if (pickup.status !== 'unknown') throw refused(pickup.status.toUpperCase(), `The pickup is ${pickup.status}.`);
  const given = fields(request.body);
  const rate = pickup.rates.find((each) => each.carrier === given.carrier && each.service === given.service);
  if (!rate) throw refused('RATE', 'The pickup has no such rate.');
  if (carrier.clock.now() >= pickup.max) throw refused('TOO_LATE', 'The window of the pickup is over.');
  const confirmation = `WTC${[...carrier.state.pickups.keys()].indexOf(pickup.id) + 1_000_001}`;
  carrier.record({type: 'pickup.scheduled', id: pickup.id, rate, confirmation, at: carrier.clock.now()});
  return findPickup(carrier, pickup.id);
}

function cancel(carrier: Carrier, pickup: Pickup): Pickup {
  if (pickup.status !== 'scheduled') throw refused('NOT_SCHEDULED', 'Nobody was asked to come.');
  carrier.record({type: 'pickup.canceled', id: pickup.id, at: carrier.clock.now()});
  return findPickup(carrier, pickup.id);
}

const refused = (code: string, message: string) => new ApiFault(422, `PICKUP.${code}`, message);

function instant(value: unknown, field: string): number {
  if (text(value) === null) throw missing(field);
  const at = Date.parse(String(value));
  if (Number.isNaN(at)) throw invalid(field, 'must be a time');
  return at;
}

const rateJson = (pickup: Pickup, {carrier, service, rate}: PickupRate) => ({
  id: `${pickup.id}_${service}`,
  object: 'PickupRate',
  mode: 'test',
  ...{service, carrier, rate: money(rate), currency: 'USD', pickup_id: pickup.id},
});

function pickupJson({state}: Carrier, pickup: Pickup): Record<string, unknown> {
  const {id, created_at, reference, address, shipment_id, min, max, instructions, rates, status, confirmation} = pickup;
  const silent = rates.length === 0 ? [state.postage.get(shipment_id)?.carrier] : [];
  return {
    id,
    object: 'Pickup',
    mode: 'test',
    ...{reference, status, instructions, confirmation},
    is_account_address: false,
    min_datetime: time(min),
    max_datetime: time(max),
    address: addressJson(address),
    carrier_accounts: [],
    messages: silent.map((carrier) => ({carrier, type: 'rate_error', message: 'Pickups are not offered here then.'})),
    pickup_rates: rates.map((rate) => rateJson(pickup, rate)),
    created_at: time(created_at),
    updated_at: time(pickup.changed_at ?? created_at),
  };
}
