import {condition, setCurrentDetails, setHandler, workflowInfo} from '@temporalio/workflow';
import {RETURNS} from '../domain/returns/policy.ts';
import type {ReturnLook} from '../store/watch-return.ts';
import {Exchange} from './exchange.ts';
import {Insistence} from './insist.ts';
import {resumedSignal, returnMovedSignal, type SideRunInput} from './messages.ts';
import {type Steps, stepsOf} from './options.ts';
import {engineWait, virtualNow} from './time.ts';

/** The state of one return's run: what was heard, what was sent in exchange, when the money is asked for again. */
export class ReturnRun {
  readonly input: SideRunInput;
  readonly steps: Steps;
  /** grows with every piece of news */
  heard = 0;
  private readonly exchange: Exchange;
  private later = false;

  constructor(input: SideRunInput) {
    this.input = input;
    const {policy, clock} = input;
    const whose = {order_id: input.order_id ?? '', sub_order_id: null, workflow_id: workflowInfo().workflowId};
    const insistence = new Insistence(whose, stepsOf(policy.engine), clock, policy.recovery);
    this.steps = insistence.all();
    this.exchange = new Exchange(input, insistence, this.steps, () => this.hear());
    setHandler(returnMovedSignal, () => this.hear());
    setHandler(resumedSignal, () => {
      insistence.ring();
      this.hear();
    });
  }

  get returnId(): string {
    return this.input.subject_id;
  }

  private hear(): void {
    this.heard += 1;
  }

  async look(): Promise<ReturnLook> {
    const look = await this.steps.lookAtReturn({return_id: this.returnId});
    setCurrentDetails(`The return **${this.returnId}** is **${look.state}**.`);
    return look;
  }

  /** Does what is due; true when that changed where the return stands. */
  async settle(): Promise<boolean> {
    const result = await this.steps.settleReturn({return_id: this.returnId, exchange_over: this.exchange.isOver()});
    this.later = result.outcome === 'later';
    if (result.outcome === 'exchange') await this.exchange.start(result);
    return result.outcome === 'closed';
  }

  /** How long to wait for money that is not there yet; null: only news can change anything. */
  again(): number | null {
    return this.later ? (this.input.policy.returns ?? RETURNS).money_retry : null;
  }

  /** Until there is news, or for so long. */
  async wait(heard: number, duration: number | null): Promise<void> {
    const isNews = () => this.heard > heard;
    if (duration === null) await condition(isNews);
    else await condition(isNews, engineWait(this.input.clock, duration));
  }

  /** Until something happens, the customer is to be reminded, the time to send it is over, or a person must be told. */
  async waitToBeSent(heard: number, {remind_at, send_by, state, overdue_at = null}: ReturnLook): Promise<void> {
    const now = virtualNow(this.input.clock);
    const next = remind_at ?? send_by ?? overdue_at;
    await this.wait(heard, next === null ? null : Math.max(0, next - now));
    if (next === null || this.heard > heard || virtualNow(this.input.clock) < next) return;
    if (remind_at !== null) await this.steps.remindReturn({return_id: this.returnId});
    else if (send_by !== null) await this.steps.expireReturn({return_id: this.returnId});
    else await this.steps.reportOverdueReturn({return_id: this.returnId, state});
  }

  async close(end: string): Promise<{end: string}> {
    await this.steps.voidReturnLabel({return_id: this.returnId});
    await this.steps.endReturnRun({return_id: this.returnId});
    return {end};
  }
}
