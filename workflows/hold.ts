import {condition, patched, sleep} from '@temporalio/workflow';
import type {HoldOutcome} from '../activities/payment.ts';
import type {PayerPolicy} from '../domain/policy/policy.ts';
import {payerOf} from './first-hold.ts';
import {adopt, armRenewal, drop} from './live-hold.ts';
import type {OrderRun} from './order-run.ts';
import {isTheCustomers, orDeclined, UNUSABLE} from './refused-method.ts';
import {engineWait, virtualNow} from './time.ts';
import {holdOrAsk, onlyWaitsForStock} from './unpaid.ts';

/** Since then a hold taken again at the door is the order's one hold, and any other is let go. */
const ONE_HOLD = 'one-hold-at-the-door';

/** Takes a new hold for everything not yet paid, then lets the old one go; one that is gone is replaced at once. */
export async function renewHold(run: OrderRun, paymentId: string, gone: boolean): Promise<void> {
  // one that was replaced is nothing to renew; what is gone is asked for as such, not by the timer it left behind
  if (gone ? run.hold && run.hold.payment_id !== paymentId : run.hold?.payment_id !== paymentId) return;
  if (gone) run.hold = null;
  const payer = payerOf(run);
  if (payer && onlyWaitsForStock(run) && !run.asked) {
    await letGo(run);
    return;
  }
  if (payer) {
    if (!(await holdOrAsk(run, payer))) tryLater(run, paymentId);
    return;
  }
  const outcome = await askForHold(run);
  if (outcome.outcome === 'declined') {
    await waitForMoney(run, outcome.code);
    tryLater(run, paymentId);
    return;
  }
  if (outcome.outcome === 'authorized') {
    if (!gone) await run.steps.releaseHolds({order_id: run.orderId, keep: outcome.payment_id});
    adopt(run, outcome);
  }
}

/** What only waits for stock needs no money held; it is held again before any of it is taken from a shelf. */
async function letGo(run: OrderRun): Promise<void> {
  if (run.hold) await run.steps.releaseHolds({order_id: run.orderId});
  drop(run, false);
}

/** The payer has done something about money that could not be held again. */
export async function payerActed(run: OrderRun): Promise<void> {
  const payer = payerOf(run);
  const {asked} = run;
  const acted = asked && (run.offers.any() || (asked.payment_id !== null && run.moved.has(asked.payment_id)));
  if (payer && acted) await holdOrAsk(run, payer);
  else if (!asked) run.offers.drain();
}

function tryLater(run: OrderRun, paymentId: string): void {
  if (run.hold) armRenewal(run, run.input.policy.payment.renew_retry);
  else retryLater(run, paymentId);
}

/** Asks again after a while; of several who said so only the last one does. */
export function retryLater(run: OrderRun, paymentId: string): void {
  const {clock, policy} = run.input;
  run.retries += 1;
  const mine = run.retries;
  void sleep(engineWait(clock, policy.payment.renew_retry)).then(() => {
    if (mine === run.retries) run.note({kind: 'hold_changed', payment_id: paymentId});
  });
}

/**
 * Takes the money for a delivered part. Where one hold allows one capture, the rest is held again first, because the
 * capture lets it go.
 */
export async function settleDelivery(run: OrderRun, subOrderId: string): Promise<void> {
  const last = run.open.size === 0;
  const enough = last || (onlyWaitsForStock(run) && payerOf(run) !== null);
  let rest = !enough && run.hold && !run.hold.multicapture ? await holdRest(run, subOrderId) : null;
  while ((await run.steps.capture({order_id: run.orderId, sub_order_id: subOrderId, last})).outcome === 'no_hold') {
    const payer = payerOf(run);
    if (payer) await holdAtTheDoor(run, payer);
    else await holdAgain(run);
    if (patched(ONE_HOLD)) rest = null;
  }
  if (rest?.outcome === 'authorized') adopt(run, rest);
  else if (last || !run.hold?.multicapture) drop(run, last);
  if (enough || run.hold) return;
  if (rest?.outcome === 'declined') {
    const payer = payerOf(run);
    if (payer && (await holdOrAsk(run, payer))) return;
    if (!payer) await waitForMoney(run, rest.code);
    retryLater(run, rest.payment_id);
  } else {
    // there was no hold to begin with: the one taken for this part let the rest go
    run.note({kind: 'hold_changed', payment_id: 'none'});
  }
}

async function holdRest(run: OrderRun, subOrderId: string): Promise<HoldOutcome> {
  run.holds += 1;
  const terms = {
    order_id: run.orderId,
    purpose: 'remainder',
    attempt: run.holds,
    except_sub_order: subOrderId,
  } as const;
  const mayAsk = (code: string) => isTheCustomers(code) && payerOf(run) !== null;
  const rest = await orDeclined(
    () => run.insistence.on('holdRest', () => run.bare.holdRest(terms), mayAsk),
    () => payerOf(run) !== null,
  );
  const never = rest.outcome === 'declined' && rest.payment_id === UNUSABLE;
  if (never && run.hold) await run.steps.releaseHolds({order_id: run.orderId, keep: run.hold.payment_id});
  return rest;
}

/** Delivered but no longer held: asks bank and payer for the money until it is there. */
async function holdAtTheDoor(run: OrderRun, payer: PayerPolicy): Promise<void> {
  const {clock, policy} = run.input;
  const acts = () => run.offers.any() || run.moved.has(run.asked?.payment_id ?? '');
  while (!(await holdOrAsk(run, payer))) await condition(acts, engineWait(clock, policy.payment.renew_retry));
}

/** Delivered but no longer held: asks for all the money until it is there, and says so; it is then the one hold. */
async function holdAgain(run: OrderRun): Promise<void> {
  const {clock, policy} = run.input;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await askForHold(run);
    if (outcome.outcome === 'authorized' && patched(ONE_HOLD)) {
      await run.steps.releaseHolds({order_id: run.orderId, keep: outcome.payment_id});
      adopt(run, outcome);
    }
    if (outcome.outcome !== 'declined') return;
    const person = attempt >= policy.payment.renew_attempts;
    await waitForMoney(run, outcome.code, person ? 'finance' : 'customer');
    await sleep(engineWait(clock, policy.payment.renew_retry), {summary: 'Ask for the money again'});
  }
}

function askForHold(run: OrderRun): Promise<HoldOutcome> {
  run.holds += 1;
  return run.steps.renewHold({order_id: run.orderId, purpose: 'renewal', attempt: run.holds});
}

async function waitForMoney(run: OrderRun, code: string, owner = 'customer'): Promise<void> {
  const {clock, policy} = run.input;
  const deadline = virtualNow(clock) + policy.payment.renew_retry * policy.payment.renew_attempts;
  await run.steps.setWaiting({order_id: run.orderId, name: 'payment_renewal', owner, deadline, note: code});
}
