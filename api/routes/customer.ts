import {answerDelay} from '../../store/answer-delay.ts';
import {cancelReturn} from '../../store/decide-return.ts';
import type {orders} from '../../store/generated/client.ts';
import {newestUnits} from '../../domain/order/newest-units.ts';
import {previewReturn} from '../../store/preview-return.ts';
import {readPaper} from '../../store/views/paper-view.ts';
import {readReturnSlip} from '../../store/views/return-slip.ts';
import {readReturn, returnView} from '../../store/views/returns-view.ts';
import {money} from '../../store/views/shapes.ts';
import {readTracking} from '../../store/views/track-view.ts';
import {documentPdf} from '../../web/print/document-pdf.ts';
import {labelPdf} from '../../web/print/pdf.ts';
import {answerBackorder} from '../answer-backorder.ts';
import {CUSTOMER, orderByLink, privately, requestByLink} from '../by-link.ts';
import {cancelAs} from '../cancel-order.ts';
import {changeOrder} from '../change-order.ts';
import {located, requireEmail} from '../customer-address.ts';
import * as contract from '../contract/customer.ts';
import {trackOrder} from '../contract/track.ts';
import type {ApiDeps} from '../deps.ts';
import {Problem} from '../errors.ts';
import {requireKey} from '../idempotency.ts';
import {readChange} from '../read-change.ts';
import {askForReturn, returnRefused, wantedOf} from '../request-return.ts';
import {ok, type Route, route} from '../route.ts';
import {parseBody} from '../validate.ts';

const nowhere = () => new Problem('not_found', 'this link leads nowhere');

const track = route(trackOrder, async ({deps, params}) => {
  const view = await readTracking(deps.store, params.token);
  if (!view) throw nowhere();
  return privately(ok(view));
});

const readLines = ({store}: ApiDeps, order: orders) =>
  store.prisma.order_lines.findMany({where: {order_id: order.id}, orderBy: {position: 'desc'}});

const cancel = route(contract.trackCancel, async ({deps, params, body, idempotencyKey}) => {
  const order = await orderByLink(deps, params.token);
  const lines = body.lines ?? (body.items && newestUnits(await readLines(deps, order), body.items));
  const request = {
    ...(lines && {lines}),
    reason: body.reason ?? 'cancelled by the customer',
    ...CUSTOMER,
    request_id: requestByLink(order, requireKey(idempotencyKey), body),
  };
  return privately(await cancelAs(deps, order, request));
});

const address = route(contract.trackAddress, async ({deps, params, body, idempotencyKey}) => {
  const order = await orderByLink(deps, params.token);
  await requireEmail(deps, order, body.confirm_email);
  const ship_to = await located(deps, order, body.ship_to);
  const given = {kind: 'address' as const, reason: 'asked for by the customer', ship_to};
  const asked = await readChange(deps, order, given, CUSTOMER.role);
  const request_id = requestByLink(order, requireKey(idempotencyKey), body);
  return privately(await changeOrder(deps, {...asked, by: CUSTOMER, request_id}, order));
});

const backorder = route(contract.trackBackorder, async ({deps, params, body, idempotencyKey}) => {
  const order = await orderByLink(deps, params.token);
  const request_id = requestByLink(order, requireKey(idempotencyKey));
  return privately(await answerBackorder(deps, order, {...body, by: CUSTOMER, request_id}));
});

const delay = route(contract.trackDelay, async ({deps, params, body, idempotencyKey}) => {
  const order = await orderByLink(deps, params.token);
  const {shipment: position, choice} = body;
  const lines = await answerDelay(deps.store, {order_id: order.id, position, choice, by: CUSTOMER});
  if (lines === null) throw new Problem('nothing_late', 'this shipment is not late');
  if (choice === 'accept' || lines.length === 0) return privately(ok({cancelled: [], refused: []}));
  const request_id = requestByLink(order, requireKey(idempotencyKey));
  return privately(await cancelAs(deps, order, {lines, reason: 'comes too late', ...CUSTOMER, request_id}));
});

const requestReturn = route(contract.requestReturnByLink, async ({deps, params, raw, idempotencyKey}) => {
  const key = requireKey(idempotencyKey);
  const body = parseBody(contract.requestReturnByLink.body, raw);
  const order = await orderByLink(deps, params.token);
  return privately(await askForReturn(deps, order, body, {by: CUSTOMER, identity: ['link', key]}));
});

const preview = route(contract.previewReturnByLink, async ({deps, params, body}) => {
  const order = await orderByLink(deps, params.token);
  const found = await previewReturn(deps.store, order, wantedOf(body));
  if (found.refused.length > 0) throw returnRefused(body, {refused: found.refused, returnable: []});
  const {value, fee, decision, refund_on, send_within_days} = found;
  const decided_by = decision?.outcome === 'approve' ? 'rules' : 'person';
  const amount = (of: number) => money(of, order.currency);
  return privately(ok({value: amount(value), fee: amount(fee), decided_by, refund_on, send_within_days}));
});

/** A return of this order; that of another one does not exist. */
async function ownReturn(deps: ApiDeps, {token, id}: {token: string; id: string}): Promise<orders> {
  const order = await orderByLink(deps, token);
  const found = await deps.store.prisma.returns.findUnique({where: {id}});
  if (found?.order_id !== order.id || found.kind !== 'customer') throw nowhere();
  return order;
}

const keep = route(contract.cancelReturnByLink, async ({deps, params}) => {
  await ownReturn(deps, params);
  const result = await cancelReturn(deps.store, {return_id: params.id, by: CUSTOMER});
  if (result.outcome === 'too_late') throw new Problem('return_arrived', 'it is here already, or has ended');
  const rows = await readReturn(deps.store, params.id);
  if (!rows) throw nowhere();
  return privately(ok(returnView(rows, true)));
});

const pdf = (name: string) => ({
  'Content-Type': 'application/pdf',
  'Content-Disposition': `inline; filename="${name}.pdf"`,
});

const label = route(contract.printReturnLabel, async ({deps, params}) => {
  const order = await ownReturn(deps, params);
  const slip = await readReturnSlip(deps.store, order, params.id);
  if (!slip) throw new Problem('not_ready', 'there is no label yet');
  return privately(ok(await labelPdf(slip), pdf('return-label')));
});

const paper = route(contract.printDocument, async ({deps, params}) => {
  const order = await orderByLink(deps, params.token);
  const found = await readPaper(deps.store, order, params.number);
  if (!found) throw nowhere();
  return privately(ok(await documentPdf(found), pdf(found.number)));
});

export const customerRoutes: readonly Route[] = [
  track,
  cancel,
  address,
  backorder,
  delay,
  requestReturn,
  preview,
  keep,
  label,
  paper,
];
