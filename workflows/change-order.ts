import {ActivityFailure, condition} from '@temporalio/workflow';
import type {HoldOutcome} from '../activities/payment.ts';
import type {AppliedChange} from '../store/apply-change.ts';
import type {ChangeOutcome} from '../store/ask-change.ts';
import {isTheCustomers} from './refused-method.ts';
import {adopt} from './live-hold.ts';
import type {ChangeRequest} from './messages.ts';
import type {OrderRun} from './order-run.ts';

/** A change that waits for its turn in the order's one loop, which alone takes holds and lets them go. */
export interface PendingChange {
  request: ChangeRequest;
  outcome: ChangeOutcome | null;
}

/**
 * Changes a placed order. Holding it back and releasing it touch no money and claim the order's row at once, as a
 * cancellation does; everything else takes its turn between the order's facts.
 */
export async function changeOrder(run: OrderRun, request: ChangeRequest): Promise<ChangeOutcome> {
  await condition(() => run.isAccepted());
  const {change_id, kind} = request;
  if (kind === 'hold' || kind === 'release') {
    return (await run.bare.applyChange({change_id, known: known(run), policy: policyOf(run)})).outcome;
  }
  if (!run.isFulfilling()) return refuse(run, change_id, run.isClosing() ? 'order_ended' : 'not_yet_allocated');
  const pending: PendingChange = {request, outcome: null};
  run.note({kind: 'change', pending});
  await condition(() => pending.outcome !== null || run.isClosing());
  return pending.outcome ?? refuse(run, change_id, 'order_ended');
}

/** The turn of a change has come; returns the parts that are to be started for it. */
export async function takeChange(run: OrderRun, pending: PendingChange): Promise<AppliedChange['parts']> {
  const {outcome, parts} = await carryOut(run, pending.request.change_id);
  pending.outcome = outcome;
  return parts;
}

/**
 * Where a change makes the order dearer, all of it is held first and the old hold let go last: at no time is less held
 * than the order costs, and what is refused leaves the order and its hold as they were.
 */
async function carryOut(run: OrderRun, change_id: string): Promise<AppliedChange> {
  const begun = await run.steps.beginChange({change_id});
  // decided before: what it made may not have been started
  const more = begun.state === 'begun' && begun.more_money ? await holdMore(run, change_id) : null;
  if (more?.outcome === 'declined') return {outcome: await refuse(run, change_id, 'payment_declined'), parts: []};
  const applied = await run.steps.applyChange({change_id, known: known(run), policy: policyOf(run)});
  if (more?.outcome === 'authorized') await settleHolds(run, more, applied.outcome);
  return applied;
}

type Taken = Extract<HoldOutcome, {outcome: 'authorized'}>;

/** One hold stays: the new one where the change was made, the old one where it was not. */
async function settleHolds(run: OrderRun, more: Taken, outcome: ChangeOutcome): Promise<void> {
  const made = outcome.state === 'applied';
  const keep = made ? more.payment_id : run.hold?.payment_id;
  await run.steps.releaseHolds({order_id: run.orderId, ...(keep ? {keep} : {})});
  if (made) adopt(run, more);
}

async function holdMore(run: OrderRun, change_id: string): Promise<HoldOutcome> {
  run.holds += 1;
  const terms = {order_id: run.orderId, purpose: 'increase', attempt: run.holds, change_id} as const;
  try {
    return await run.insistence.on('holdMore', () => run.bare.holdMore(terms), isTheCustomers);
  } catch (error) {
    // a hold that will never be given: the order goes on as it is
    if (error instanceof ActivityFailure) return {outcome: 'declined', payment_id: 'none', code: 'refused_by_provider'};
    throw error;
  }
}

function refuse(run: OrderRun, change_id: string, code: string): Promise<ChangeOutcome> {
  return run.bare.refuseChange({change_id, refused: [{code}]});
}

const known = (run: OrderRun) => [...run.open.keys(), ...run.ends.map((end) => end.sub_order_id)];

function policyOf(run: OrderRun) {
  const {changes} = run.input.policy;
  return {...run.placing(), ...(changes && {changes})};
}
