import type {ParcelView, TaskView} from '../api-types.ts';
import type {Crew} from './crew.ts';
import type {WorkResult} from './picker.ts';
import {workGoesOn} from './scan-answer.ts';

/** Packs every planned parcel of the task into the box it suggests, with the weight the scale should show. */
export async function pack(crew: Crew, task: TaskView): Promise<WorkResult> {
  if (!(await crew.client.claim('packer', task.task_id))) return 'moved';
  for (const parcel of task.parcels.filter(({state}) => state === 'planned')) {
    const answer = await crew.client.scan('packer', {
      operation_id: `${crew.tag}:${task.task_id}:pack:${parcel.parcel_id}`,
      task_id: task.task_id,
      kind: 'pack',
      code: task.task_id,
      weight_g: parcel.expected_g,
      ...(parcel.suggested_box && {box: parcel.suggested_box}),
    });
    if (workGoesOn(answer, 'pack scan') === 'moved') return 'moved';
    crew.tally.add('packed');
  }
  return 'done';
}

const LOOK_AGAIN_MS = [60, 150, 400, 1_000, 2_000, 3_000];
const LABEL_PATIENCE_MS = 180_000;

/** The sub-order's parcels once every label is bought; undefined when the sub-order went another way meanwhile. */
export async function parcelsWithLabel(
  crew: Pick<Crew, 'client' | 'clock'>,
  orderId: string,
  subOrderId: string,
): Promise<ParcelView[] | undefined> {
  const began = Date.now();
  for (let tries = 0; ; tries += 1) {
    const order = await crew.client.order(orderId);
    const sub = order.sub_orders.find((one) => one.sub_order_id === subOrderId);
    if (!sub || sub.stage === 'CANCELLED') return undefined;
    if (sub.parcels.length > 0 && sub.parcels.every((parcel) => parcel.tracking_number)) return sub.parcels;
    if (Date.now() - began > LABEL_PATIENCE_MS) throw new Error(`no label after ${LABEL_PATIENCE_MS / 1000} s`);
    await crew.clock.pause(LOOK_AGAIN_MS[Math.min(tries, LOOK_AGAIN_MS.length - 1)] as number);
  }
}

/** From a dispute to the bank's last word at the latest: its deadline and its decision; milliseconds of the clock. */
export const BANK_MS = 12 * 86_400_000;

/** Scans the parcel out of the door; one whose money a bank is judging about stands aside until that is decided. */
export async function dispatch(crew: Crew, parcel: ParcelView): Promise<void> {
  const began = crew.clock.now();
  for (let tries = 0; ; tries += 1) {
    const answer = await crew.client.scan('packer', {
      operation_id: `${crew.tag}:${parcel.parcel_id}:dispatch${tries > 0 ? `:${tries}` : ''}`,
      kind: 'dispatch',
      code: parcel.tracking_number ?? parcel.parcel_id,
    });
    if (answer.code !== 'disputed' || crew.clock.now() - began > BANK_MS) {
      workGoesOn(answer, 'dispatch scan');
      crew.tally.add('dispatched');
      return;
    }
    if (tries === 0) crew.tally.add('disputes.kept_back');
    await crew.clock.pause(LOOK_AGAIN_MS[Math.min(tries, LOOK_AGAIN_MS.length - 1)] as number);
  }
}
