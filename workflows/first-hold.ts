import {condition, patched} from '@temporalio/workflow';
import type {HoldOutcome} from '../activities/payment.ts';
import type {PayerPolicy} from '../domain/policy/policy.ts';
import type {OrderRun} from './order-run.ts';
import {isTheCustomers, orDeclined, UNUSABLE} from './refused-method.ts';
import {ORDER_STATUS, tellSearch, WAITING_ON} from './search-attributes.ts';
import {shopHold} from './shop-hold.ts';
import {engineWait, virtualNow} from './time.ts';

/** Since then a payer may be waited for at all. */
const WAITED_FOR = 'payer-waited-for';

type Declined = Extract<HoldOutcome, {outcome: 'declined'}>;
type Asking = Extract<HoldOutcome, {outcome: 'requires_action'}>;
/** `over`: the order has come to its end meanwhile */
type Next = HoldOutcome | {outcome: 'over'} | {outcome: 'refused'; reason: string};

export type FirstHold =
  | Extract<HoldOutcome, {outcome: 'authorized'}>
  | {outcome: 'refused'; reason: string}
  | {outcome: 'over'};

/** How long the payer of this order is waited for; null where a decline is the end of it. */
export function payerOf(run: OrderRun): PayerPolicy | null {
  const {payer} = run.input.policy;
  return payer && patched(WAITED_FOR) ? payer : null;
}

/**
 * The order's first hold: asks the bank, waits for the customer where the bank wants to hear them, and for another
 * method where it said no. Whatever is not held is let go before the next is asked for.
 */
export async function holdFirst(run: OrderRun): Promise<FirstHold> {
  const {shop_hold} = run.input;
  let asked: Next = shop_hold ? await byTheShop(run, shop_hold) : await askBank(run);
  for (let tried = 1, until: number | null = null; ; ) {
    if (asked.outcome === 'authorized' || asked.outcome === 'over' || asked.outcome === 'refused') return asked;
    if (asked.outcome === 'nothing_to_hold') return {outcome: 'refused', reason: 'nothing_to_pay'};
    const payer = payerOf(run);
    if (asked.outcome === 'requires_action') {
      if (!payer) throw new Error(`nobody waits for the payer of ${run.orderId}`);
      asked = await authentication(run, asked, payer);
      // whoever did not come back has as long again to pay in another way
      until = null;
      continue;
    }
    if (!payer || payer.method_window <= 0 || tried >= payer.methods_at_most) {
      return {outcome: 'refused', reason: asked.code};
    }
    until ??= virtualNow(run.input.clock) + payer.method_window;
    const next = await anotherMethod(run, asked, until);
    if (!next) return {outcome: 'refused', reason: asked.code};
    asked = next;
    tried += 1;
  }
}

async function askBank(run: OrderRun): Promise<HoldOutcome> {
  run.holds += 1;
  run.hold = {payment_id: 'unknown', multicapture: false};
  const waits = run.input.policy.payer ? {waits: true} : {};
  const terms = {order_id: run.orderId, purpose: 'initial', attempt: run.holds, ...waits} as const;
  const ask = () => run.insistence.on('authorize', () => run.bare.authorize(terms), isTheCustomers);
  const hold = await orDeclined(ask, () => payerOf(run) !== null);
  if (hold.outcome === 'declined' && hold.payment_id === UNUSABLE) await letGo(run);
  if (hold.outcome !== 'authorized' && hold.outcome !== 'requires_action') run.hold = null;
  return hold;
}

async function letGo(run: OrderRun): Promise<void> {
  await run.steps.releaseHolds({order_id: run.orderId});
  run.hold = null;
}

/** A shop that authorises by itself, unless it then gives a method after all; an intent that does not fit is the end. */
async function byTheShop(run: OrderRun, intent: string): Promise<Next> {
  const hold = await shopHold(run, intent, {
    begin: (deadline) => awaitPayer(run, 'payment_method', deadline, 'shop_hold_awaited'),
    goesOn: () => goesOn(run),
  });
  if (hold.outcome === 'declined') return {outcome: 'refused', reason: hold.reason};
  if (hold.outcome === 'another')
    return tryOffer(run, {outcome: 'declined', payment_id: 'none', code: 'another_method'});
  return hold;
}

/** The bank asks the customer, who has until a deadline; then the provider is asked once more, and the hold let go. */
async function authentication(run: OrderRun, {payment_id}: Asking, payer: PayerPolicy): Promise<Next> {
  const until = virtualNow(run.input.clock) + payer.authentication_window;
  await awaitPayer(run, 'customer_authentication', until, 'authentication_required');
  run.tellCheckout({kind: 'needs_customer'});
  for (;;) {
    const heard = await payerActs(run, until, () => run.moved.delete(payment_id));
    if (!(await goesOn(run))) return {outcome: 'over'};
    const hold = await run.steps.checkHold({order_id: run.orderId, payment_id});
    if (hold.outcome !== 'requires_action') {
      if (hold.outcome === 'declined') run.hold = null;
      return hold;
    }
    if (run.offers.any()) {
      await letGo(run);
      return tryOffer(run, {outcome: 'declined', payment_id, code: 'another_method'});
    }
    if (!heard) {
      await letGo(run);
      return {outcome: 'declined', payment_id, code: 'authentication_abandoned'};
    }
    run.enter('paying');
  }
}

/** Null when the time is over and nobody gave another method. */
async function anotherMethod(run: OrderRun, declined: Declined, until: number): Promise<Next | null> {
  await awaitPayer(run, 'payment_method', until, declined.code);
  run.tellCheckout({kind: 'declined'});
  await payerActs(run, until, () => false);
  if (!(await goesOn(run))) return {outcome: 'over'};
  return run.offers.any() ? tryOffer(run, declined) : null;
}

/** One that came too late leaves the order where it was. */
async function tryOffer(run: OrderRun, before: Declined): Promise<Next> {
  const offer_id = run.offers.take() ?? '';
  const {outcome} = await run.steps.takeOffer({order_id: run.orderId, offer_id});
  return outcome === 'taken' ? askBank(run) : before;
}

async function awaitPayer(
  run: OrderRun,
  name: 'customer_authentication' | 'payment_method',
  deadline: number,
  note: string,
): Promise<void> {
  await run.steps.setWaiting({order_id: run.orderId, name, owner: 'customer', deadline, note});
  run.enter('paying');
  tellSearch([
    {key: ORDER_STATUS, value: 'payment_processing'},
    {key: WAITING_ON, value: name},
  ]);
}

/** Until the payer does something, or `until`; false when nothing was heard of them. */
async function payerActs(run: OrderRun, until: number, moved: () => boolean): Promise<boolean> {
  const {clock} = run.input;
  let heard = false;
  const acts = () => {
    heard ||= moved();
    return heard || run.offers.any() || run.cancelled;
  };
  return condition(acts, engineWait(clock, until - virtualNow(clock)));
}

/** From here on a cancellation waits for the verdict again; false when one came first. */
async function goesOn(run: OrderRun): Promise<boolean> {
  run.enter('accepting');
  await condition(() => run.cancelling === 0);
  return !run.cancelled;
}
