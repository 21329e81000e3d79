import {patched, setCurrentDetails, setHandler, sleep} from '@temporalio/workflow';
import {Insistence} from './insist.ts';
import {
  cancelledSignal,
  deliveredSignal,
  dispatchedSignal,
  type Milestone,
  packedSignal,
  pickedSignal,
  resumedSignal,
  returnedSignal,
  stockedSignal,
  type SubOrderInput,
  type SubOrderOutcome,
} from './messages.ts';
import {type Steps, stepsOf} from './options.ts';
import {isNews} from './readable.ts';
import {CARRIER, tellSearch, WAITING_ON} from './search-attributes.ts';
import {engineWait, virtualNow} from './time.ts';

type News = 'picked' | 'packed' | 'dispatched' | 'delivered' | 'returned' | 'cancelled' | 'stocked' | 'silent';
type End = SubOrderOutcome['end'];

const SIGNALS = {
  picked: pickedSignal,
  packed: packedSignal,
  dispatched: dispatchedSignal,
  delivered: deliveredSignal,
  returned: returnedSignal,
  cancelled: cancelledSignal,
  stocked: stockedSignal,
} as const;

/** The state of one sub-order's run: facts heard, each once by its operation id, and what is done about them. */
export class SubOrderRun {
  readonly input: SubOrderInput;
  readonly steps: Steps;
  private readonly seen = new Set<string>();
  private readonly heard = new Set<News>();
  private readonly queue: News[] = [];
  private waiting = 'pick';
  private carrier: string | null = null;
  private listening = false;
  private unplaced = false;

  constructor(input: SubOrderInput) {
    this.input = input;
    const {engine, recovery} = input.policy;
    const {order_id, sub_order_id} = input;
    const insistence = new Insistence({order_id, sub_order_id}, stepsOf(engine), input.clock, recovery);
    this.steps = insistence.all();
    setHandler(resumedSignal, () => insistence.ring());
    for (const [name, signal] of Object.entries(SIGNALS)) {
      setHandler(signal, (milestone) => this.hear(name as News, milestone));
    }
    this.wait(input.source ? 'pick' : 'stock');
  }

  has(news: News): boolean {
    return this.heard.has(news);
  }

  hasNews(): boolean {
    return this.queue.length > 0;
  }

  /** Everything heard since the last time, in order. */
  news(): News[] {
    return this.queue.splice(0);
  }

  /** Does what a piece of news asks for; an end when nothing more is to come. */
  async take(name: News): Promise<End | null> {
    const {sub_order_id} = this.input;
    switch (name) {
      case 'cancelled':
        return 'cancelled';
      case 'picked':
        this.wait('pack');
        return null;
      case 'packed': {
        const bought = await this.steps.buyLabels({sub_order_id, sla_days: this.input.policy.shipping.sla_days});
        this.carrier = bought.carrier ?? this.carrier;
        this.wait('dispatch', this.carrier ? [{key: CARRIER, value: this.carrier}] : []);
        return null;
      }
      case 'dispatched': {
        const {parcels_left} = await this.steps.handOver({sub_order_id});
        if (parcels_left === 0 && !this.listening) this.listen(this.input.policy.shipping.lost_after);
        this.wait('carrier');
        return null;
      }
      case 'delivered':
        return this.settle(await this.steps.commitDelivery({sub_order_id}));
      case 'silent':
        return this.declareLost();
      case 'returned':
        // told since parcels that come back are taken in
        if (!patched('parcels-come-back')) return null;
        return this.settle(await this.steps.commitDelivery({sub_order_id}));
      case 'stocked':
        return null;
      default:
        return name satisfies never;
    }
  }

  wait(name: string, attributes: Parameters<typeof tellSearch>[0] = []): void {
    if (name !== this.waiting) tellSearch([{key: WAITING_ON, value: name}, ...attributes]);
    this.waiting = name;
    const place = this.input.source ?? 'no place yet';
    setCurrentDetails(`**${this.input.label}** from ${place} is waiting on **${name}**.`);
  }

  close(end: End): SubOrderOutcome {
    // its units may have been moved to another place, which the order's run is yet to hear of
    if (end === 'cancelled') this.unplaced = true;
    setCurrentDetails(`**${this.input.label}** is closed: ${end}.`);
    const {sub_order_id} = this.input;
    return this.unplaced ? {sub_order_id, end, unplaced: true} : {sub_order_id, end};
  }

  private settle({end, unplaced}: {end: End | null; unplaced: boolean}): End | null {
    this.unplaced = unplaced;
    return end;
  }

  private hear(name: News, milestone: Milestone): void {
    if (!isNews(name, milestone, this.seen)) return;
    this.heard.add(name);
    this.queue.push(name);
  }

  /** A timer beside the tracker: when nothing was heard for so long, somebody has to decide. */
  private listen(duration: number): void {
    this.listening = true;
    const wait = engineWait(this.input.clock, duration);
    void sleep(wait, {summary: 'The tracker must speak before this'}).then(() => this.queue.push('silent'));
  }

  private async declareLost(): Promise<End | null> {
    const {lost_after} = this.input.policy.shipping;
    const now = virtualNow(this.input.clock);
    const {last_heard, ...result} = await this.steps.commitLoss({
      sub_order_id: this.input.sub_order_id,
      silent_since: now - lost_after,
    });
    if (!result.end && last_heard !== null) this.listen(last_heard + lost_after - now);
    return this.settle(result);
  }
}
