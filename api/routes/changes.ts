import type {orders} from '../../store/generated/client.ts';
import {cancelAs} from '../cancel-order.ts';
import {changeOrder} from '../change-order.ts';
import * as contract from '../contract/changes.ts';
import type {ApiDeps} from '../deps.ts';
import {Problem} from '../errors.ts';
import {requireKey} from '../idempotency.ts';
import {ownOrderRow} from '../own-order.ts';
import {readChange} from '../read-change.ts';
import {requestHash} from '../request-hash.ts';
import {type Answer, type Route, route} from '../route.ts';

/** The same key with the same body is the same change, whoever repeats it. */
const requestId = (...parts: unknown[]) => requestHash(...parts).slice(0, 32);

const change = route(contract.changeOrder, async (call) => {
  const {deps, caller, body, idempotencyKey} = call;
  const order = await ownOrderRow(call, call.params.id);
  const by = {actor: caller.client_id, role: caller.role};
  const asked = await readChange(deps, order, body, caller.role);
  const request_id = requestId(caller.client_id, requireKey(idempotencyKey), order.id, body);
  return changeOrder(deps, {...asked, by, request_id}, order);
});

const TOKEN = /^[A-Za-z0-9_-]{20,64}$/;

/** Whoever has the link of an order is its customer. */
async function orderOfToken({store}: ApiDeps, token: string): Promise<orders> {
  const order = TOKEN.test(token) ? await store.prisma.orders.findUnique({where: {tracking_token: token}}) : null;
  if (!order) throw new Problem('not_found', 'this link leads nowhere');
  return order;
}

const PRIVATE = {'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex'};
const privately = (answer: Answer): Answer => ({...answer, headers: {...answer.headers, ...PRIVATE}});

const address = route(contract.trackAddress, async ({deps, params, body, idempotencyKey}) => {
  const order = await orderOfToken(deps, params.token);
  const by = {actor: order.customer_id, role: 'customer'};
  const given = {kind: 'address' as const, reason: 'asked for by the customer', ship_to: body.ship_to};
  const asked = await readChange(deps, order, given, by.role);
  const request_id = requestId('track', requireKey(idempotencyKey), order.id, body);
  return privately(await changeOrder(deps, {...asked, by, request_id}, order));
});

const cancel = route(contract.trackCancel, async ({deps, params, body, idempotencyKey}) => {
  const order = await orderOfToken(deps, params.token);
  const lines = body.items && (await linesOf(deps, order, body.items));
  const request = {
    ...(lines && {lines}),
    reason: body.reason ?? 'cancelled by the customer',
    actor: order.customer_id,
    role: 'customer',
    request_id: requestId('track', requireKey(idempotencyKey), order.id, body),
  };
  return privately(await cancelAs(deps, order, request));
});

/** Customers know products, not line ids: units are taken from the newest line of a product first. */
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

export const changeRoutes: readonly Route[] = [change, cancel, address];
