import type {PlaceAnswer} from '../client.ts';
import type {OrderBody, PlacedOrder, Problem, QuoteView} from '../api-types.ts';
import type {Crew} from './crew.ts';
import type {OrderPlan} from './plan.ts';
import {place} from './shopper.ts';

/** Sends the order the way its shop does: straight away, by a quote, or after a code was refused. */
export async function placeAsPlanned(crew: Crew, plan: OrderPlan, body: OrderBody): Promise<PlaceAnswer> {
  if (plan.before === 'quote') return placeByQuote(crew, plan);
  if (plan.before === 'quote_too_late') await tryTooLate(crew, plan);
  if (plan.before === 'code_refused') await tryCode(crew, plan);
  return countPromos(crew, plan, await place(crew, plan, body));
}

function countPromos(crew: Crew, plan: OrderPlan, answer: PlaceAnswer): PlaceAnswer {
  if (plan.body.promo_codes && answer.kind !== 'refused') crew.tally.add('promo.used');
  return answer;
}

async function askForQuote(crew: Crew, plan: OrderPlan): Promise<QuoteView> {
  const {payment_method: _method, payment_intent: _intent, ...body} = plan.body;
  const quote = await crew.client.quote({...body, hold_stock: true}, `${crew.tag}-${plan.name}-quote`);
  crew.tally.add('quote.held');
  return quote;
}

/** What was quoted is what it costs. On a slow day the quote is over before it is used: then there is no quote. */
async function placeByQuote(crew: Crew, plan: OrderPlan): Promise<PlaceAnswer> {
  const quote = await askForQuote(crew, plan);
  const body = {...plan.body, quote_id: quote.quote_id};
  const answer = await place(crew, plan, body);
  if (answer.kind !== 'refused') {
    crew.tally.add('quote.redeemed');
    check(
      plan,
      totalOf(answer.order) === quote.total.amount,
      `was quoted at ${quote.total.amount} and costs something else`,
    );
    return answer;
  }
  if (!names(answer.problem, '/quote_id', 'quote_expired')) return answer;
  crew.tally.add('quote.missed');
  return place(crew, {...plan, name: `${plan.name}-later`});
}

const totalOf = ({totals}: PlacedOrder) => totals.total.amount;

/** Comes back when the quote is over: it is refused, and what it held is for everybody again. */
async function tryTooLate(crew: Crew, plan: OrderPlan): Promise<void> {
  const {quote_id, expires_at} = await askForQuote(crew, plan);
  await crew.clock.until(Date.parse(expires_at) + 60_000);
  await mustBeRefused(crew, plan, {...plan.body, quote_id}, '/quote_id', 'quote_expired');
  crew.tally.add('quote.expired');
}

async function tryCode(crew: Crew, plan: OrderPlan): Promise<void> {
  await mustBeRefused(crew, plan, {...plan.body, promo_codes: [PAST_CODE]}, '/promo_codes/0', 'promo_code_expired');
  crew.tally.add('promo.refused');
}

/** Takes a tenth off, for everybody and as often as they like. */
export const GOOD_CODE = 'TENTH';
/** Was valid long ago. */
export const PAST_CODE = 'LAST-CENTURY';

async function mustBeRefused(
  crew: Crew,
  plan: OrderPlan,
  body: OrderBody,
  pointer: string,
  code: string,
): Promise<void> {
  const reply = await crew.client.placeOrderRaw(body, `${crew.tag}-${plan.name}-refused`);
  const refused = reply.status === 422 && names(reply.body as Problem, pointer, code);
  check(plan, refused, `should have been refused as ${code}, but was answered ${reply.status}`);
}

const names = ({errors = []}: Problem, pointer: string, code: string) =>
  errors.some((error) => error.pointer === pointer && error.code === code);

function check(plan: OrderPlan, holds: boolean, sentence: string): void {
  if (!holds) throw new Error(`${plan.kind} (${plan.name}) ${sentence}`);
}
