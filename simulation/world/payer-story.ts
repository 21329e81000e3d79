import type {OrderView} from '../api-types.ts';
import type {PlaceAnswer} from '../client.ts';
import type {Crew} from './crew.ts';
import {DAY, type OrderPlan} from './plan.ts';

/** Confirmed at checkout, and asked for again whenever the bank is asked later. */
const ASKS = 'pm_card_authenticationRequired';
const DECLINED = 'pm_card_chargeDeclined';
const GOOD = 'pm_card_visa';

export type PayerKind =
  | 'three_d_secure_done'
  | 'three_d_secure_abandoned'
  | 'second_method'
  | 'second_method_never'
  | 'shop_authorised'
  | 'renewal_asks_customer';

/** How the story of such an order differs from the plain one; whoever is too late loses it, but never pays for it. */
export function payerTurn(kind: PayerKind, {body, journey, at}: OrderPlan): Partial<OrderPlan> {
  const by = (payment_method: string) => ({body: {...body, payment_method}});
  switch (kind) {
    case 'three_d_secure_done':
      return {...by(ASKS), payer: {bank: 'succeed'}, ending: 'settled'};
    case 'three_d_secure_abandoned':
      return {...by(ASKS), payer: {}, ending: 'cancelled'};
    case 'second_method':
      return {...by(DECLINED), payer: {method: GOOD}, ending: 'settled'};
    case 'second_method_never':
      return {...by(DECLINED), payer: {}, ending: 'cancelled'};
    case 'shop_authorised': {
      const {payment_method: _method, ...rest} = body;
      return {body: rest, payer: {shop: at % 2 === 0 ? 'before' : 'after'}, ending: 'settled'};
    }
    case 'renewal_asks_customer': {
      // the hold of the checkout runs out before the parcel leaves
      const late = {...journey, pick: 8 * DAY, hand_over: 9 * DAY, arrive: 11 * DAY};
      return {...by(ASKS), payer: {bank: 'succeed'}, journey: late, ending: 'settled'};
    }
  }
}

/** The shop's own server, before it places the order: the intent that the order names. */
export async function shopBody(crew: Crew, plan: OrderPlan, reference: string): Promise<OrderPlan['body']> {
  if (!plan.payer?.shop) return plan.body;
  const amount = crew.prices.lineTotals(plan.body).reduce((sum, total) => sum + total, 0);
  const intent = await bankOf(crew).makeIntent({amount, currency: crew.prices.currency, reference});
  if (plan.payer.shop === 'before') {
    await bankOf(crew).authorise(intent);
    crew.tally.add('payer.shop_authorised_first');
  }
  return {...plan.body, payment_intent: intent};
}

function bankOf({bank}: Crew) {
  if (!bank) throw new Error('nobody plays the bank here');
  return bank;
}

/** Does a refused payment leave the order open for this payer? */
export const goesOnUnpaid = (plan: OrderPlan, answer: PlaceAnswer): boolean =>
  answer.kind === 'refused' &&
  plan.payer !== undefined &&
  plan.payer.shop === undefined &&
  answer.problem.code === 'payment_declined' &&
  answer.problem.order_id !== undefined;

/** What the payer of one order does, each thing once. */
export class Payer {
  readonly #crew: Crew;
  readonly #plan: OrderPlan;
  readonly #done = new Set<string>();
  #methods = 0;

  constructor(crew: Crew, plan: OrderPlan) {
    this.#crew = crew;
    this.#plan = plan;
  }

  /** True when the order should be looked at again at once. */
  async act(order: OrderView): Promise<boolean> {
    const {payer, body} = this.#plan;
    switch (payer && order.waiting_on?.name) {
      case 'payment_method':
        return payer?.shop ? this.#authorise(body) : this.#pay(order);
      case 'customer_authentication':
      case 'payment_renewal':
        return this.#answerBank(order);
      default:
        return false;
    }
  }

  async #authorise({payment_intent: intent}: OrderPlan['body']): Promise<boolean> {
    if (!intent || this.#done.has(intent)) return false;
    this.#done.add(intent);
    await bankOf(this.#crew).authorise(intent);
    this.#crew.tally.add('payer.shop_authorised_later');
    return true;
  }

  async #pay(order: OrderView): Promise<boolean> {
    const {method} = this.#plan.payer ?? {};
    if (!method) return this.#staysAway('gave_no_method');
    if (this.#methods > 0) return false;
    this.#methods += 1;
    const answer = await this.#crew.client.pay(order.order_id, method, `${this.#crew.tag}-${this.#plan.name}-pay`);
    this.#crew.tally.add(answer.kind === 'refused' ? `payer.refused.${answer.problem.code}` : 'payer.second_method');
    return true;
  }

  async #answerBank(order: OrderView): Promise<boolean> {
    const {bank} = this.#plan.payer ?? {};
    if (!bank) return this.#staysAway('never_came_to_the_bank');
    const action = await this.#crew.client.paymentAction(order.tracking_url);
    const intent = action?.client_secret?.split('_secret_')[0];
    if (!intent || this.#done.has(intent)) return false;
    this.#done.add(intent);
    if (!(await bankOf(this.#crew).answer(intent, bank))) return false;
    const where = order.waiting_on?.name === 'payment_renewal' ? 'renewal' : 'checkout';
    this.#crew.tally.add(`payer.authenticated_at_${where}`);
    return true;
  }

  #staysAway(how: string): boolean {
    if (!this.#done.has(how)) this.#crew.tally.add(`payer.${how}`);
    this.#done.add(how);
    return false;
  }
}
