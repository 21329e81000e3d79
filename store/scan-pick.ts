import type {TourWord} from '../domain/picking/tour-holder.ts';
import type {Policy} from '../domain/policy/policy.ts';
import {judgeScan} from '../domain/warehouse/scan.ts';
import {advanceSubOrder} from './advance-sub-order.ts';
import {mayWorkAt, takeLease} from './claim-task.ts';
import {closePick} from './close-pick.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, task_stops, tasks} from './generated/client.ts';
import {moveToStaging} from './bins.ts';
import {nextOfTour} from './next-of-tour.ts';
import {refuse, type ScanAnswer, type ScanInput} from './scan-answer.ts';
import {takeTour, toursOf} from './tours.ts';
import {waitsForWave} from './waits-for-wave.ts';

/** A bin, an item or a shortage scanned while picking. */
export async function scanPick(
  context: StoreContext,
  tx: Tx,
  order: orders,
  input: ScanInput,
  rules: Policy['warehouse'],
): Promise<ScanAnswer> {
  const task = await tx.tasks.findUniqueOrThrow({where: {id: input.task_id ?? ''}});
  if (!mayWorkAt(input.by, task.warehouse_id)) return refuse('not_yours', 'This task belongs to another warehouse.');
  const stops = await tx.task_stops.findMany({where: {task_id: task.id}, orderBy: {position: 'asc'}});
  const kind = input.kind as 'bin' | 'item' | 'short';
  const tours = await toursOf(tx, stops, {actor: input.by.actor, now: context.now().getTime()});
  const mine = stops.filter(({tour_id}) => wordOf(tours, tour_id) === 'yours');
  const others = stops.filter((stop) => !mine.includes(stop));
  if (task.state === 'open' && others.some(isOpen) && !mine.some(isOpen)) return refuseTour(others, tours);
  if (tours.size === 0 && (await waitsForWave(context, tx, task))) {
    return refuse('on_hold', 'This task waits for its wave. Take one that is released.');
  }
  const verdict = judgeScan(
    {
      state: task.state as 'open' | 'done' | 'cancelled',
      kind: task.kind as 'pick' | 'pack',
      claimed_by: tours.size > 0 ? null : task.claimed_by,
      lease_until: task.lease_until?.getTime() ?? null,
      stops: mine.map(({id, ...stop}) => ({...stop, stop_id: id})),
    },
    {kind, code: input.code, ...(input.qty === undefined ? {} : {qty: input.qty})},
    {actor: input.by.actor, now: context.now().getTime()},
  );
  if (!verdict.accepted) return refuse(verdict.code, verdict.message);
  const stop = stops.find((s) => s.id === verdict.effect.stop_id);
  if (!stop) throw new Error(`task ${task.id} has no stop ${verdict.effect.stop_id}`);
  const claim = {actor: input.by.actor, lease: rules.lease};
  const tour = tours.has(stop.tour_id ?? '') ? stop.tour_id : null;
  if (tour === null) await takeLease(context, tx, task, claim.actor, claim.lease);
  else if (!(await takeTour(context, tx, {...claim, tour_id: tour}))) return refuseTour([stop], new Map());
  await applyEffect(context, tx, order, task, stop, verdict.effect, input);
  const onward = tour !== null && verdict.closes_stop ? await nextOfTour(tx, tour) : verdict;
  return {accepted: true, code: verdict.code, next: onward.next, message: onward.message};
}

const isOpen = ({qty, picked, short}: task_stops): boolean => picked + short < qty;

/** What is in no tour, or in one that is over, is everybody's. */
const wordOf = (tours: ReadonlyMap<string, TourWord>, tour: string | null): TourWord =>
  tours.get(tour ?? '') ?? 'yours';

function refuseTour(stops: readonly task_stops[], tours: ReadonlyMap<string, TourWord>): ScanAnswer {
  const paused = stops.filter(isOpen).every(({tour_id}) => wordOf(tours, tour_id) === 'paused');
  return paused
    ? refuse('on_hold', 'This wave is paused. Put the cart aside as it is and ask the lead.')
    : refuse('not_yours', 'Somebody else walks this tour. Take another one.');
}

async function applyEffect(
  context: StoreContext,
  tx: Tx,
  order: orders,
  task: tasks,
  stop: task_stops,
  effect: {kind: 'open' | 'pick' | 'short'; qty: number},
  input: ScanInput,
): Promise<void> {
  if (effect.kind === 'open') {
    // somebody else may walk another zone of the same task and have a bin open there
    await tx.task_stops.updateMany({where: {task_id: task.id, tour_id: stop.tour_id}, data: {opened: false}});
    await tx.task_stops.update({where: {id: stop.id}, data: {opened: true}});
    return;
  }
  const column = effect.kind === 'pick' ? {picked: {increment: effect.qty}} : {short: {increment: effect.qty}};
  await tx.task_stops.update({where: {id: stop.id}, data: column});
  if (effect.kind === 'pick') await pickUnits(tx, task, stop, effect.qty);
  const by = {actor: input.by.actor, role: input.by.role};
  const current = effect.kind === 'pick' ? await startPicking(context, tx, order, task, by) : order;
  await closePick(context, tx, current, task, by, input.operation_id);
}

async function pickUnits(tx: Tx, task: tasks, stop: task_stops, qty: number): Promise<void> {
  await tx.$executeRaw`UPDATE order_lines SET reserved = reserved - ${qty}, picked = picked + ${qty},
    ever_picked = ever_picked + ${qty} WHERE id = ${stop.line_id}`;
  await tx.$executeRaw`UPDATE sub_order_lines SET picked = picked + ${qty}
    WHERE sub_order_id = ${task.sub_order_id} AND line_id = ${stop.line_id}`;
  await moveToStaging(tx, task.warehouse_id, stop.sku, stop.bin, qty);
}

async function startPicking(
  context: StoreContext,
  tx: Tx,
  order: orders,
  task: tasks,
  by: {actor: string; role: string},
): Promise<orders> {
  const sub = await tx.sub_orders.findUniqueOrThrow({where: {id: task.sub_order_id}});
  return sub.stage === 'ALLOCATED' ? advanceSubOrder(context, tx, order, sub, {to: 'PICKING', by}) : order;
}
