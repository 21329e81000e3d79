import {isTerminal, type OrderStatus} from '../../domain/order/status.ts';
import type {OrderView, SubOrderView} from '../api-types.ts';
import {ChangeStory} from './change-story.ts';
import type {Crew} from './crew.ts';
import {OPEN_STAGES, playPart} from './part-story.ts';
import {goesOnUnpaid, Payer, shopBody} from './payer-story.ts';
import type {OrderPlan} from './plan.ts';
import {placeAsPlanned} from './quote-story.ts';
import {playMoney} from './refund-story.ts';
import {decideReview} from './reviewer.ts';
import {countPurchases} from './supplier-story.ts';
import {playReturn} from './return-story.ts';
import {playStock} from './stock-story.ts';
import {changeMind, giveUpWaiting} from './shopper.ts';
import {asPartsAddUp} from './value.ts';

/** How an order's story ended, as the world saw it through the API. */
export interface Outcome {
  plan: OrderPlan;
  /** an order's status, or `refused` */
  status: string;
  /** the refusal's code */
  code?: string;
  orderId?: string;
  number?: string;
  currency?: string;
  captured: number;
  /** what the world itself says the delivered units are worth */
  deliveredValue: number;
  /** places the order left from */
  places: number;
}

const PATIENCE_MS = 240_000;
/** the longest silence that ends by itself: a lost parcel is declared lost after 30 days, the clock's and some more */
const LONGEST_SILENCE_MS = 35 * 86_400_000;
const LOOK_AGAIN_MS = [150, 300, 600, 1_200, 2_500, 4_000];

/** Plays one order from the click to its end; `answered` is told when the order call was answered. */
export async function playOrder(crew: Crew, plan: OrderPlan, answered: () => void): Promise<Outcome> {
  const body = await shopBody(crew, plan, `${crew.tag}-${plan.name}`);
  const answer = await placeAsPlanned(crew, plan, body).finally(answered);
  const unpaid = goesOnUnpaid(plan, answer);
  if (answer.kind === 'refused' && !unpaid) {
    const {code = `http_${answer.status}`, order_id: orderId} = answer.problem;
    return {plan, status: 'refused', code, ...(orderId && {orderId}), captured: 0, deliveredValue: 0, places: 0};
  }
  if (unpaid) crew.tally.add('placed');
  const placedId = answer.kind === 'refused' ? (answer.problem.order_id ?? '') : answer.order.order_id;
  const payer = new Payer(crew, {...plan, body});
  const changes = new ChangeStory(crew, {...plan, body});
  const story = new OrderStory(crew, {...plan, body}, placedId, {payer, changes});
  const end = await story.play();
  if (end.sub_orders.some((sub) => sub.source.kind === 'supplier')) await countPurchases(crew, end.order_id);
  const worth = (order: OrderView) => asPartsAddUp(changes.worth(order.lines), order);
  const paid = await awaitMoney(crew, end, worth, payer);
  const settled = await playReturn(crew, plan, paid);
  await playMoney(crew, plan, settled);
  return {
    plan,
    status: settled.status,
    orderId: settled.order_id,
    number: settled.number,
    currency: settled.total.currency,
    captured: settled.payment.captured.amount,
    deliveredValue: worth(settled),
    places: placesOf(settled),
  };
}

/** The order is told delivered before its last capture is through: looks until the money is there, or gives up. */
async function awaitMoney(
  crew: Crew,
  order: OrderView,
  worth: (order: OrderView) => number,
  payer: Payer,
): Promise<OrderView> {
  let current = order;
  for (let tries = 0; current.payment.captured.amount !== worth(current) && tries < 40; tries += 1) {
    await payer.act(current);
    await crew.clock.pause(LOOK_AGAIN_MS[Math.min(tries, LOOK_AGAIN_MS.length - 1)] as number);
    current = await crew.client.order(order.order_id);
  }
  return current;
}

/** Warehouses from which something of the order was sent or is to be sent. */
function placesOf(order: OrderView): number {
  const live = order.sub_orders.filter((sub) => sub.stage !== 'CANCELLED' && sub.source.id);
  return new Set(live.map((sub) => sub.source.id)).size;
}

class OrderStory {
  readonly #crew: Crew;
  readonly #plan: OrderPlan;
  readonly #orderId: string;
  readonly #payer: Payer;
  readonly #changes: ChangeStory;
  /** sub-orders in somebody's hands */
  readonly #busy = new Map<string, Promise<void>>();
  readonly #finished = new Set<string>();
  #failure: unknown;
  /** the sub-order to which the plan's mishaps happen */
  #first: string | undefined;
  #gaveUp = false;
  #handedOver = 0;
  #cancelDone = false;
  #stockBegun = false;

