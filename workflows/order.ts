import {allHandlersFinished, CancellationScope, condition, workflowInfo} from '@temporalio/workflow';
import {acceptOrder, registerRelease} from './accept-order.ts';
import {takeUp} from './continue-order.ts';
import {fulfilOrder, startParts} from './fulfil-order.ts';
import {armRenewal} from './live-hold.ts';
import type {OrderInput} from './messages.ts';
import {OrderRun} from './order-run.ts';

/**
 * One order from "Buy now" to the door: plan, hold the money, lock the stock, judge, confirm; then a child per place;
 * capture as parts are delivered; let the rest of the money go. A run that is cancelled in Temporal cancels what can
 * still be cancelled of its order and goes on with the rest: nobody else would.
 */
export async function orderWorkflow(input: OrderInput): Promise<{end: string}> {
  const run = new OrderRun(input);
  CancellationScope.current().cancelRequested.catch(() => CancellationScope.nonCancellable(() => cancelAll(run)));
  return CancellationScope.nonCancellable(() => live(run));
}

function cancelAll(run: OrderRun): Promise<unknown> {
  const by = {reason: 'cancelled_in_temporal', actor: 'temporal', role: 'ops'};
  return run.cancel({...by, request_id: `temporal:${workflowInfo().firstExecutionRunId}`});
}

async function live(run: OrderRun): Promise<{end: string}> {
  const {carried} = run.input;
  if (carried) {
    registerRelease(run);
    // whoever asks for the verdict only now gets it: an order that was not accepted never comes here
    run.tellCheckout({kind: 'accepted'});
    run.enter('fulfilling', 'as before');
    await takeUp(run, carried);
    await fulfilOrder(run);
  } else {
    const parts = await acceptOrder(run);
    if (parts.length > 0) {
      run.enter('fulfilling');
      armRenewal(run);
      await startParts(run, parts);
      await fulfilOrder(run);
    }
  }
  run.enter('closing');
  await run.saga.undoAll();
  await condition(allHandlersFinished);
  run.close();
  return {end: run.end};
}
