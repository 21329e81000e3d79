import {ActivityFailure, condition, workflowInfo} from '@temporalio/workflow';
import type {ConfirmedPart} from '../store/confirm-plan.ts';
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
    if (run.hold) await run.steps.releaseHolds({order_id: run.orderId});
  });
}

async function planAndHold(run: OrderRun): Promise<string | null> {
  const plan = await planAgain(run);
  if (plan.outcome === 'out_of_stock') {
    await refuse(run, {kind: 'out_of_stock', held: false, skus: plan.skus}, 'out_of_stock');
    return null;
  }
  registerRelease(run);
  run.holds += 1;
  run.hold = {payment_id: 'unknown', multicapture: false};
  const terms = {order_id: run.orderId, purpose: 'initial', attempt: run.holds} as const;
  const hold = await run.insistence.on('authorize', () => run.bare.authorize(terms), isTheCustomers);
  if (hold.outcome !== 'authorized') {
    run.hold = null;
    await refuse(run, {kind: 'declined'}, hold.outcome === 'declined' ? hold.code : 'nothing_to_pay');
    return null;
  }
  run.hold = hold;
  run.holdUntil = hold.capture_before;
  return plan.decision_id;
}

/** Ours to mend, not the customer's to change: no reason to turn the order away. */
const OURS = ['provider_unauthorised', 'idempotency_mismatch', 'result_too_large'];
const isTheCustomers = (code: string) => !OURS.includes(code);

function planAgain(run: OrderRun) {
  const {routing, shipping} = run.input.policy;
  return run.steps.planOrder({order_id: run.orderId, run_id: workflowInfo().runId, policy: {routing, shipping}});
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
  const {policy, clock, order_id} = run.input;
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
  await condition(() => run.review !== null || run.cancelled, engineWait(clock, until - virtualNow(clock)));
  if (run.review?.decision === 'approve' && !run.cancelled) return true;
  if (!run.cancelled)
    await refuse(run, {kind: 'declined'}, run.review ? 'fraud_review_rejected' : 'fraud_review_expired');
  return false;
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
