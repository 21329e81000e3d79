import {ChildWorkflowFailure, ParentClosePolicy, startChild, WorkflowIdReusePolicy} from '@temporalio/workflow';
import {RECOVERY} from '../domain/policy/policy.ts';
import type {ConfirmedPart} from '../store/confirm-plan.ts';
import type {SettleResult} from '../store/settle-return.ts';
import type {Insistence} from './insist.ts';
import {type SideRunInput, subOrderWorkflowId} from './messages.ts';
import type {Steps} from './options.ts';
import {CREATED_DAY, DELIVERY_SLA, WAITING_ON, WAREHOUSE} from './search-attributes.ts';
import {subOrderWorkflow} from './sub-order.ts';
import {virtualNow} from './time.ts';

type Placed = Extract<SettleResult, {outcome: 'exchange'}>;

/** What is sent again for a return: its parts, each a run of its own, looked after by the return's. */
export class Exchange {
  private readonly input: SideRunInput;
  private readonly insistence: Insistence;
  private readonly steps: Steps;
  private readonly tell: () => void;
  /** parts under way; null before anything was sent */
  private open: Set<string> | null = null;

  constructor(input: SideRunInput, insistence: Insistence, steps: Steps, tell: () => void) {
    this.input = input;
    this.insistence = insistence;
    this.steps = steps;
    this.tell = tell;
  }

  isOver(): boolean {
    return this.open?.size === 0;
  }

  /** Starts the parts; a second time changes nothing. */
  async start({parts, order}: Placed): Promise<void> {
    if (this.open) return;
    this.open = new Set(parts.map((part) => part.sub_order_id));
    for (const part of parts) await this.send(part, order, WorkflowIdReusePolicy.REJECT_DUPLICATE);
  }

  private async send(part: ConfirmedPart, order: Placed['order'], reuse: WorkflowIdReusePolicy): Promise<void> {
    const label = `${order.number} / ${part.position}`;
    const created_day = new Date(virtualNow(this.input.clock)).toISOString().slice(0, 10);
    const {policy, clock} = this.input;
    const {shipping, backorder, engine, recovery} = policy;
    const {sub_order_id, source} = part;
    const workflowId = subOrderWorkflowId(sub_order_id);
    const child = await startChild(subOrderWorkflow, {
      workflowId,
      workflowIdReusePolicy: reuse,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      args: [
        {
          order_id: this.input.order_id ?? '',
          ...{sub_order_id, label, source, created_day, clock},
          delivery_sla: order.delivery_sla,
          policy: {shipping, backorder, engine, recovery: recovery ?? RECOVERY},
        },
      ],
      staticSummary: `${label} from ${source ?? 'nowhere'}, in exchange`,
      typedSearchAttributes: [
        {key: DELIVERY_SLA, value: order.delivery_sla},
        {key: CREATED_DAY, value: created_day},
        {key: WAITING_ON, value: 'pick'},
        ...(source ? [{key: WAREHOUSE, value: source}] : []),
      ],
    });
    void child.result().then(
      () => this.end(sub_order_id),
      (error: unknown) => {
        if (!(error instanceof ChildWorkflowFailure)) throw error;
        return this.sendAgain(part, order);
      },
    );
  }

  private end(subOrderId: string): void {
    this.open?.delete(subOrderId);
    this.tell();
  }

  /** Somebody ended the run of a part: when ops say so, or after a while, it is started again and told everything. */
  private async sendAgain(part: ConfirmedPart, order: Placed['order']): Promise<void> {
    const step = `run of ${part.sub_order_id}`;
    await this.insistence.wait(step, 'run_ended_by_hand');
    await this.send(part, order, WorkflowIdReusePolicy.ALLOW_DUPLICATE);
    await this.steps.retellSubOrder({sub_order_id: part.sub_order_id});
    await this.insistence.clear(step);
  }
}