  constructor(crew: Crew, plan: OrderPlan, orderId: string, {payer, changes}: {payer: Payer; changes: ChangeStory}) {
    this.#crew = crew;
    this.#plan = plan;
    this.#orderId = orderId;
    this.#payer = payer;
    this.#changes = changes;
  }

  async play(): Promise<OrderView> {
    let seen = '';
    let since = Date.now();
    for (let quiet = 0; ; quiet += 1) {
      const order = await this.#crew.client.order(this.#orderId);
      if (isTerminal(order.status as OrderStatus)) return order;
      const look = describe(order);
      if (look !== seen || this.#busy.size > 0) {
        since = Date.now();
        if (look !== seen) quiet = 0;
        seen = look;
      }
      const patience = PATIENCE_MS + LONGEST_SILENCE_MS / this.#crew.clock.speed;
      if (Date.now() - since > patience) throw new Error(`did not move for ${Math.round(patience / 1000)} s: ${look}`);
      if (await this.#actOnOrder(order)) continue;
      this.#beginStockStory(order);
      this.#takeUpParts(order);
      await this.#somethingHappens(quiet);
      if (this.#failure) throw this.#failure;
    }
  }

  /** What is done to the order as a whole; true when it should be looked at again at once. */
  async #actOnOrder(order: OrderView): Promise<boolean> {
    const {cancel} = this.#plan;
    if (cancel && !this.#cancelDone && cancel.when === 'placed') return this.#cancel(order);
    if (order.waiting_on?.name === 'fraud_review') {
      return decideReview(this.#crew, order.order_id, this.#plan.review ?? 'approve', this.#plan.lateReview);
    }
    if (await this.#payer.act(order)) return true;
    if (await this.#changes.act(order)) return true;
    const inVain = order.sub_orders.find(
      (sub) => sub.stage === 'BACKORDERED' && this.#finished.has(`${sub.sub_order_id}/stock`),
    );
    if (inVain && !this.#gaveUp) {
      this.#gaveUp = true;
      await giveUpWaiting(this.#crew, this.#plan, order, inVain);
      return true;
    }
    const allocated = order.sub_orders.length > 0;
    if (cancel && !this.#cancelDone && allocated && cancel.when !== 'handed_over') {
      await this.#crew.clock.until(this.#crew.began + this.#plan.at + cancel.after);
      return this.#cancel(order);
    }
    return false;
  }

  /** What happens to its stock begins once the order has places, and goes on beside the floor. */
  #beginStockStory(order: OrderView): void {
    if (!this.#plan.stock || this.#stockBegun || order.sub_orders.length === 0) return;
    this.#stockBegun = true;
    const story = playStock(this.#crew, this.#plan, order)
      .catch((error: unknown) => {
        this.#failure = error;
      })
      .finally(() => this.#busy.delete('stock'));
    this.#busy.set('stock', story);
  }

  async #cancel(order: OrderView): Promise<boolean> {
    this.#cancelDone = true;
    await changeMind(this.#crew, this.#plan, order);
    return true;
  }

  #takeUpParts(order: OrderView): void {
    for (const sub of order.sub_orders) {
      const waits = sub.stage === 'BACKORDERED';
      if (waits && this.#plan.stock) continue;
      const key = `${sub.sub_order_id}/${waits ? 'stock' : 'floor'}`;
      if (!OPEN_STAGES.has(sub.stage) || this.#busy.has(key) || this.#finished.has(key)) continue;
      this.#busy.set(key, this.#part(order, sub, key));
    }
  }

  async #part(order: OrderView, sub: SubOrderView, key: string): Promise<void> {
    if (sub.stage !== 'BACKORDERED') this.#first ??= sub.sub_order_id;
    const first = this.#first === sub.sub_order_id;
    const handedOver = async () => {
      this.#handedOver += 1;
      const tooLate = this.#plan.cancel?.when === 'handed_over' && this.#handedOver === order.sub_orders.length;
      if (tooLate) await this.#cancel(order);
    };
    try {
      const part = {plan: this.#plan, orderId: order.order_id, sub, first, changes: this.#changes, handedOver};
      const result = await playPart(this.#crew, part);
      if (result === 'done') this.#finished.add(key);
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#busy.delete(key);
    }
  }

  /** Until somebody finishes, or, with nobody at work, a little while that grows. */
  async #somethingHappens(quiet: number): Promise<void> {
    if (this.#busy.size > 0) await Promise.race(this.#busy.values());
    else await this.#crew.clock.pause(LOOK_AGAIN_MS[Math.min(quiet, LOOK_AGAIN_MS.length - 1)] as number);
  }
}

function describe(order: OrderView): string {
  const stages = order.sub_orders.map((sub) => `${sub.stage}@${sub.source.id ?? 'nowhere'}`).join(', ');
  return `${order.status}, waiting on ${order.waiting_on?.name ?? 'nothing'}, [${stages}]`;
}
