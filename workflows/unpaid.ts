import {sleep} from '@temporalio/workflow';
import type {HoldOutcome} from '../activities/payment.ts';
import type {PayerPolicy} from '../domain/policy/policy.ts';
import {adopt} from './live-hold.ts';
import type {OrderRun} from './order-run.ts';
import {isTheCustomers, orDeclined, UNUSABLE} from './refused-method.ts';
import {engineWait, virtualNow} from './time.ts';

/** The bank wants to hear the customer, who is away: they are asked to come. */
const WANTS_CUSTOMER = 'authentication_required';

/**
 * One more try to hold what is still to be paid: by a method the payer has given, by what their bank asks them to
 * confirm, or by the saved method. False while the money is not there: then the payer has been written to.
 */
export async function holdOrAsk(run: OrderRun, payer: PayerPolicy): Promise<boolean> {
  const outcome = await nextHold(run);
  if (outcome.outcome === 'authorized') {
    await run.steps.releaseHolds({order_id: run.orderId, keep: outcome.payment_id});
    adopt(run, outcome);
    run.asked = null;
    run.offers.answer({kind: 'accepted'});
    return true;
  }
  if (outcome.outcome === 'nothing_to_hold') {
    run.offers.answer({kind: 'late'});
    return true;
  }
  await ask(run, payer, outcome);
  return false;
}

async function nextHold(run: OrderRun): Promise<HoldOutcome> {
  const {asked, orderId: order_id} = run;
  const offer_id = asked ? run.offers.take() : null;
  if (asked && offer_id !== null && (await run.steps.takeOffer({order_id, offer_id})).outcome === 'taken') {
    // what an earlier bank was asked for must not become a second hold
    if (asked.payment_id) await run.steps.releaseHolds({order_id, ...(run.hold ? {keep: run.hold.payment_id} : {})});
    asked.payment_id = null;
    return askBank(run, {waits: true, present: true});
  }
  if (asked?.payment_id) {
    run.moved.delete(asked.payment_id);
    const hold = await run.steps.checkHold({order_id, payment_id: asked.payment_id});
    if (hold.outcome === 'declined') asked.payment_id = null;
    return hold;
  }
  const hold = await askBank(run);
  const away = hold.outcome === 'declined' && hold.code === WANTS_CUSTOMER;
  return away ? askBank(run, {waits: true, present: true}) : hold;
}

async function askBank(run: OrderRun, payer: {waits?: true; present?: true} = {}): Promise<HoldOutcome> {
  run.holds += 1;
  const terms = {order_id: run.orderId, purpose: 'renewal', attempt: run.holds, ...payer} as const;
  const ask = () => run.insistence.on('renewHold', () => run.bare.renewHold(terms), isTheCustomers);
  const hold = await orDeclined(ask, () => true);
  const never = hold.outcome === 'declined' && hold.payment_id === UNUSABLE;
  if (never) await run.steps.releaseHolds({order_id: run.orderId, ...(run.hold ? {keep: run.hold.payment_id} : {})});
  return hold;
}

/** Names the wait, and writes to the payer when it begins. */
async function ask(
  run: OrderRun,
  payer: PayerPolicy,
  outcome: Exclude<HoldOutcome, {outcome: 'authorized' | 'nothing_to_hold'}>,
): Promise<void> {
  const begins = run.asked === null;
  const until = run.asked?.until ?? virtualNow(run.input.clock) + payer.renewal_window;
  const payment_id = outcome.outcome === 'requires_action' ? outcome.payment_id : null;
  run.asked = {until, over: run.asked?.over ?? false, payment_id};
  if (begins) armWindow(run);
  const note = outcome.outcome === 'declined' ? outcome.code : WANTS_CUSTOMER;
  await tellWait(run, note, begins);
  run.offers.answer(outcome.outcome === 'declined' ? {kind: 'declined'} : {kind: 'needs_customer'});
}

function tellWait(run: OrderRun, note: string, ask: boolean): Promise<void> {
  const {until, over} = run.asked ?? {until: null, over: true};
  const owner = over ? 'finance' : 'customer';
  const deadline = over ? null : until;
  const wait = {order_id: run.orderId, name: 'payment_renewal', owner, deadline, note} as const;
  return run.steps.setWaiting({...wait, ...(ask ? {ask} : {})});
}

/** After the window what has not left the house is not sent any more. */
export function armWindow(run: OrderRun): void {
  const {asked} = run;
  if (!asked || asked.over) return;
  const {clock} = run.input;
  const left = engineWait(clock, asked.until - virtualNow(clock));
  void sleep(left, {summary: 'The payer must answer before this'}).then(() => {
    if (run.asked?.until === asked.until) run.note({kind: 'renewal_window_over'});
  });
}

/** The payer did not answer: units that nobody has taken from their shelves go back; who pays the rest is finance's. */
export async function giveBackUnpaid(run: OrderRun): Promise<void> {
  const {asked, orderId: order_id} = run;
  if (!asked || asked.over) return;
  asked.over = true;
  const by = {actor: 'waybill', role: 'finance'};
  const request_id = `unpaid:${order_id}:${asked.until}`;
  await run.steps.cancelLines({order_id, reason: 'payment_not_renewed', ...by, request_id});
  await tellWait(run, 'payment_not_renewed', false);
}

/** Everything that is still open waits for stock: nothing of it needs to be held until it is there. */
export function onlyWaitsForStock(run: OrderRun): boolean {
  const sources = [...run.open.values()];
  return sources.length > 0 && sources.every((source) => source === null);
}
