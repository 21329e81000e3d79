import {correctStock, type CorrectionResult} from './correct-stock.ts';
import type {StoreContext} from './context.ts';
import type {count_tasks} from './generated/client.ts';

export interface Count {
  warehouse: string;
  sku: string;
  bin: string;
  /** units that lie in the bin */
  counted: number;
  reference: string;
  actor: string;
}

/** Books what somebody counted in a bin; a bin in quarantine is in order again. */
export async function countBin(context: StoreContext, count: Count): Promise<CorrectionResult> {
  const {warehouse, sku, bin, counted, reference, actor} = count;
  const result = await correctStock(context, {
    ...{warehouse, sku, bin, kind: 'count', change: {to: counted}},
    ...{cause: `count:${reference}:${warehouse}:${sku}:${bin}`, reference, actor},
  });
  if (result.outcome === 'booked') await closeTasks(context, count);
  return result;
}

/** Whatever asked for the bin to be counted before this is answered. */
async function closeTasks(context: StoreContext, {warehouse, sku, bin, counted}: Count): Promise<void> {
  await context.prisma.count_tasks.updateMany({
    where: {warehouse_id: warehouse, sku, bin, state: 'open'},
    data: {state: 'done', counted, closed_at: context.now()},
  });
}

export type CountAnswer = CorrectionResult | {outcome: 'no_task'} | {outcome: 'closed'; task: count_tasks};

/** Answers a task to count a bin. The same answer twice counts once. */
export async function answerCount(
  context: StoreContext,
  input: {task_id: string; counted: number; actor: string},
): Promise<CountAnswer> {
  const task = await context.prisma.count_tasks.findUnique({where: {id: input.task_id}});
  if (!task) return {outcome: 'no_task'};
  if (task.state !== 'open' && task.counted !== input.counted) return {outcome: 'closed', task};
  const {warehouse_id: warehouse, sku, bin} = task;
  return countBin(context, {warehouse, sku, bin, counted: input.counted, reference: task.id, actor: input.actor});
}
