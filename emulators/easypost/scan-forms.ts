import {type Request, Router} from 'express';
import type {Carrier} from './carrier.ts';
import {newId} from './ids.ts';
import {operation} from './operation.ts';
import {fields, type Fields, text} from './parse.ts';
import {findShipment} from './shipments.ts';
import type {ScanForm} from './types.ts';
import {addressJson} from './views.ts';
import {ApiFault, missing, notFound, time} from './wire.ts';

/** One form for what a carrier takes along; a shipment is on one, once. */
export function scanFormRoutes(carrier: Carrier): Router {
  const {faults, state} = carrier;
  const routes = Router();
  routes.post(
    '/',
    operation(faults, 'scan_form.create', 201, (request) => scanFormJson(carrier, create(carrier, request))),
  );
  routes.get(
    '/:id',
    operation(faults, 'scan_form.get', 200, (request) => {
      const form = state.scanForms.get(String(request.params.id));
      if (!form) throw notFound();
      return scanFormJson(carrier, form);
    }),
  );
  return routes;
}

function create(carrier: Carrier, request: Request): ScanForm {
  const {shipments} = fields(fields(request.body).scan_form);
  const ids = (Array.isArray(shipments) ? shipments : []).map((each: unknown) => text(fields(each as Fields).id));
  if (ids.length === 0) throw missing('scan_form.shipments');
  const {state} = carrier;
  const wanted = ids.map((id) => findShipment(carrier, id));
  for (const {id} of wanted) refuse(carrier, id);
  const carriers = new Set(wanted.map(({id}) => state.postage.get(id)?.carrier));
  const places = new Set(wanted.map(({from_address: {street1, zip}}) => `${street1}\n${zip}`));
  if (carriers.size > 1) throw refused('CARRIERS_DIFFER', 'All shipments of a form are of one carrier.');
  if (places.size > 1) throw refused('ADDRESSES_DIFFER', 'All shipments of a form leave from one address.');
  const form = {id: newId('sf'), created_at: carrier.clock.now(), shipments: wanted.map(({id}) => id)};
  carrier.record({type: 'scan_form.created', form});
  return form;
}

function refuse({state}: Carrier, id: string): void {
  if (!state.postage.has(id)) throw refused('NO_POSTAGE', 'A shipment has no postage.');
  if (state.formOf.has(id)) throw refused('EXISTS', 'A shipment is on a form already.');
  const refund = state.refunds.get(id);
  if (refund && refund.state !== 'rejected') throw refused('REFUNDED', 'The postage of a shipment was given back.');
}

const refused = (code: string, message: string) => new ApiFault(422, `SCAN_FORM.SHIPMENT.${code}`, message);

function scanFormJson({state, baseUrl}: Carrier, {id, created_at, shipments}: ScanForm): Record<string, unknown> {
  const from = state.shipments.get(shipments[0] ?? '')?.from_address;
  return {
    id,
    object: 'ScanForm',
    mode: 'test',
    status: 'created',
    message: null,
    address: from ? addressJson(from) : null,
    tracking_codes: shipments.flatMap((each) => state.postage.get(each)?.tracking_code ?? []),
    form_url: `${baseUrl}/scan_forms/${id}.pdf`,
    form_file_type: null,
    batch_id: null,
    created_at: time(created_at),
    updated_at: time(created_at),
  };
}
