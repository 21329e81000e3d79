import {allHandlersFinished, condition} from '@temporalio/workflow';
import {acceptOrder} from './accept-order.ts';
import {fulfilOrder} from './fulfil-order.ts';
import type {OrderInput} from './messages.ts';
import {OrderRun} from './order-run.ts';

/**
 * One order from "Buy now" to the door: plan, hold the money, lock the stock, judge, confirm; then a child per place;
 * capture as parts are delivered; let the rest of the money go.
 */
export async function orderWorkflow(input: OrderInput): Promise<{end: string}> {
  const run = new OrderRun(input);
  const parts = await acceptOrder(run);
  if (parts.length > 0) {
    run.enter('fulfilling');
    await fulfilOrder(run, parts);
  }
  run.enter('closing');
  await run.saga.undoAll();
  await condition(allHandlersFinished);
  run.close();
  return {end: run.end};
}
