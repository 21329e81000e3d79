import {
  ChildWorkflowFailure,
  type ChildWorkflowHandle,
  condition,
  ParentClosePolicy,
  startChild,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import type {ConfirmedPart} from '../store/confirm-plan.ts';
import {takeArrived} from './backorder.ts';
import {takeChange} from './change-order.ts';
import {goOn, mayGoOn} from './continue-order.ts';
import {payerActed, renewHold, settleDelivery} from './hold.ts';
import {subOrderWorkflowId, type SubOrderInput} from './messages.ts';
import type {Fact, OrderRun} from './order-run.ts';
import {CREATED_DAY, DELIVERY_SLA, WAREHOUSE, WAITING_ON} from './search-attributes.ts';
import {subOrderWorkflow} from './sub-order.ts';
import {supplierPartWorkflow} from './supplier-part.ts';
import {giveBackUnpaid} from './unpaid.ts';

type Part = Pick<ConfirmedPart, 'sub_order_id' | 'source' | 'position' | 'waits_until'>;

/** Until every part has ended: take their ends and everything else in turn. */
export async function fulfilOrder(run: OrderRun): Promise<void> {
  while (run.open.size > 0 || run.facts.length > 0) {
    await condition(() => run.facts.length > 0 || mayGoOn(run));
    const fact = run.facts.shift();
    if (fact) await take(run, fact);
    else await goOn(run);
    if (run.heldBack && run.hold) await startParts(run, await takeArrived(run));
    run.describe();
  }
}

async function take(run: OrderRun, fact: Fact): Promise<void> {
  run.taken += 1;
  switch (fact.kind) {
    case 'ended':
      // told twice where the order's run went on in a fresh history
      if (!run.open.delete(fact.outcome.sub_order_id)) return;
      run.ends.push(fact.outcome);
      if (fact.outcome.unplaced && run.open.size === 0) await placeMissing(run);
      if (fact.outcome.end === 'delivered') await settleDelivery(run, fact.outcome.sub_order_id);
      return;
    case 'run_lost':
      void startAgain(run, fact.sub_order_id);
      return;
    case 'renewal_due':
    case 'hold_changed':
      if (run.open.size > 0) await renewHold(run, fact.payment_id, fact.kind === 'hold_changed');
      return;
    case 'short_picked':
      await placeMissing(run);
      return;
    case 'method_given':
    case 'hold_moved':
      await payerActed(run);
      return;
    case 'renewal_window_over':
      await giveBackUnpaid(run);
      return;
    case 'stock_arrived':
      await startParts(run, await takeArrived(run));
      return;
    case 'lines_cancelled':
      return;
    case 'change':
      await startParts(run, await takeChange(run, fact.pending));
      return;
    default:
      fact satisfies never;
  }
}

async function placeMissing(run: OrderRun): Promise<void> {
  const known = [...run.open.keys(), ...run.ends.map((end) => end.sub_order_id)];
  const parts = await run.steps.reallocate({order_id: run.orderId, known, policy: run.placing()});
  await startParts(run, parts);
}

export async function startParts(run: OrderRun, parts: ConfirmedPart[]): Promise<void> {
  for (const part of parts) {
    run.open.set(part.sub_order_id, part.source);
    if (part.source_kind === 'supplier') run.bySuppliers.add(part.sub_order_id);
  }
  await Promise.all(
    parts.map(async (part) => {
      const label = `${run.input.number} / ${part.position}`;
      hearOf(run, part.sub_order_id, await startPart(run, part, label, WorkflowIdReusePolicy.REJECT_DUPLICATE));
    }),
  );
}

function startPart(
  run: OrderRun,
  part: Omit<Part, 'position'>,
  label: string,
  workflowIdReusePolicy: WorkflowIdReusePolicy,
): Promise<ChildWorkflowHandle<typeof subOrderWorkflow>> {
  const bySupplier = run.bySuppliers.has(part.sub_order_id);
  return startChild(bySupplier ? supplierPartWorkflow : subOrderWorkflow, {
    workflowId: subOrderWorkflowId(part.sub_order_id),
    workflowIdReusePolicy,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    args: [childInput(run, part, label)],
    staticSummary: `${label} from ${part.source ?? 'backorder'}`,
    typedSearchAttributes: [
      {key: DELIVERY_SLA, value: run.input.delivery_sla},
      {key: CREATED_DAY, value: run.input.created_day},
      {key: WAITING_ON, value: bySupplier ? 'supplier' : part.source ? 'pick' : 'stock'},
      ...(part.source && !bySupplier ? [{key: WAREHOUSE, value: part.source}] : []),
    ],
  });
}

function hearOf(run: OrderRun, subOrderId: string, child: ChildWorkflowHandle<typeof subOrderWorkflow>): void {
  void child.result().then(
    (outcome) => run.note({kind: 'ended', outcome}),
    (error: unknown) => {
      if (!(error instanceof ChildWorkflowFailure)) throw error;
      run.note({kind: 'run_lost', sub_order_id: subOrderId});
    },
  );
}

/**
 * Somebody ended the run of a part that is under way. Ops see that; when they say so, or after a while, it is started
 * once more and told everything again that it was told before.
 */
async function startAgain(run: OrderRun, subOrderId: string): Promise<void> {
  const step = `run of ${subOrderId}`;
  run.restarts += 1;
  await run.insistence.wait(step, 'run_ended_by_hand');
  const source = run.open.get(subOrderId);
  if (source !== undefined) {
    const part = {sub_order_id: subOrderId, source};
    const label = `${run.input.number} / again`;
    const child = await startPart(run, part, label, WorkflowIdReusePolicy.ALLOW_DUPLICATE);
    await run.steps.retellSubOrder({sub_order_id: subOrderId});
    hearOf(run, subOrderId, child);
  }
  await run.steps.clearStuck({order_id: run.orderId, sub_order_id: null, step});
  run.restarts -= 1;
}

function childInput(run: OrderRun, part: Omit<Part, 'position'>, label: string): SubOrderInput {
  const {order_id, delivery_sla, created_day, clock, policy} = run.input;
  const {shipping, backorder, engine, recovery, suppliers} = policy;
  return {
    order_id,
    sub_order_id: part.sub_order_id,
    label,
    source: part.source,
    ...(part.waits_until && {waits_until: part.waits_until}),
    delivery_sla,
    created_day,
    policy: {shipping, backorder, engine, ...(recovery && {recovery}), ...(suppliers && {suppliers})},
    clock,
  };
}
