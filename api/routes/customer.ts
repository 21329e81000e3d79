import {answerDelay} from '../../store/answer-delay.ts';
import {cancelReturn} from '../../store/decide-return.ts';
import type {orders} from '../../store/generated/client.ts';
import type {Tx} from '../../store/context.ts';
import {readProfile, readShipTo} from '../../store/personal-data.ts';
import {isSameTown} from '../../domain/shipping/whereabouts.ts';
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
import * as contract from '../contract/customer.ts';
import {trackOrder} from '../contract/track.ts';
import type {z} from '../contract/z.ts';
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

const cancel = route(contract.trackCancel, async ({deps, params, body, idempotencyKey}) => {
  const order = await orderByLink(deps, params.token);
  const lines = body.lines ?? (body.items && (await linesOf(deps, order, body.items)));
  const request = {
    ...(lines && {lines}),
    reason: body.reason ?? 'cancelled by the customer',
    ...CUSTOMER,
    request_id: requestByLink(order, requireKey(idempotencyKey), body),
  };
  return privately(await cancelAs(deps, order, request));
});

/** Units are taken from the newest line of a product first. */
async function linesOf({store}: ApiDeps, order: orders, items: readonly {sku: string; qty: number}[]) {
  const rows = await store.prisma.order_lines.findMany({where: {order_id: order.id}, orderBy: {position: 'desc'}});
  return items.flatMap(({sku, qty}) => {
    let left = qty;
    const lines = rows.filter((row) => row.sku === sku);
    const taken = lines.map((row) => {
      const take = Math.min(left, row.qty - row.cancelled);
      left -= take;
      return {line_id: row.id, qty: take};
    });
    const [first] = taken;
    // what is too much is refused by name
    if (first) first.qty += left;
    return first ? taken.filter((line) => line.qty > 0) : [{line_id: sku, qty}];
  });
}

const address = route(contract.trackAddress, async ({deps, params, body, idempotencyKey}) => {
  const order = await orderByLink(deps, params.token);
  await requireEmail(deps, order, body.confirm_email);
  const ship_to = await located(deps, order, body.ship_to);
  const given = {kind: 'address' as const, reason: 'asked for by the customer', ship_to};
  const asked = await readChange(deps, order, given, CUSTOMER.role);
  const request_id = requestByLink(order, requireKey(idempotencyKey), body);
  return privately(await changeOrder(deps, {...asked, by: CUSTOMER, request_id}, order));
});

type Given = z.output<typeof contract.trackAddress.body>['ship_to'];

/** People do not know coordinates: another door of the same town has those of the first. */
async function located({store}: ApiDeps, order: orders, {lat, lng, ...given}: Given) {
  if (lat !== undefined && lng !== undefined) return {...given, lat, lng};
  const door = await readShipTo(store, store.prisma as Tx, order.id);
  if (door && isSameTown(door, given)) return {...given, lat: door.lat, lng: door.lng};
  const detail = 'only to another door of the same town: the shop can send it further away';
  throw new Problem('invalid_request', detail, {errors: [{pointer: '/ship_to/city', code: 'other_town', detail}]});
}

/** A forwarded link must not send goods elsewhere: it shows no e-mail address, so this is something else to know. */
async function requireEmail({store}: ApiDeps, order: orders, given: string): Promise<void> {
  const profile = await readProfile(store, store.prisma as Tx, order.customer_id);
  const same = (text: string) => text.trim().toLowerCase();
  if (profile && same(profile.email) === same(given)) return;
  throw new Problem('not_confirmed', 'name the e-mail address that the order was placed with');
}

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
