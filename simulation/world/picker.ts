import type {ScanAnswer, ScanBody, StopView, TaskView} from '../api-types.ts';
import type {Crew} from './crew.ts';
import {workGoesOn} from './scan-answer.ts';

export interface PickHabits {
  /** takes something else off the first shelf before the right thing */
  wrongItem: boolean;
  /** units the first stop turns out to lack */
  short: number;
  /** where it is picked */
  warehouse: string;
  /** the stock of the order changes meanwhile */
  changing?: boolean;
}

/** `moved`: the task went to somebody else, was cancelled or closed; look at the order again. */
export type WorkResult = 'done' | 'moved';

/** Claims the task, walks its stops in the order given, scans bins and items. */
export async function pick(crew: Crew, task: TaskView, habits: PickHabits): Promise<WorkResult> {
  if (!(await crew.client.claim('picker', task.task_id))) return 'moved';
  let first = true;
  let taken = 0;
  for (const [position, stop] of task.stops.entries()) {
    const open = stop.qty - stop.picked - stop.short;
    if (open <= 0) continue;
    const result = await pickStop(
      crew,
      task,
      {stop, position, open},
      first ? habits : {...habits, wrongItem: false, short: 0},
    );
    if (result === 'moved') return 'moved';
    taken += open - (first ? Math.min(habits.short, open) : 0);
    first = false;
  }
  crew.tally.add('picked');
  return taken > 0 ? 'done' : 'moved';
}

interface Open {
  stop: StopView;
  position: number;
  /** units still to take */
  open: number;
}

async function pickStop(
  crew: Crew,
  task: TaskView,
  {stop, position, open}: Open,
  habits: PickHabits,
): Promise<WorkResult> {
  const scan = (step: string, body: Pick<ScanBody, 'kind' | 'code' | 'qty'>) =>
    crew.client.scan('picker', {
      // a stop whose units became fewer meanwhile is gone to anew
      operation_id: `${crew.tag}:${task.task_id}:${position}:${step}:${open}`,
      task_id: task.task_id,
      ...body,
    });
  const bin = await scan('bin', {kind: 'bin', code: stop.bin});
  const changing = habits.changing || (!bin.accepted && (await isOtherNow(crew, task, {stop, open}, habits.warehouse)));
  if (workGoesOn(bin, 'bin scan', changing) === 'moved') return 'moved';
  if (habits.wrongItem) {
    const wrong = await scan('wrong', {kind: 'item', code: wrongBarcode(stop.barcode)});
    crew.tally.add(wrong.accepted ? 'wrong_item.accepted' : 'wrong_item.refused');
  }
  const short = Math.min(habits.short, open);
  const takes: ScanAnswer[] = [];
  if (open > short) takes.push(await scan('item', {kind: 'item', code: stop.barcode, qty: open - short}));
  if (short > 0) {
    takes.push(await scan('short', {kind: 'short', code: stop.barcode, qty: short}));
    crew.tally.add('short_picks');
  }
  return takes.some((answer) => workGoesOn(answer, 'item scan', habits.changing) === 'moved') ? 'moved' : 'done';
}

/** Somebody else found too little in the same bin: what we were to take there is to be taken elsewhere. */
async function isOtherNow(
  {floor}: Crew,
  task: TaskView,
  {stop, open}: Pick<Open, 'stop' | 'open'>,
  warehouse: string,
): Promise<boolean> {
  const now = await floor.task(warehouse, task.sub_order_id, 'pick', 0);
  const same = ({bin, sku, qty, picked, short}: StopView) =>
    bin === stop.bin && sku === stop.sku && qty - picked - short === open;
  return !now?.stops.some(same);
}

/** A code no product carries: what the next shelf might have had. */
function wrongBarcode(right: string): string {
  return `${right}-NEXT-SHELF`.slice(0, 100);
}
