import type {OrderView, ReturnBody, ReturnView, SubOrderView} from '../api-types.ts';
import type {Crew} from './crew.ts';
import {playPart} from './part-story.ts';
import type {OrderPlan} from './plan.ts';

const PATIENCE_MS = 240_000;
const LOOK_AGAIN_MS = [150, 300, 600, 1_200, 2_500];

/** What the shopper does with goods that arrived: back for the money or for the same again, or too much is asked for. */
export async function playReturn(crew: Crew, plan: OrderPlan, order: OrderView): Promise<OrderView> {
  const {back} = plan;
  if (!back || order.status !== 'delivered') return order;
  const desk = new ReturnsDesk(crew, plan, order);
  if (back === 'refused') return desk.askInVain();
  const lines = order.lines.filter(({delivered}) => delivered > 0);
  const wanted = back === 'everything' ? lines : lines.slice(0, 1).map((line) => ({...line, delivered: 1}));
  return desk.sendBack(
    wanted.map(({line_id, delivered: qty}) => ({line_id, qty, reason: 'changed_mind'})),
    back === 'exchange' ? 'exchange' : 'refund',
  );
}

class ReturnsDesk {
  readonly #crew: Crew;
  readonly #plan: OrderPlan;
  readonly #order: OrderView;

  constructor(crew: Crew, plan: OrderPlan, order: OrderView) {
    this.#crew = crew;
    this.#plan = plan;
    this.#order = order;
  }

  /** More than arrived is refused at once; a claim that nobody believes is refused by a person. */
  async askInVain(): Promise<OrderView> {
    const [line] = this.#order.lines.filter(({delivered}) => delivered > 0);
    if (!line) return this.#order;
    const {line_id} = line;
    const tooMuch = await this.#ask('much', [{line_id, qty: line.qty + 1, reason: 'changed_mind'}], 'refund');
    if (tooMuch) throw new Error(`return ${tooMuch.return_id} of more than was bought was taken`);
    this.#crew.tally.add('returns.refused');
    const claim = await this.#ask('claim', [{line_id, qty: 1, reason: 'damaged'}], 'refund');
    if (!claim) throw new Error('a claim of damage was refused before anybody looked at it');
    await this.#crew.client.decideReturn(claim.return_id, 'refuse', 'the picture shows something else');
    await this.#becomes(claim.return_id, 'refused');
    this.#crew.tally.add('returns.refused_by_hand');
    return this.#crew.client.order(this.#order.order_id);
  }

  async sendBack(lines: ReturnBody['lines'], resolution: 'refund' | 'exchange'): Promise<OrderView> {
    const {client, tally, carrier, clock, tag} = this.#crew;
    const asked = await this.#ask('back', lines, resolution);
    if (!asked) throw new Error('a return of what had just arrived was refused');
    if (asked.state === 'in_review') await client.decideReturn(asked.return_id, 'approve', 'all is in order');
    const {return_id, label} = await this.#becomes(asked.return_id, 'label_ready');
    const code = label?.tracking_number ?? '';
    await carrier.plan(code, [{status: 'in_transit', at: clock.now()}]);
    const scan = (step: string) =>
      client.scan('receiver', {operation_id: `${tag}:${return_id}:${step}`, kind: 'return', code});
    const first = await scan('in');
    if (!first.accepted) throw new Error(`the scan of return ${return_id} was refused: ${first.code}`);
    if ((await scan('again')).accepted) throw new Error(`return ${return_id} was taken in twice`);
    await client.inspectReturn(
      return_id,
      lines.map(({line_id, qty}) => ({line_id, qty, grade: 'as_new'})),
    );
    const settled = await this.#look(return_id, ({resolution: now, state}) => now === 'exchange' || state === 'closed');
    if (settled.state !== 'closed') await this.#playExchange(return_id);
    const closed = await this.#becomes(return_id, 'closed');
    tally.add(closed.resolution === 'exchange' ? 'returns.exchanged' : 'returns.refunded');
    return this.#awaitMoney(closed);
  }

  async #ask(step: string, lines: ReturnBody['lines'], resolution: 'refund' | 'exchange'): Promise<ReturnView | null> {
    const key = `${this.#crew.tag}-${this.#plan.name}-${step}`;
    const answer = await this.#crew.client.requestReturn(this.#order.order_id, {lines, resolution}, key);
    return answer.refused ? null : answer.found;
  }

  /** What is sent again goes the way of every part: picked, packed, carried to the door. */
  async #playExchange(returnId: string): Promise<void> {
    const known = new Set(this.#order.sub_orders.map((sub) => sub.sub_order_id));
    for (let tries = 0; ; tries += 1) {
      if ((await this.#crew.client.returned(returnId)).state === 'closed') return;
      const order = await this.#crew.client.order(this.#order.order_id);
      const due = order.sub_orders.filter((sub) => !known.has(sub.sub_order_id));
      if (due.length > 0) return this.#carryOut(due);
      await this.#pause(tries, `return ${returnId} to be exchanged`);
    }
  }

  async #carryOut(parts: SubOrderView[]): Promise<void> {
    const {short: _, wrongItem: __, ...plan} = this.#plan;
    for (const sub of parts) {
      const part = {plan, orderId: this.#order.order_id, sub, first: false, handedOver: async () => undefined};
      for (let tries = 0; (await playPart(this.#crew, part)) === 'moved'; tries += 1) {
        await this.#pause(tries, `${sub.sub_order_id} to be sent in exchange`);
      }
    }
  }

  /** The return is closed before its refund is through. */
  async #awaitMoney({refund}: ReturnView): Promise<OrderView> {
    const amount = refund?.amount ?? 0;
    const everything = this.#plan.ending === 'refunded';
    for (let tries = 0; ; tries += 1) {
      const order = await this.#crew.client.order(this.#order.order_id);
      const there = order.payment.refunded.amount >= amount && (!everything || order.status === 'refunded');
      if (there) return order;
      await this.#pause(tries, `${amount} to be given back`);
    }
  }

  #becomes(returnId: string, state: string): Promise<ReturnView> {
    return this.#look(returnId, (found) => found.state === state);
  }

  async #look(returnId: string, is: (found: ReturnView) => boolean): Promise<ReturnView> {
    for (let tries = 0; ; tries += 1) {
      const found = await this.#crew.client.returned(returnId);
      if (is(found)) return found;
      await this.#pause(tries, `return ${returnId}, which is ${found.state}, to move on`);
    }
  }

  async #pause(tries: number, what: string): Promise<void> {
    const last = LOOK_AGAIN_MS.length - 1;
    if (tries * (LOOK_AGAIN_MS[last] as number) > PATIENCE_MS) throw new Error(`waited in vain for ${what}`);
    await this.#crew.clock.pause(LOOK_AGAIN_MS[Math.min(tries, last)] as number);
  }
}
