import {condition} from '@temporalio/workflow';
import type {HoldOutcome} from '../activities/payment.ts';
import {PAYER} from '../domain/policy/policy.ts';
import type {OrderRun} from './order-run.ts';
import {engineWait, virtualNow} from './time.ts';

export type ShopHold = Extract<HoldOutcome, {outcome: 'authorized'}> | {outcome: 'declined'; reason: string};

/** What waiting for a shop needs of the order's first hold. */
interface Waiting {
  /** names the wait; from then on the order can be cancelled */
  begin: (deadline: number) => Promise<void>;
  /** false when the order has come to its end meanwhile */
  goesOn: () => Promise<boolean>;
}

/**
 * The shop authorises by itself: its intent is the order's hold as soon as the provider says that it is held, for this
 * order and its amount. `another`: the shop gave another method instead.
 */
export async function shopHold(
  run: OrderRun,
  intent: string,
  waiting: Waiting,
): Promise<ShopHold | {outcome: 'over'} | {outcome: 'another'} | {outcome: 'nothing_to_hold'}> {
  const {clock, policy} = run.input;
  const until = virtualNow(clock) + (policy.payer ?? PAYER).shop_hold_window;
  run.saga.register("let the shop's own hold go", () => run.steps.leaveShopHold({order_id: run.orderId}));
  run.holds += 1;
  run.hold = {payment_id: 'unknown', multicapture: false};
  const attempt = run.holds;
  for (let told = false; ; ) {
    const match = await run.steps.matchShopHold({order_id: run.orderId, attempt});
    if (match.outcome === 'authorized' || match.outcome === 'nothing_to_hold') return match;
    if (match.outcome !== 'awaited') return {outcome: 'declined', reason: 'payment_mismatch'};
    if (virtualNow(clock) >= until) return {outcome: 'declined', reason: 'shop_hold_missed'};
    if (!told) await waiting.begin(until);
    told = true;
    run.enter('paying');
    run.tellCheckout({kind: 'needs_customer'});
    const acts = () => run.moved.delete(intent) || run.offers.any() || run.cancelled;
    await condition(acts, engineWait(clock, until - virtualNow(clock)));
    if (!(await waiting.goesOn())) return {outcome: 'over'};
    if (!run.offers.any()) continue;
    await run.steps.leaveShopHold({order_id: run.orderId});
    return {outcome: 'another'};
  }
}
