import {allHandlersFinished, continueAsNew, workflowInfo} from '@temporalio/workflow';
import {RECOVERY} from '../domain/policy/policy.ts';
import {armRenewal} from './live-hold.ts';
import type {Carried} from './messages.ts';
import type {orderWorkflow} from './order.ts';
import type {OrderRun} from './order-run.ts';
import {armWindow} from './unpaid.ts';

/** Has the history grown long, and is this a moment between two facts with nothing under way? */
export function mayGoOn(run: OrderRun): boolean {
  const {historyLength, continueAsNewSuggested} = workflowInfo();
  const {continue_after} = run.input.policy.recovery ?? RECOVERY;
  const long = continueAsNewSuggested || historyLength >= continue_after;
  return long && run.taken > 0 && run.restarts === 0 && allHandlersFinished();
}

/** Goes on in a fresh history, unless something comes in at the last moment. */
export async function goOn(run: OrderRun): Promise<void> {
  await run.steps.markContinued({order_id: run.orderId});
  if (run.facts.length > 0 || !mayGoOn(run)) return;
  const carried: Carried = {
    hold: run.hold,
    hold_until: run.holdUntil,
    holds: run.holds,
    handed_over: run.handedOver,
    open: [...run.open],
    ends: run.ends,
    ...(run.bySuppliers.size > 0 && {by_suppliers: [...run.bySuppliers]}),
    asked: run.asked,
    ...(run.heldBack && {held_back: true}),
  };
  await continueAsNew<typeof orderWorkflow>({...run.input, carried});
}

/** Takes up where the history before left off; ends that were committed in between are looked up. */
export async function takeUp(run: OrderRun, carried: Carried): Promise<void> {
  run.hold = carried.hold;
  run.holdUntil = carried.hold_until;
  run.holds = carried.holds;
  run.handedOver = carried.handed_over;
  for (const [id, source] of carried.open) run.open.set(id, source);
  run.ends.push(...carried.ends);
  for (const id of carried.by_suppliers ?? []) run.bySuppliers.add(id);
  run.asked = carried.asked ?? null;
  run.heldBack = carried.held_back ?? false;
  armWindow(run);
  if (run.hold) armRenewal(run);
  // its timer ended with the history before
  else run.note({kind: 'hold_changed', payment_id: 'none'});
  const ends = await run.steps.findEnds({order_id: run.orderId, sub_order_ids: [...run.open.keys()]});
  for (const outcome of ends) run.note({kind: 'ended', outcome});
}
