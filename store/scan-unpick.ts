import type {Policy} from '../domain/policy/policy.ts';
import {judgeUnpick} from '../domain/warehouse/scan-unpick.ts';
import {mayWorkAt, takeLease} from './claim-task.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, task_stops, tasks} from './generated/client.ts';
import {STAGING_BIN} from './bins.ts';
import {insertMove} from './place-units.ts';
import {recordChange} from './record-change.ts';
import {refuse, type ScanAnswer, type ScanInput} from './scan-answer.ts';
import {takeFromReservation} from './take-from-reservation.ts';
import {lockQueues, settleEarmarks} from './waiting-lines.ts';

/** A bin or an item scanned while picked units are put back: each unit is free again from this scan on. */
export async function scanUnpick(
  context: StoreContext,
  tx: Tx,
  order: orders,
  task: tasks,
  input: ScanInput,
  rules: Policy['warehouse'],
): Promise<ScanAnswer> {
  if (!mayWorkAt(input.by, task.warehouse_id)) return refuse('not_yours', 'This task belongs to another warehouse.');
  const stops = await tx.task_stops.findMany({where: {task_id: task.id}, orderBy: {position: 'asc'}});
  const verdict = judgeUnpick(
    {
      state: task.state as 'open' | 'done' | 'cancelled',
      kind: 'pick',
      claimed_by: task.claimed_by,
      lease_until: task.lease_until?.getTime() ?? null,
      stops: stops.map(({id, ...stop}) => ({...stop, stop_id: id})),
    },
    {kind: input.kind as 'bin' | 'item' | 'short', code: input.code, ...(input.qty ? {qty: input.qty} : {})},
    {actor: input.by.actor, now: context.now().getTime()},
  );
  if (!verdict.accepted) return refuse(verdict.code, verdict.message);
  await takeLease(context, tx, task, input.by.actor, rules.lease);
  const stop = stops.find((s) => s.id === verdict.effect.stop_id);
  if (!stop) throw new Error(`task ${task.id} has no stop ${verdict.effect.stop_id}`);
  if (verdict.effect.kind === 'open') {
    await tx.task_stops.updateMany({where: {task_id: task.id}, data: {opened: false}});
    await tx.task_stops.update({where: {id: stop.id}, data: {opened: true}});
  } else {
    await putBack(context, tx, order, task, stop, verdict.effect.qty, input);
  }
  if (verdict.closes_task) await close(context, tx, order, task, input);
  return {accepted: true, code: 'ok', next: verdict.next, message: verdict.message};
}

async function putBack(
  context: StoreContext,
  tx: Tx,
  order: orders,
  task: tasks,
  stop: task_stops,
  qty: number,
  input: ScanInput,
): Promise<void> {
  const {warehouse_id, sub_order_id} = task;
  const {sku, line_id, bin} = stop;
  await lockQueues(tx, [sku]);
  await tx.task_stops.update({where: {id: stop.id}, data: {picked: {increment: qty}}});
  await takeFromReservation(tx, {sub_order_id, line_id, warehouse_id, qty, end: 'released'});
  await tx.$executeRaw`UPDATE stock SET reserved = reserved - ${qty} WHERE warehouse_id = ${warehouse_id} AND sku = ${sku}`;
  await insertMove(tx, {
    warehouse_id,
    sku,
    bin,
    kind: 'release',
    d_reserved: -qty,
    order_id: order.id,
    line_id,
    cause: `unpick:${input.operation_id}`,
    actor: input.by.actor,
    at: context.now(),
  });
  const moved = await tx.$executeRaw`UPDATE stock_bins SET on_hand = on_hand - ${qty}
    WHERE warehouse_id = ${warehouse_id} AND sku = ${sku} AND bin = ${STAGING_BIN} AND on_hand >= ${qty}`;
  if (moved === 1) {
    await tx.$executeRaw`INSERT INTO stock_bins (warehouse_id, sku, bin, on_hand, assigned)
    VALUES (${warehouse_id}, ${sku}, ${bin}, ${qty}, 0)
    ON CONFLICT (warehouse_id, sku, bin) DO UPDATE SET on_hand = stock_bins.on_hand + EXCLUDED.on_hand`;
  }
  await settleEarmarks(tx, [sku]);
}

async function close(context: StoreContext, tx: Tx, order: orders, task: tasks, input: ScanInput): Promise<void> {
  await tx.tasks.update({where: {id: task.id}, data: {state: 'done', closed_at: context.now()}});
  const {sub_order_id} = task;
  const by = {actor: input.by.actor, role: input.by.role};
  const data = {task_id: task.id};
  await recordChange(context, tx, {order, type: 'sub_order.put_back', by, sub_order_id, data});
}
