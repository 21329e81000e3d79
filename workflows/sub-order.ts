import {CancellationScope, condition} from '@temporalio/workflow';
import type {SubOrderInput, SubOrderOutcome} from './messages.ts';
import {awaitStock} from './backorder.ts';
import {SubOrderRun} from './sub-order-run.ts';

/**
 * What leaves one place: tasks, labels, hand-over, the road, the door. Independent of its siblings' troubles. Cancelling
 * its run in Temporal does nothing: goods are on their way, and what can be cancelled is cancelled at the order.
 */
export function subOrderWorkflow(input: SubOrderInput): Promise<SubOrderOutcome> {
  const run = new SubOrderRun(input);
  return CancellationScope.nonCancellable(() => live(run));
}

async function live(run: SubOrderRun): Promise<SubOrderOutcome> {
  const {input} = run;
  const {sub_order_id} = input;
  if (!input.source) {
    await awaitStock(run);
    if (run.has('cancelled')) return run.close('cancelled');
  }
  if ((await run.steps.openTasks({sub_order_id})).state === 'cancelled') return run.close('cancelled');
  run.wait('pick');
  for (;;) {
    await condition(() => run.hasNews());
    for (const name of run.news()) {
      const end = await run.take(name);
      if (end) return run.close(end);
    }
  }
}
