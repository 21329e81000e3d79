import {type Request, Router} from 'express';
import type {Carrier} from './carrier.ts';
import {newId} from './ids.ts';
import {labelPdf} from './label.ts';
import {operation} from './operation.ts';
import {pageOf} from './pages.ts';
import {fields, type Fields, parseAddress, text} from './parse.ts';
import {rateShipment} from './rates.ts';
import {buyPostage, createShipment, findShipment, requestRefund, rerate, sellerOf} from './shipments.ts';
import {createTracker, findTracker} from './trackers.ts';
import type {Hook, Shipment, Tracker} from './types.ts';
import {addressJson, hookJson, rateJson, shipmentJson, trackerJson} from './views.ts';
import {verified} from './verification.ts';
import {ApiFault, missing, notFound} from './wire.ts';

const body = (request: Request): Fields => fields(request.body);

export function shipmentRoutes(carrier: Carrier): Router {
  const {state, faults} = carrier;
  const routes = Router();
  const json = (shipment: Shipment) => shipmentJson(state, shipment, carrier.baseUrl);
  const wanted = (request: Request) => findShipment(carrier, request.params.id);

  routes.post(
    '/',
    operation(faults, 'shipment.create', 201, (request) => json(createShipment(carrier, body(request)))),
  );
  routes.get(
    '/',
    operation(faults, 'shipment.list', 200, (request) => {
      const {items, has_more} = pageOf(state.order.shipments, state.shipments, request.query);
      return {shipments: items.map(json), has_more};
    }),
  );
  routes.get(
    '/:id',
    operation(faults, 'shipment.get', 200, (request) => json(wanted(request))),
  );
  routes.post(
    '/:id/rerate',
    operation(faults, 'shipment.rerate', 200, (request) => {
      const shipment = wanted(request);
      rerate(carrier, shipment);
      return {rates: rateShipment(shipment).rates.map((rate) => rateJson(rate, shipment))};
    }),
  );
  routes.post(
    '/:id/buy',
    operation(
      faults,
      'shipment.buy',
      200,
      (request) => {
        const shipment = wanted(request);
        buyPostage(carrier, shipment, body(request));
        return json(shipment);
      },
      {part: (request) => sellerOf(carrier, String(request.params.id), body(request))},
    ),
  );
  routes.post(
    '/:id/refund',
    operation(faults, 'shipment.refund', 200, (request) => {
      const shipment = wanted(request);
      requestRefund(carrier, shipment);
      return json(shipment);
    }),
  );
  routes.get(
    '/:id/label',
    operation(faults, 'shipment.label', 200, (request) => {
      const shipment = wanted(request);
      if (!state.postage.has(shipment.id)) throw notFound();
      refuseOtherFormats(request.query.file_format);
      return json(shipment);
    }),
  );
  return routes;
}

/** Further formats get their own url in `postage_label` and their own writer beside `labelPdf`. */
function refuseOtherFormats(format: unknown): void {
  if (String(format ?? '').toUpperCase() === 'PDF') return;
  throw new ApiFault(422, 'SHIPMENT.LABEL.FORMAT_UNAVAILABLE', 'This label is to be had as PDF only.');
}

/** `GET /labels/:file`, open to everybody who knows the address, like EasyPost's label links. */
export function labelRoutes(carrier: Carrier): Router {
  const routes = Router();
  const draw = (request: Request): Promise<Buffer> => {
    const id = String(request.params.file).replace(/\.pdf$/, '');
    const shipment = carrier.state.shipments.get(id);
    const postage = carrier.state.postage.get(id);
    if (!shipment || !postage) throw notFound();
    return labelPdf(shipment, postage);
  };
  routes.get(
    '/:file',
    operation(carrier.faults, 'label.get', 200, draw, {
      send: (response, pdf) => void response.type('pdf').send(pdf),
    }),
  );
  return routes;
}

export function trackerRoutes(carrier: Carrier): Router {
  const {state, faults} = carrier;
  const routes = Router();
  const json = (tracker: Tracker) => trackerJson(tracker, carrier.baseUrl);

  routes.post(
    '/',
    operation(faults, 'tracker.create', 200, (request) => json(createTracker(carrier, body(request)))),
  );
  routes.get(
    '/',
    operation(faults, 'tracker.list', 200, (request) => {
      const code = text(request.query.tracking_code);
      if (code !== null) {
        const found = state.trackersByCode.get(code);
        return {trackers: found ? [json(found)] : [], has_more: false};
      }
      const {items, has_more} = pageOf(state.order.trackers, state.trackers, request.query);
      return {trackers: items.map(json), has_more};
    }),
  );
  routes.get(
    '/:id',
    operation(faults, 'tracker.get', 200, (request) => json(findTracker(carrier, request.params.id))),
  );
  return routes;
}

/** Addresses are taken as they come, and verified where that is asked for. */
export function addressRoutes(carrier: Carrier): Router {
  const {state, faults} = carrier;
  const routes = Router();
  routes.post(
    '/',
    operation(faults, 'address.create', 201, (request) => {
      const {address: given, verify} = body(request);
      const address = parseAddress(given, 'address', state.addresses, carrier.clock.now());
      if (state.addresses.has(address.id)) return addressJson(address);
      const asked = verify === true || (Array.isArray(verify) && verify.length > 0);
      const {address: written, verification} = asked ? verified(address) : {address};
      const kept = {...written, ...(verification && {verification})};
      carrier.record({type: 'address.created', address: kept});
      return addressJson(kept);
    }),
  );
  routes.get(
    '/',
    operation(faults, 'address.list', 200, (request) => {
      const {items, has_more} = pageOf(state.order.addresses, state.addresses, request.query);
      return {addresses: items.map(addressJson), has_more};
    }),
  );
  routes.get(
    '/:id',
    operation(faults, 'address.get', 200, (request) => {
      const address = state.addresses.get(String(request.params.id));
      if (!address) throw notFound();
      return addressJson(address);
    }),
  );
  return routes;
}

export function hookRoutes(carrier: Carrier): Router {
  const {state, faults} = carrier;
  const routes = Router();
  const wanted = (request: Request): Hook => {
    const hook = state.hooks.get(String(request.params.id));
    if (!hook) throw notFound();
    return hook;
  };
  routes.post(
    '/',
    operation(faults, 'webhook_endpoint.create', 201, (request) => {
      const given = fields(body(request).webhook);
      const url = text(given.url);
      if (url === null || !URL.canParse(url)) throw missing('webhook.url');
      const hook: Hook = {id: newId('hook'), url, secret: text(given.webhook_secret), created_at: carrier.clock.now()};
      carrier.record({type: 'hook.created', hook});
      return hookJson(hook);
    }),
  );
  routes.get(
    '/',
    operation(faults, 'webhook_endpoint.list', 200, () => ({webhooks: [...state.hooks.values()].map(hookJson)})),
  );
  routes.get(
    '/:id',
    operation(faults, 'webhook_endpoint.get', 200, (request) => hookJson(wanted(request))),
  );
  routes.delete(
    '/:id',
    operation(faults, 'webhook_endpoint.delete', 200, (request) => {
      carrier.record({type: 'hook.deleted', id: wanted(request).id});
      return {};
    }),
  );
  return routes;
}
