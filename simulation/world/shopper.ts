import type {CancelAnswer, OrderView, SubOrderView} from '../api-types.ts';
import type {PlaceAnswer} from '../client.ts';
import type {Crew} from './crew.ts';
import type {OrderPlan} from './plan.ts';

const PATIENCE_MS = 240_000;
const VERDICT_PENDING = new Set(['pending', 'payment_processing']);

/** Sends the order; one without a verdict yet (202) is asked for until there is one. */
export async function place(crew: Crew, plan: OrderPlan, body = plan.body): Promise<PlaceAnswer> {
  const answer = await crew.client.placeOrder(body, `${crew.tag}-${plan.name}`);
  if (answer.kind === 'refused') {
    crew.tally.add(`refused.${answer.problem.code ?? answer.status}`);
    return answer;
  }
  if (answer.kind === 'undecided') {
    crew.tally.add('undecided');
    return verdictOf(crew, plan, answer);
  }
  crew.tally.add('placed');
  return answer;
}

async function verdictOf(
  crew: Crew,
  plan: OrderPlan,
  answer: Exclude<PlaceAnswer, {kind: 'refused'}>,
): Promise<PlaceAnswer> {
  const orderId = answer.order.order_id;
  const began = Date.now();
  for (let tries = 0; ; tries += 1) {
    const order = await crew.client.order(orderId);
    const waitsForPayer = order.waiting_on?.name === 'customer_authentication' || plan.payer?.shop !== undefined;
    if (order.waiting_on && VERDICT_PENDING.has(order.status) && waitsForPayer) {
      crew.tally.add('placed');
      return {...answer, kind: 'accepted'};
    }
    if (order.waiting_on?.name === 'payment_method') return refused(crew, 402, 'payment_declined', orderId);
    if (!VERDICT_PENDING.has(order.status)) {
      if (order.status === 'cancelled') return refused(crew, 409, 'order_cancelled', orderId);
      crew.tally.add('placed');
      return {...answer, kind: 'accepted'};
    }
    if (Date.now() - began > PATIENCE_MS) {
      throw new Error(`order ${order.number} has no verdict after ${PATIENCE_MS / 1_000} s: ${order.status}`);
    }
    await crew.clock.pause(Math.min(3_000, 250 * 2 ** tries));
  }
}

function refused(crew: Crew, status: number, code: string, order_id: string): PlaceAnswer {
  crew.tally.add(`refused.${code}`);
  return {kind: 'refused', status, problem: {code, order_id}};
}

/** Cancels as planned; undefined when everything was refused. */
export async function changeMind(crew: Crew, plan: OrderPlan, order: OrderView): Promise<CancelAnswer | undefined> {
  const lines = plan.cancel?.lines?.flatMap((position) => {
    const wanted = plan.body.lines[position];
    const line = order.lines.find(({sku}) => sku === wanted?.sku);
    return line ? [{line_id: line.line_id, qty: line.qty}] : [];
  });
  crew.tally.add('cancel.asked');
  const body = {...(lines && {lines}), reason: 'changed my mind'};
  const result = await crew.client.cancel(order.order_id, body, `${crew.tag}-${plan.name}-cancel`);
  crew.tally.add(result.refused ? 'cancel.refused' : 'cancel.done');
  return result.refused ? undefined : result.answer;
}

/** The goods arrived, but the order still waits: the shopper takes what waits off the order. */
export async function giveUpWaiting(crew: Crew, plan: OrderPlan, order: OrderView, sub: SubOrderView): Promise<void> {
  crew.tally.add('backorder.given_up');
  const lines = sub.lines.map(({line_id, qty}) => ({line_id, qty}));
  const body = {lines, reason: 'took too long'};
  const result = await crew.client.cancel(order.order_id, body, `${crew.tag}-${plan.name}-give-up`);
  if (result.refused) crew.tally.add('backorder.cancel_refused');
}
