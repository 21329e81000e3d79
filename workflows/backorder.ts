import {condition, patched} from '@temporalio/workflow';
import type {ConfirmedPart} from '../store/confirm-plan.ts';
import {payerOf} from './first-hold.ts';
import {retryLater} from './hold.ts';
import type {OrderRun} from './order-run.ts';
import type {SubOrderRun} from './sub-order-run.ts';
import {engineWait, virtualNow} from './time.ts';
import {holdOrAsk} from './unpaid.ts';

/** Since then nobody waits for ever. */
const LONGEST_WAIT = 'backorders-wait-so-long';

/**
 * Stock came for units that waited: it is reserved for them already. First their money is made sure of, then the parts
 * that waited go on; those that are new are returned. While the money is not there all of them are held back.
 */
export async function takeArrived(run: OrderRun): Promise<ConfirmedPart[]> {
  run.heldBack = !(await isHeld(run));
  if (run.heldBack) return [];
  const known = [...run.open.keys(), ...run.ends.map((end) => end.sub_order_id)];
  const parts = await run.steps.beginFilled({order_id: run.orderId, known});
  for (const {sub_order_id, source} of parts) {
    if (run.open.get(sub_order_id) === null) run.open.set(sub_order_id, source);
  }
  return parts.filter((part) => !known.includes(part.sub_order_id));
}

/** What only waited for stock was perhaps not held meanwhile: it is held again, or its payer asked. */
async function isHeld(run: OrderRun): Promise<boolean> {
  const payer = payerOf(run);
  if (run.hold || !payer || (await holdOrAsk(run, payer))) return true;
  retryLater(run, 'none');
  return false;
}

/** A part without a place waits for stock as long as it may; what no stock came for is cancelled then. */
export async function awaitStock(run: SubOrderRun): Promise<void> {
  const {clock, policy, sub_order_id, waits_until} = run.input;
  const over = () => run.has('stocked') || run.has('cancelled');
  if (!patched(LONGEST_WAIT)) return condition(over);
  const wait = waits_until === undefined ? policy.backorder.wait : waits_until - virtualNow(clock);
  if (await condition(over, engineWait(clock, wait))) return;
  await run.steps.giveUpWaiting({sub_order_id});
  // cancelled now, or filled at the last moment: either is told
  await condition(over);
}
