import {CancellationScope} from '@temporalio/workflow';
import type {SideRunInput} from './messages.ts';
import {ReturnRun} from './return-run.ts';

/**
 * One return from the decision to its end: label, the wait for the parcel, what it brings. People act at the return's
 * rows and the run is told; it does what is due then. Cancelling the run in Temporal does nothing: a return is called
 * off at the return.
 */
export function returnWorkflow(input: SideRunInput): Promise<{end: string}> {
  return CancellationScope.nonCancellable(() => live(new ReturnRun(input)));
}

async function live(run: ReturnRun): Promise<{end: string}> {
  for (;;) {
    const heard = run.heard;
    const look = await run.look();
    if (look.ended) return run.close(look.state);
    switch (look.state) {
      case 'approved':
        await run.steps.buyReturnLabel({return_id: run.returnId});
        break;
      case 'received':
      case 'inspected':
        if (await run.settle()) break;
        await run.wait(heard, run.again());
        break;
      default:
        await run.waitToBeSent(heard, look);
    }
  }
}
