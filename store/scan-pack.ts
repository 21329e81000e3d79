import {isWithin} from '../domain/packing/tolerance.ts';
import type {Policy} from '../domain/policy/policy.ts';
import {mayWorkAt, takeLease} from './claim-task.ts';
import type {StoreContext, Tx} from './context.ts';
import type {boxes, orders, parcels, tasks} from './generated/client.ts';
import {allowedFor, keepWeighing} from './judge-weight.ts';
import {tellSubOrder} from './queue-signal.ts';
import {recordChange} from './record-change.ts';
import {takeBox} from './warehouse-boxes.ts';
import {refuse, type ScanAnswer, type ScanInput} from './scan-answer.ts';

/** A parcel closed and weighed: the next planned parcel of the pack task gets its box and weight. */
export async function scanPack(
  context: StoreContext,
  tx: Tx,
  order: orders,
  input: ScanInput,
  rules: Policy['warehouse'],
): Promise<ScanAnswer> {
  const task = await tx.tasks.findUniqueOrThrow({where: {id: input.task_id ?? ''}});
  if (task.kind !== 'pack') return refuse('unknown_code', 'This is a pick task: scan a bin or an item.');
  if (task.state !== 'open')
    return refuse(task.state === 'done' ? 'done' : 'cancelled', 'This task is closed. Take the next one.');
  if (!mayWorkAt(input.by, task.warehouse_id)) return refuse('not_yours', 'This task belongs to another warehouse.');
  if (input.code !== task.id && input.code !== task.sub_order_id) {
    return refuse('unknown_code', 'This tote is not of this task. Scan the tote or the task.');
  }
  if (!(await takeLease(context, tx, task, input.by.actor, rules.lease))) {
    return refuse('not_yours', 'Somebody else is packing this. Take another task.');
  }
  const planned = await tx.parcels.findMany({
    where: {sub_order_id: task.sub_order_id, state: 'planned'},
    orderBy: {position: 'asc'},
  });
  const parcel = planned[0];
  if (!parcel) return refuse('done', 'All parcels of this task are packed.');
  const boxId = input.box ?? parcel.suggested_box;
  const box = boxId === null ? null : await tx.boxes.findUnique({where: {id: boxId}});
  if (boxId !== null && !box) return refuse('unknown_code', `There is no box ${boxId}. Use a box of the list.`);
  const {weight_g} = input;
  if (weight_g === undefined) return refuse('wrong_weight', 'Put the parcel on the scale: its weight is missing.');
  const allowed = await allowedFor(tx, parcel, box, rules);
  if (!isWithin(weight_g, allowed) && !(await isApproved(tx, parcel.id, weight_g))) {
    const message = `It weighs ${weight_g} g and should weigh about ${allowed.expected_g} g. Check what is in the box, or let somebody else look at it.`;
    return {...refuse('wrong_weight', message), next: {parcel_id: parcel.id, weight_g, ...allowed}};
  }
  await packParcel(context, tx, order, task, parcel, box, input, planned.length === 1);
  const next = planned[1] ? {parcel: planned[1].position, box: planned[1].suggested_box} : null;
  const message = next ? 'Packed. Now the next parcel of this order.' : 'Packed. The label is on its way.';
  return {accepted: true, code: 'ok', next, message, parcel_id: parcel.id};
}

/** Let pass by somebody else than who was refused. */
async function isApproved(tx: Tx, parcel_id: string, weight_g: number): Promise<boolean> {
  return (await tx.weight_approvals.count({where: {parcel_id, weight_g}})) > 0;
}

async function packParcel(
  context: StoreContext,
  tx: Tx,
  order: orders,
  task: tasks,
  parcel: parcels,
  box: boxes | null,
  input: ScanInput,
  last: boolean,
): Promise<void> {
  const at = context.now();
  const outer = box
    ? {length_mm: box.outer_mm[0] ?? 0, width_mm: box.outer_mm[1] ?? 0, height_mm: box.outer_mm[2] ?? 0}
    : {};
  await tx.parcels.update({
    where: {id: parcel.id},
    data: {
      ...outer,
      state: 'packed',
      box_id: box?.id ?? null,
      weight_g: input.weight_g ?? 0,
      packed_at: at,
      label_state: 'wanted',
    },
  });
  if (last) await tx.tasks.update({where: {id: task.id}, data: {state: 'done', closed_at: at}});
  await recordChange(context, tx, {
    order,
    type: 'sub_order.parcel_packed',
    by: {actor: input.by.actor, role: input.by.role},
    sub_order_id: task.sub_order_id,
    data: {parcel_id: parcel.id, box: box?.id ?? null, weight_g: input.weight_g},
  });
  if (box) await takeBox(tx, task.warehouse_id, box.id);
  await keepWeighing(context, tx, parcel, {measured_g: input.weight_g ?? 0, box});
  await tellSubOrder(context, tx, task.sub_order_id, 'packed', input.operation_id, parcel.id);
}
