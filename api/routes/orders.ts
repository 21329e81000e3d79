import {resumeOrder as askToResume} from '../../store/stuck-steps.ts';
import {readHistory} from '../../store/views/history.ts';
import type {orders} from '../../store/generated/client.ts';
import {type OrderRows, orderView, readOrder} from '../../store/views/order-view.ts';
import {listOrders} from '../../store/views/orders-list.ts';
import {answerBackorder} from '../answer-backorder.ts';
import {cancelOrder} from '../cancel-order.ts';
import * as contract from '../contract/orders.ts';
import {payOrder} from '../contract/payment.ts';
import {Problem} from '../errors.ts';
import {requireKey} from '../idempotency.ts';
import {asSeen} from '../if-match.ts';
import {nextLink} from '../next-link.ts';
import {trackingUrl} from '../order-answer.ts';
import {maySeeOrder} from '../own.ts';
import {payOrder as payByAnother} from '../pay-order.ts';
import {noSuchOrder, ownOrderRow} from '../own-order.ts';
import {placeOrder} from '../place-order.ts';
import {requestHash} from '../request-hash.ts';
import {type Answer, type Call, ok, type Route, route} from '../route.ts';

const place = {operation: contract.placeOrder, handle: placeOrder};

async function ownOrder({deps, caller}: Pick<Call, 'deps' | 'caller'>, id: string): Promise<OrderRows> {
  const rows = await readOrder(deps.store, {id});
  if (!rows || !maySeeOrder(caller, rows.order)) throw noSuchOrder();
  return rows;
}

const get = route(contract.getOrder, async (call) => {
  const rows = await ownOrder(call, call.params.id);
  return ok(orderView(rows, trackingUrl(call.deps, rows.order)));
});

const list = route(contract.listOrders, async ({deps, query, request}) => {
  const page = await listOrders(deps.store, query);
  return ok(page.items, nextLink(request, page.next));
});

const history = route(contract.getHistory, async (call) => {
  const order = await ownOrderRow(call, call.params.id);
  return ok(await readHistory(call.deps.store, order.id));
});

const pay = route(payOrder, async (call) => payByAnother(call, await ownOrderRow(call, call.params.id)));

const cancel = route(contract.cancelOrder, async (call) => {
  const order = await ownOrderRow(call, call.params.id);
  return asSeen(call, order.id, () => cancelOrder(call, order));
});

const backorder = route(contract.answerBackorder, async (call) => {
  const {deps, caller, body, idempotencyKey} = call;
  const order = await ownOrderRow(call, call.params.id);
  const request_id = requestHash(caller.client_id, requireKey(idempotencyKey)).slice(0, 32);
  return answerBackorder(deps, order, {...body, request_id, by: {actor: caller.client_id, role: caller.role}});
});

const resume = route(contract.resumeOrder, async (call) => {
  const order = await ownOrderRow(call, call.params.id);
  return asSeen(call, order.id, () => resumeNow(call, order));
});

type ResumeCall = Call<typeof contract.resumeOrder.params, null, typeof contract.resumeOrder.body>;

async function resumeNow({deps, caller, body, idempotencyKey}: ResumeCall, order: orders): Promise<Answer> {
  const asked = await askToResume(deps.store, {
    order_id: order.id,
    note: body.note,
    by: {actor: caller.client_id, role: caller.role},
    request_id: requestHash(caller.client_id, requireKey(idempotencyKey)).slice(0, 32),
  });
  if (asked.length === 0) throw new Problem('nothing_stuck', 'no step of this order waits for ops');
  const shown = asked.map(({sub_order_id, step, code, since}) => ({
    sub_order_id,
    step,
    code,
    since: since.toISOString(),
  }));
  return ok({asked: shown});
}

export const orderRoutes: readonly Route[] = [
  place as unknown as Route,
  list,
  get,
  history,
  pay,
  cancel,
  backorder,
  resume,
];
