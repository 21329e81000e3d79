import type {IntakeFault} from '../domain/intake/check-order.ts';
import {acceptOrder, type OrderToAccept} from '../store/accept-order.ts';
import type {ShipTo} from '../store/personal-data.ts';
import {beginRequest, findRequest, keepAnswer, type RequestKey, type StoredAnswer} from '../store/request-keys.ts';
import {IntentUsedError} from '../store/shop-hold.ts';
import {placed} from './contract/order-answers.ts';
import {Problem, problemBody} from './errors.ts';
import {REPLAYED, requireKey, reused} from './idempotency.ts';
import {refuseWhileOff} from './intake.ts';
import {type Judged, judgeOrder} from './judge-order.ts';
import {orderAnswer} from './order-answer.ts';
import {priceRequest, quotedRequest, refusalOfLostOffer} from './price-request.ts';
import {type OrderBody, readOrder, type ReadOrder} from './read-order.ts';
import {requestHash} from './request-hash.ts';
import type {Answer, Call} from './route.ts';
import {startOrder} from './start-order.ts';
import {invalidRequest} from './validate.ts';

/** One request, one answer: repeated at will under its key, an order is placed once. */
export async function placeOrder(call: Call): Promise<Answer> {
  const key = requireKey(call.idempotencyKey);
  const read = readOrder(call.raw);
  if (read.body === null) throw invalidRequest([...read.faults, ...(await judgeOrder(call, read)).faults]);
  const request: RequestKey = {
    client_id: call.caller.client_id,
    key,
    operation: 'orders',
    request_hash: requestHash('placeOrder', read.body),
  };
  const {body} = read;
  return call.deps.turns.checkouts.take(
    body.lines.map(({sku}) => sku),
    async () => (await repeat(call, request)) ?? (await placeNew(call, read, body, request)),
    () => call.request.socket.destroyed,
  );
}

/** The answer to a request that was seen before; null for a new one. */
async function repeat(call: Call, request: RequestKey): Promise<Answer | null> {
  const known = await findRequest(call.deps.store, request);
  switch (known.state) {
    case 'new':
      return null;
    case 'reused':
      throw reused();
    case 'answered':
      return {...inOrder(known.answer), headers: REPLAYED};
    case 'open':
      // the lack of stock is being told to another one of these requests
      if (known.subject_id === '') return null;
      return finish(call, request, known.subject_id);
  }
}

const NOTHING_TO_PAY = {pointer: '/lines', code: 'nothing_to_pay', detail: 'the order is worth nothing'};

const INTENT_USED = {pointer: '/payment_intent', code: 'used_before', detail: 'it stands for another order'};

async function placeNew(call: Call, read: ReadOrder, body: OrderBody, request: RequestKey): Promise<Answer> {
  await refuseWhileOff(call.deps.store);
  const judged = await judgeOrder(call, read);
  const {faults, shortages} = judged;
  if (faults.length > 0) throw invalidRequest([...faults, ...shortages]);
  if (shortages.length > 0) return refuseForStock(call, request, shortages);
  const toAccept = await orderToAccept(call, read, body, request, judged);
  if (toAccept.price.total === 0) throw invalidRequest([NOTHING_TO_PAY]);
  const order = await acceptOrder(call.deps.store, toAccept).catch((error: unknown) => {
    if (error instanceof IntentUsedError) throw invalidRequest([INTENT_USED]);
    throw refusalOfLostOffer(error, body) ?? error;
  });
  if (order) return finish(call, request, order.id);
  // another request with the same key wrote its order between our look and our write
  const other = await repeat(call, request);
  if (!other) throw new Problem('request_in_progress', 'try again in a moment', {headers: {'Retry-After': '1'}});
  return other;
}

/** No order is written; the answer is kept, so that a repeat of the request does not become an order later. */
async function refuseForStock(call: Call, request: RequestKey, shortages: IntakeFault[]): Promise<Answer> {
  const problem = new Problem('out_of_stock', 'not everything is in stock', {errors: shortages});
  const refused = {...request, operation: 'orders.refused'};
  const known = await beginRequest(call.deps.store, refused, '');
  if (known.state === 'reused') throw reused();
  if (known.state === 'open' && known.subject_id !== '') return finish(call, request, known.subject_id);
  return keepAnswer(call.deps.store, refused, {status: problem.status, body: problemBody(problem)});
}

async function orderToAccept(call: Call, read: ReadOrder, body: OrderBody, request: RequestKey, judged: Judged) {
  const {store, timezone} = call.deps;
  const quote = judged.quote?.row ?? null;
  const {lines, currency, price, tax, promos} = quote
    ? quotedRequest(judged.catalogue, body, quote)
    : await priceRequest(store, body, judged);
  const toAccept: OrderToAccept = {
    request,
    by: {actor: call.caller.client_id, role: call.caller.role},
    channel: 'default',
    customer: customerOf(body),
    ship_to: read.ship_to as ShipTo,
    lines,
    price,
    tax,
    currency,
    payment_method: body.payment_method ?? body.payment_intent ?? '',
    ...(body.payment_intent === undefined ? {} : {payment_intent: body.payment_intent}),
    promos,
    quote_id: quote?.id ?? null,
    delivery_sla: body.delivery_sla,
    deadline: body.deadline === undefined ? null : new Date(body.deadline),
    device_fingerprint: body.device_fingerprint ?? null,
    allow_backorder: body.allow_backorder ?? judged.quote?.facts.asked.allow_backorder ?? true,
    policy_version: judged.policy.version,
    timezone,
  };
  return toAccept;
}

function customerOf({customer: {id, name, email, phone, locale}}: OrderBody): OrderToAccept['customer'] {
  return {
    external_id: id,
    name,
    email,
    ...(phone === undefined ? {} : {phone}),
    ...(locale === undefined ? {} : {locale}),
  };
}

/** Waits for the verdict and keeps the answer for the request's repeats; all of them get the one kept first. */
async function finish(call: Call, request: RequestKey, orderId: string): Promise<Answer> {
  const answer = await orderAnswer(call.deps, orderId, await startOrder(call.deps, orderId));
  const unstored = answer.status === 409 && (answer.body as {code?: string}).code !== 'out_of_stock';
  return unstored ? answer : inOrder(await keepAnswer(call.deps.store, request, answer));
}

/** The stored answer with its fields in the contract's order, the same for the first answer and every replay. */
function inOrder(answer: StoredAnswer): Answer {
  return answer.status < 300 ? {...answer, body: placed.parse(answer.body)} : answer;
}
