import type {orders} from '../../store/generated/client.ts';
import {type DeskRead, recordLook} from '../../store/record-desk-read.ts';
import {readDossier} from '../../store/views/dossier-view.ts';
import {readMoment, readSteps} from '../../store/views/past-view.ts';
import {orderWorkflowId} from '../../workflows/messages.ts';
import * as contract from '../contract/dossier.ts';
import type {ApiDeps} from '../deps.ts';
import {Problem} from '../errors.ts';
import {trackingUrl} from '../order-answer.ts';
import {noSuchOrder, ownOrderRow} from '../own-order.ts';
import {type Call, ok, type Route, route} from '../route.ts';

const PRIVATE = {'Cache-Control': 'no-store'};

const look = (
  {deps, caller, requestId}: Pick<Call, 'deps' | 'caller' | 'requestId'>,
  what: DeskRead['what'],
  id: string,
) =>
  recordLook(deps.store, {
    by: {actor: caller.client_id, role: caller.role},
    what,
    order_id: id,
    order_ids: [id],
    request_id: requestId,
  });

const dossier = route(contract.getDossier, async (call) => {
  const {deps, params} = call;
  const found = await readDossier(deps.store, params.id, (order) => trackingUrl(deps, order));
  if (!found) throw noSuchOrder();
  await look(call, 'dossier', params.id);
  return ok({...found, run_url: runUrl(deps, params.id)}, PRIVATE);
});

/** Where somebody sees the order's run in the engine's own pages; null where nobody said where these are. */
const runUrl = ({temporalUi}: ApiDeps, orderId: string): string | null =>
  temporalUi && `${temporalUi}/workflows/${encodeURIComponent(orderWorkflowId(orderId))}`;

const timeline = route(contract.getTimeline, async (call) => {
  const order = await ownOrderRow(call, call.params.id);
  return ok({version: order.last_seq, steps: await readSteps(call.deps.store, order.id, call.query.after)}, PRIVATE);
});

const moment = route(contract.getMoment, async (call) => {
  const order: orders = await ownOrderRow(call, call.params.id);
  const {seq, at} = call.query;
  const found = await readMoment(call.deps.store, order, at === undefined ? {seq: seq ?? 1} : {at: new Date(at)});
  if (!found) throw new Problem('not_found', 'there was no such order then');
  return ok(found, PRIVATE);
});

export const dossierRoutes: readonly Route[] = [dossier, timeline, moment];
