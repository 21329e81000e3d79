import {condition, ParentClosePolicy, startChild, WorkflowIdReusePolicy} from '@temporalio/workflow';
import type {ConfirmedPart} from '../store/confirm-plan.ts';
import {armRenewal, renewHold, settleDelivery} from './hold.ts';
import {subOrderWorkflowId, type SubOrderInput, type SubOrderOutcome} from './messages.ts';
import type {Fact, OrderRun} from './order-run.ts';
import {CREATED_DAY, DELIVERY_SLA, WAREHOUSE, WAITING_ON} from './search-attributes.ts';
import {subOrderWorkflow} from './sub-order.ts';

/** Until every part has ended: start the children, take their ends and everything else in turn. */
export async function fulfilOrder(run: OrderRun, parts: ConfirmedPart[]): Promise<void> {
  armRenewal(run);
  await startParts(run, parts);
  while (run.open.size > 0 || run.facts.length > 0) {
    await condition(() => run.facts.length > 0);
    const fact = run.facts.shift();
    if (fact) await take(run, fact);
    run.describe();
  }
}

async function take(run: OrderRun, fact: Fact): Promise<void> {
  switch (fact.kind) {
    case 'ended':
      run.open.delete(fact.outcome.sub_order_id);
      run.ends.push(fact.outcome);
      if (fact.outcome.unplaced && run.open.size === 0) await placeMissing(run);
      if (fact.outcome.end === 'delivered') await settleDelivery(run, fact.outcome.sub_order_id);
      return;
    case 'renewal_due':
    case 'hold_changed':
      if (run.open.size > 0) await renewHold(run, fact.payment_id, fact.kind === 'hold_changed');
      return;
    case 'short_picked':
      await placeMissing(run);
      return;
    case 'lines_cancelled':
      return;
    default:
      fact satisfies never;
  }
}

async function placeMissing(run: OrderRun): Promise<void> {
  const {routing, shipping} = run.input.policy;
  const known = [...run.open.keys(), ...run.ends.map((end) => end.sub_order_id)];
  const parts = await run.steps.reallocate({order_id: run.orderId, known, policy: {routing, shipping}});
  await startParts(run, parts);
}

async function startParts(run: OrderRun, parts: ConfirmedPart[]): Promise<void> {
  for (const part of parts) run.open.set(part.sub_order_id, part.source);
  await Promise.all(
    parts.map(async (part) => {
      const child = await startChild(subOrderWorkflow, {
        workflowId: subOrderWorkflowId(part.sub_order_id),
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
        parentClosePolicy: ParentClosePolicy.ABANDON,
        args: [childInput(run, part)],
        staticSummary: `${run.input.number} / ${part.position} from ${part.source ?? 'backorder'}`,
        typedSearchAttributes: [
          {key: DELIVERY_SLA, value: run.input.delivery_sla},
          {key: CREATED_DAY, value: run.input.created_day},
          {key: WAITING_ON, value: part.source ? 'pick' : 'stock'},
          ...(part.source ? [{key: WAREHOUSE, value: part.source}] : []),
        ],
      });
      void child.result().then((outcome: SubOrderOutcome) => run.note({kind: 'ended', outcome}));
    }),
  );
}

function childInput(run: OrderRun, part: ConfirmedPart): SubOrderInput {
  const {order_id, number, delivery_sla, created_day, clock, policy} = run.input;
  const {shipping, backorder, engine} = policy;
  return {
    order_id,
    sub_order_id: part.sub_order_id,
    label: `${number} / ${part.position}`,
    source: part.source,
    delivery_sla,
    created_day,
    policy: {shipping, backorder, engine},
    clock,
  };
}
