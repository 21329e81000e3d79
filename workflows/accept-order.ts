import {ActivityFailure, condition, patched, workflowInfo} from '@temporalio/workflow';
import type {ConfirmedPart} from '../store/confirm-plan.ts';
import {holdFirst} from './first-hold.ts';
import type {Verdict} from './messages.ts';
import type {OrderRun} from './order-run.ts';
import {ORDER_STATUS, tellSearch, WAITING_ON} from './search-attributes.ts';
import {engineWait, virtualNow} from './time.ts';

/** From "Buy now" to confirmed sub-orders; an empty list when the order ended here, with everything undone. */
export async function acceptOrder(run: OrderRun): Promise<ConfirmedPart[]> {
  try {
    const decision = await planAndHold(run);
    if (!decision) return [];
    const reserved = await lockStock(run, decision);
    if (!reserved) return [];
    if (!(await screen(run))) return [];
    const parts = await run.steps.confirmPlan({order_id: run.orderId, decision_id: reserved});
    run.tellCheckout({kind: parts.length > 0 ? 'accepted' : 'cancelled'});
    return parts;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    // only a hold that will never be given gets here: the order ends and says why, nothing stays held
    return refuse(run, {kind: 'declined'}, 'refused_by_provider');
  }
}

export function registerRelease(run: OrderRun): void {
  run.saga.register('let the holds go', async () => {
    if (run.hold || run.asked) await run.steps.releaseHolds({order_id: run.orderId});
  });
}

async function planAndHold(run: OrderRun): Promise<string | null> {
  const plan = await planAgain(run);
  if (plan.outcome === 'out_of_stock') {
    await refuse(run, {kind: 'out_of_stock', held: false, skus: plan.skus}, 'out_of_stock');
    return null;
  }
  registerRelease(run);
  const hold = await holdFirst(run);
  if (hold.outcome === 'over') return null;
  if (hold.outcome === 'refused') {
    await refuse(run, {kind: 'declined'}, hold.reason);
    return null;
  }
  run.hold = hold;
  run.holdUntil = hold.capture_before;
  return plan.decision_id;
}

function planAgain(run: OrderRun) {
  return run.steps.planOrder({order_id: run.orderId, run_id: workflowInfo().runId, policy: run.placing()});
}

/** The planned units, or, when somebody was faster, one more plan under the same hold. */
async function lockStock(run: OrderRun, first: string): Promise<string | null> {
  let decision = first;
  let lost: string[] = [];
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const result = await run.steps.reservePlan({order_id: run.orderId, decision_id: decision});
    if (result.outcome === 'reserved') return decision;
    lost = [result.sku];
    const plan = await planAgain(run);
    if (plan.outcome === 'out_of_stock') {
      lost = plan.skus;
      break;
    }
    decision = plan.decision_id;
  }
  await refuse(run, {kind: 'out_of_stock', held: true, skus: lost}, 'out_of_stock');
  return null;
}

async function screen(run: OrderRun): Promise<boolean> {
  const {policy, order_id} = run.input;
  const until = reviewDeadline(run);
  const result = await run.steps.screenOrder({order_id, limits: policy.fraud, review_until: until});
  if (result.verdict === 'approve') return true;
  if (result.verdict === 'reject') {
    await refuse(run, {kind: 'declined'}, 'fraud');
    return false;
  }
  run.enter('review');
  tellSearch([
    {key: ORDER_STATUS, value: 'paid'},
    {key: WAITING_ON, value: 'fraud_review'},
  ]);
  run.tellCheckout({kind: 'in_review'});
  await reviewed(run, until);
  if (run.review?.decision === 'approve' && !run.cancelled) return true;
  if (!run.cancelled)
    await refuse(run, {kind: 'declined'}, run.review ? 'fraud_review_rejected' : 'fraud_review_expired');
  return false;
}

/** Until a person has decided or the time is over; before that somebody else is asked. */
async function reviewed(run: OrderRun, until: number): Promise<void> {
  const {policy, clock, order_id} = run.input;
  const decided = () => run.review !== null || run.cancelled;
  const left = until - virtualNow(clock);
  const before = policy.payer && patched('review-escalates') ? Math.min(policy.payer.escalate_before, left / 2) : 0;
  if (await condition(decided, engineWait(clock, left - before))) return;
  if (before <= 0) return;
  await run.steps.escalateReview({order_id});
  await condition(decided, engineWait(clock, until - virtualNow(clock)));
}

/** A review ends before the hold does. */
function reviewDeadline(run: OrderRun): number {
  const {policy, clock} = run.input;
  const byPolicy = virtualNow(clock) + policy.fraud.review_window;
  return run.holdUntil === null ? byPolicy : Math.min(byPolicy, run.holdUntil - policy.payment.renew_before);
}

async function refuse(run: OrderRun, verdict: Verdict, reason: string): Promise<[]> {
  await run.steps.endOrder({order_id: run.orderId, reason});
  run.tellCheckout(verdict);
  return [];
}
