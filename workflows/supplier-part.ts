import {
  ActivityFailure,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type {Activities} from '../activities/index.ts';
import {SUPPLIER_TERMS} from '../domain/suppliers/terms.ts';
import type {ArrivalResult} from '../store/commit-delivery.ts';
import {Insistence} from './insist.ts';
import {
  acknowledgedSignal,
  cancelledSignal,
  deliveredSignal,
  dispatchedSignal,
  type Milestone,
  resumedSignal,
  type SubOrderInput,
  type SubOrderOutcome,
} from './messages.ts';
import {type Steps, stepsOf} from './options.ts';
import {isNews} from './readable.ts';
import {tellSearch, WAITING_ON} from './search-attributes.ts';
import {engineWait, virtualNow} from './time.ts';

type News = 'acknowledged' | 'cancelled' | 'dispatched' | 'delivered' | 'due' | 'silent';
type End = SubOrderOutcome['end'];

const SIGNALS = {
  acknowledged: acknowledgedSignal,
  cancelled: cancelledSignal,
  dispatched: dispatchedSignal,
  delivered: deliveredSignal,
} as const;

/** Virtual milliseconds between two looks at the least, so that a moment that has come does not call again and again. */
const PAUSE = 1_000;

/**
 * What a supplier sends: its purchase order goes out, is answered, reminded of or given up, and the supplier's news
 * bring the parcels to the door. The same id, ends and signals as a part of a warehouse of ours; cancelling its run in
 * Temporal does nothing either.
 */
export function supplierPartWorkflow(input: SubOrderInput): Promise<SubOrderOutcome> {
  const run = new SupplierPartRun(input);
  return CancellationScope.nonCancellable(() => run.live());
}

class SupplierPartRun {
  private readonly input: SubOrderInput;
  private readonly steps: Steps;
  private readonly seen = new Set<string>();
  private readonly queue: News[] = [];
  private waiting = 'supplier';
  private unplaced = false;
  private listening = false;
  private alarm: CancellationScope | null = null;
  private sending: Promise<void> | null = null;
  private toSend = 0;

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
    this.describe();
  }

  async live(): Promise<SubOrderOutcome> {
    this.send();
    this.queue.push('due');
    for (;;) {
      await condition(() => this.queue.length > 0);
      for (const name of this.queue.splice(0)) {
        const end = await this.take(name);
        if (end) return this.close(end);
      }
    }
  }

  private async take(name: News): Promise<End | null> {
    const {sub_order_id, clock, policy} = this.input;
    switch (name) {
      case 'due':
      case 'acknowledged':
        return this.look();
      case 'cancelled':
        this.unplaced = true;
        return 'cancelled';
      case 'dispatched':
        this.wait('carrier');
        if (!this.listening) this.listen(policy.shipping.lost_after);
        return this.look();
      case 'delivered':
        return this.settle(await this.steps.commitDelivery({sub_order_id}));
      case 'silent': {
        const silent_since = virtualNow(clock) - policy.shipping.lost_after;
        const {last_heard, ...result} = await this.steps.commitLoss({sub_order_id, silent_since});
        if (!result.end && last_heard !== null) this.listen(last_heard - silent_since);
        return this.settle(result);
      }
      default:
        return name satisfies never;
    }
  }

  /** Reminds, gives up or goes on waiting, by what the books say is due. */
  private async look(): Promise<End | null> {
    const {sub_order_id, clock} = this.input;
    const watch = await this.steps.watchPurchase({sub_order_id, at: virtualNow(clock)});
    this.send();
    const times = [watch.remind_at, watch.due_at].filter((at) => at !== null);
    this.alarm?.cancel();
    this.alarm = null;
    if (!watch.end && times.length > 0) this.ringAt(Math.min(...times));
    return this.settle(watch);
  }

  private ringAt(at: number): void {
    const {clock} = this.input;
    const wait = Math.max(at - virtualNow(clock), PAUSE);
    const scope = new CancellationScope();
    this.alarm = scope;
    const timer = scope.run(() => sleep(engineWait(clock, wait), {summary: 'The supplier must speak before this'}));
    void timer.then(
      () => this.queue.push('due'),
      (error: unknown) => {
        if (!isCancellation(error)) throw error;
      },
    );
  }

  /** Beside everything else: a supplier that cannot be reached holds nothing up but its own answer. */
  private send(): void {
    this.toSend += 1;
    this.sending ??= this.sendAll();
  }

  private async sendAll(): Promise<void> {
    const {sub_order_id} = this.input;
    while (this.toSend > 0) {
      this.toSend = 0;
      await this.steps.sendPurchaseOrder({sub_order_id});
    }
    this.sending = null;
  }

  /** The supplier's carrier is heard through the supplier: when nothing was for so long, the parcels are lost. */
  private listen(duration: number): void {
    this.listening = true;
    const wait = engineWait(this.input.clock, duration);
    void sleep(wait, {summary: 'The supplier must say where the parcel is'}).then(() => this.queue.push('silent'));
  }

  private settle({end, unplaced}: ArrivalResult): End | null {
    this.unplaced = unplaced;
    return end;
  }

  private hear(name: News, milestone: Milestone): void {
    if (!isNews(name, milestone, this.seen)) return;
    this.queue.push(name);
  }

  private wait(name: string): void {
    if (name !== this.waiting) tellSearch([{key: WAITING_ON, value: name}]);
    this.waiting = name;
    this.describe();
  }

  private describe(): void {
    const {label, source} = this.input;
    setCurrentDetails(`**${label}** from supplier ${source} is waiting on **${this.waiting}**.`);
  }

  private async close(end: End): Promise<SubOrderOutcome> {
    this.alarm?.cancel();
    const {sub_order_id, label} = this.input;
    if (end === 'cancelled') await this.lastWord();
    setCurrentDetails(`**${label}** is closed: ${end}.`);
    return this.unplaced ? {sub_order_id, end, unplaced: true} : {sub_order_id, end};
  }

  /** The supplier should hear that nothing is wanted any more; if it cannot be reached, it hears when it asks. */
  private async lastWord(): Promise<void> {
    const {engine, suppliers = SUPPLIER_TERMS} = this.input.policy;
    const {sendPurchaseOrder} = proxyActivities<Activities>({
      startToCloseTimeout: engine.outside_timeout,
      scheduleToCloseTimeout: suppliers.last_word,
      retry: {initialInterval: engine.retry_first, maximumInterval: engine.retry_max, backoffCoefficient: 2},
      summary: 'Tell the supplier that nothing is wanted any more',
    });
    try {
      await sendPurchaseOrder({sub_order_id: this.input.sub_order_id});
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
    }
  }
}
