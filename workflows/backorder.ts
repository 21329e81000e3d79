import {condition, patched} from '@temporalio/workflow';
import type {ConfirmedPart} from '../store/confirm-plan.ts';
import type {OrderRun} from './order-run.ts';
import type {SubOrderRun} from './sub-order-run.ts';
import {engineWait} from './time.ts';

/** Since then nobody waits for ever. */
const LONGEST_WAIT = 'backorders-wait-so-long';

/**
 * Stock came for units that waited: it is reserved for them already. First their money is made sure of, then the parts
 * that waited go on; those that are new are returned.
 */
export async function takeArrived(run: OrderRun): Promise<ConfirmedPart[]> {
  await holdForArrived(run);
  const known = [...run.open.keys(), ...run.ends.map((end) => end.sub_order_id)];
  return run.steps.beginFilled({order_id: run.orderId, known});
}

/** Where the hold of what waited was let go meanwhile, it is taken again here. Today it is renewed while it waits. */
async function holdForArrived(_run: OrderRun): Promise<void> {}

/** A part without a place waits for stock, as long as the policy lets it; what no stock came for is cancelled then. */
export async function awaitStock(run: SubOrderRun): Promise<void> {
  const {clock, policy, sub_order_id} = run.input;
  const over = () => run.has('stocked') || run.has('cancelled');
  if (!patched(LONGEST_WAIT)) return condition(over);
  if (await condition(over, engineWait(clock, policy.backorder.wait))) return;
  await run.steps.giveUpWaiting({sub_order_id});
  // cancelled now, or filled at the last moment: either is told
  await condition(over);
}
