import type {QuotedRequest} from '../domain/quoting/check-quote.ts';
import {makeQuote} from '../store/make-quote.ts';
import type {ShipTo} from '../store/personal-data.ts';
import {quoteView} from '../store/views/quote-view.ts';
import {Problem} from './errors.ts';
import {answerOnce} from './idempotency.ts';
import {judgeOrder} from './judge-order.ts';
import {priceRequest} from './price-request.ts';
import {askedOf, type QuoteBody, type ReadBody, readQuote} from './read-order.ts';
import {requestHash} from './request-hash.ts';
import {type Answer, type Call, ok, type Route} from './route.ts';
import {invalidRequest} from './validate.ts';

/** An offer, or all that speaks against the order it is for. */
export async function createQuote(call: Call, operation: Route['operation']): Promise<Answer> {
  const read = readQuote(call.raw);
  const {body} = read;
  if (body === null) throw invalidRequest([...read.faults, ...(await judgeOrder(call, read)).faults]);
  const handle = () =>
    call.deps.turns.checkouts.take(
      body.lines.map(({sku}) => sku),
      () => quoteFor(call, read, body),
      () => call.request.socket.destroyed,
    );
  const keyed = {...operation, repeats: 'key-optional' as const};
  return answerOnce({operation: keyed, handle}, {...call, body: body as never});
}

async function quoteFor(call: Call, read: ReadBody<QuoteBody>, body: QuoteBody): Promise<Answer> {
  const {deps, caller, idempotencyKey, requestId} = call;
  const judged = await judgeOrder(call, read);
  if (judged.faults.length > 0) throw invalidRequest([...judged.faults, ...judged.shortages]);
  if (judged.shortages.length > 0)
    throw new Problem('out_of_stock', 'not everything is in stock', {errors: judged.shortages});
  const {lines, currency, price, tax, promos} = await priceRequest(deps.store, body, judged);
  const unit_amounts = lines.map(({product}) => Number(product.price_amount));
  const made = await makeQuote(deps.store, {
    request_id: requestHash('createQuote', caller.client_id, idempotencyKey ?? requestId),
    client_id: caller.client_id,
    customer_id: read.customer_id,
    ship_to: read.ship_to as ShipTo,
    asked: {...(askedOf(body) satisfies QuotedRequest), allow_backorder: body.allow_backorder ?? true},
    deadline: body.deadline === undefined ? null : new Date(body.deadline),
    lines,
    quoted: {price, tax, unit_amounts, promos},
    currency,
    hold_stock: body.hold_stock ?? false,
    policy: judged.policy,
  });
  return made.outcome === 'made' ? ok(quoteView(made.quote)) : refuse(body, made.skus);
}

function refuse(body: QuoteBody, skus: readonly string[]): never {
  const errors = body.lines.flatMap(({sku}, i) =>
    skus.includes(sku) ? [{pointer: `/lines/${i}/qty`, code: 'out_of_stock', detail: 'not enough left'}] : [],
  );
  throw new Problem('out_of_stock', 'somebody else was faster', {errors});
}
