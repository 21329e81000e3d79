import type {OrderView, RefundView} from '../api-types.ts';
import type {Crew} from './crew.ts';
import {BANK_MS} from './packer.ts';
import type {OrderPlan} from './plan.ts';

/** What is done about the money of an order once it has ended. */
export type Afterwards =
  | 'refund_all'
  | 'refund_goodwill'
  | 'refund_failed'
  | 'refund_by_hand'
  | 'disputed_won'
  | 'disputed_lost';

const PATIENCE_MS = 240_000;
const LOOK_AGAIN_MS = [150, 300, 600, 1_200, 2_500, 4_000];

/** Plays what the plan has for the order's money; throws a sentence when the money is not where it belongs. */
export async function playMoney(crew: Crew, plan: OrderPlan, order: OrderView): Promise<void> {
  const {afterwards} = plan;
  if (!afterwards || order.payment.captured.amount === 0) return;
  await PLAYS[afterwards](new MoneyStory(crew, plan, order));
}

const PLAYS: Readonly<Record<Afterwards, (story: MoneyStory) => Promise<void>>> = {
  refund_all: (story) => story.giveAllBack(),
  refund_goodwill: (story) => story.giveSome(),
  refund_failed: (story) => story.giveAgain(),
  refund_by_hand: (story) => story.beGivenByHand(),
  disputed_won: (story) => story.beDisputed('won'),
  disputed_lost: (story) => story.beDisputed('lost'),
};

class MoneyStory {
  readonly #crew: Crew;
  readonly #plan: OrderPlan;
  readonly #order: OrderView;
  #asked = 0;

  constructor(crew: Crew, plan: OrderPlan, order: OrderView) {
    this.#crew = crew;
    this.#plan = plan;
    this.#order = order;
  }

  /** Every unit, one after the other, and the shipping charge: together all that was taken. */
  async giveAllBack(): Promise<void> {
    const {lines, payment} = this.#order;
    for (const {line_id, delivered} of lines) {
      for (let unit = 0; unit < delivered; unit += 1) await this.#ask({kind: 'line', lines: [{line_id, qty: 1}]});
    }
    const {possible_shipping} = await this.#crew.client.refunds(this.#order.order_id);
    if (possible_shipping.amount > 0) await this.#ask({kind: 'shipping'});
    await this.#settled();
    await this.#expect(payment.captured.amount);
    this.#crew.tally.add('refunds.whole');
  }

  async giveSome(): Promise<void> {
    const {amount, currency} = this.#order.payment.captured;
    const some = {amount: Math.max(1, Math.floor(amount / 10)), currency};
    await this.#ask({kind: 'goodwill', amount: some});
    await this.#ask({kind: 'goodwill', amount: {...some, amount: amount + 1}}, 'refused');
    await this.#settled();
    await this.#expect(some.amount);
  }

  /** The bank sends the money back once; ops say that it should be tried again. */
  async giveAgain(): Promise<void> {
    const {amount, currency} = this.#order.payment.captured;
    const some = {amount: Math.max(1, Math.floor(amount / 4)), currency};
    await this.#ask({kind: 'goodwill', amount: some});
    await this.#until('the refund to fail', async () => (await this.#refunds()).some(({state}) => state === 'failed'));
    this.#crew.tally.add('refunds.failed');
    let times = 0;
    await this.#until('the refund to go through at last', async () => {
      if ((await this.#refunds()).every(({state}) => state === 'succeeded')) return true;
      times += 1;
      await this.#crew.client.resume(this.#order.order_id, `${this.#key()}-resume-${times}`);
      return false;
    });
    await this.#expect(some.amount);
  }

  /** Somebody gives all of the newest hold back in the provider's dashboard; of the rest no more goes back than there is. */
  async beGivenByHand(): Promise<void> {
    const {bank, tally} = this.#crew;
    if (!bank) return;
    const {amount: taken, currency} = this.#order.payment.captured;
    const given = await bank.giveBack(this.#order.order_id);
    await this.#until('the refund by hand to be known', async () =>
      (await this.#refunds()).some(({kind, state}) => kind === 'provider' && state === 'succeeded'),
    );
    tally.add('refunds.by_hand');
    const rest = taken - given;
    await this.#ask({kind: 'goodwill', amount: {amount: rest + 1, currency}}, 'refused');
    if (rest > 0) await this.#ask({kind: 'goodwill', amount: {amount: rest, currency}});
    await this.#settled();
    await this.#expect(taken);
  }

  async beDisputed(end: 'won' | 'lost'): Promise<void> {
    const disputes = async () => (await this.#crew.client.order(this.#order.order_id)).disputes ?? [];
    await this.#until(`the bank to decide (${end})`, async () => {
      const now = await disputes();
      return now.length > 0 && now.every(({state}) => state === 'won' || state === 'lost');
    });
    const wrong = (await disputes()).find(({state}) => state !== end);
    if (wrong) throw new Error(`the dispute was meant to be ${end}, and is ${wrong.state}`);
    this.#crew.tally.add(`disputes.${end}`);
    const one = {amount: 1, currency: this.#order.total.currency};
    await this.#ask({kind: 'goodwill', amount: one}, end === 'won' ? 'taken' : 'refused');
    await this.#settled();
    await this.#expect(end === 'won' ? 1 : 0);
  }

  #key(): string {
    return `${this.#crew.tag}-${this.#plan.name}-refund-${this.#asked}`;
  }

  /** Asks for a refund, and has a second person approve it where that is needed. */
  async #ask(body: object, meant: 'taken' | 'refused' = 'taken'): Promise<void> {
    this.#asked += 1;
    const {client, tally} = this.#crew;
    const answer = await client.requestRefund(this.#order.order_id, {...body, reason: 'a story'}, this.#key());
    if (answer.refused) {
      tally.add('refunds.refused');
      if (meant === 'taken') throw new Error(`a refund was refused: ${answer.problem.code}`);
      return;
    }
    if (meant === 'refused') throw new Error('a refund was taken on that should have been refused');
    tally.add('refunds', answer.refunds.length);
    const waiting = answer.refunds.find(({state}) => state === 'awaiting_approval');
    if (!waiting) return;
    tally.add('refunds.approved');
    await client.approveRefund(waiting.refund_id, `${this.#key()}-approve`);
  }

  async #refunds(): Promise<RefundView[]> {
    return (await this.#crew.client.refunds(this.#order.order_id)).refunds;
  }

  #settled(): Promise<void> {
    return this.#until('its refunds to go through', async () =>
      (await this.#refunds()).every(({state}) => state === 'succeeded'),
    );
  }

  async #expect(amount: number): Promise<void> {
    const {payment} = await this.#crew.client.order(this.#order.order_id);
    if (payment.refunded.amount === amount) return;
    throw new Error(`${payment.refunded.amount} went back to the customer, and ${amount} should have (minor units)`);
  }

  async #until(what: string, done: () => Promise<boolean>): Promise<void> {
    const began = Date.now();
    const patience = PATIENCE_MS + BANK_MS / this.#crew.clock.speed;
    for (let tries = 0; !(await done()); tries += 1) {
      if (Date.now() - began > patience) throw new Error(`waited in vain for ${what}`);
      await this.#crew.clock.pause(LOOK_AGAIN_MS[Math.min(tries, LOOK_AGAIN_MS.length - 1)] as number);
    }
  }
}
