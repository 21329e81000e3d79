import {setImmediate} from 'node:timers/promises';
import type {Ways} from '../domain/picking/distance.ts';
import {planTours, type PlannedTour, type TourStop, zoneOf} from '../domain/picking/plan-tours.ts';
import {readyForWalks} from '../domain/picking/shortest-walk.ts';
import type {WaitingTask, WaveKind} from '../domain/picking/wave-rules.ts';
import type {StoreContext, Tx} from './context.ts';
import {newId} from './ids.ts';
import {binDepths} from './order-stops.ts';
import {readLayout} from './read-layout.ts';
import {transact} from './transact.ts';
import {unreleased} from './waits-for-wave.ts';

/** Tasks of one wave; what waits longer comes with the next. */
const MOST_TASKS = 500;

export interface WaveWish {
  warehouse: string;
  kind: WaveKind;
  /** orders that one cart has totes for */
  totes: number;
  rule: string;
  by: string;
  /** which of the waiting tasks; all when left out */
  choose?: (waiting: readonly WaitingTask[]) => readonly string[];
}

interface Waiting {
  task_id: string;
  created_at: Date;
  delivery_sla: string;
  taken_back_at: Date | null;
}

/** Tours that are planned and not yet there. */
interface WavePlan {
  wish: WaveWish;
  tours: PlannedTour[];
  /** what was planned for */
  stops: TourStop[];
  /** null: nothing is known of the floor */
  ways: Ways | null;
}

/**
 * Releases pick tasks that nobody has begun as a wave, in a handful of statements however many they are; null when there
 * is nothing to release. Two waves made at the same time share no task.
 */
export async function makeWave(
  context: StoreContext,
  wish: WaveWish,
): Promise<{wave_id: string; tasks: number} | null> {
  const plan = await planWave(context, wish);
  return plan && keepWave(context, plan);
}

/** Thinks of tours while nothing is locked, and gives others their turn: filling carts takes seconds where much waits. */
export async function planWave(context: StoreContext, wish: WaveWish): Promise<WavePlan | null> {
  const tx = context.prisma as Tx;
  const waiting = await readWaiting(tx, wish.warehouse, context.now());
  if (waiting.length === 0) return null;
  const stops = await readStops(tx, wish.warehouse, waiting);
  const known = await readLayout(tx, wish.warehouse);
  const ways = known && readyForWalks(known.layout);
  const zones = (task: string) =>
    [...new Set(stops.filter((s) => s.task_id === task).map((s) => zoneOf(ways, s.aisle) ?? ''))].sort();
  const chosen = new Set(wish.choose?.(waiting.map((task) => toWaiting(task, zones))) ?? waiting.map((t) => t.task_id));
  const taken = stops.filter((stop) => chosen.has(stop.task_id));
  const tours = await inTurns(planTours(taken, wish, ways));
  return {wish, tours, stops: taken, ways};
}

/** All of them, with a turn for others after each. */
export async function inTurns<T>(work: Iterable<T>): Promise<T[]> {
  const done: T[] = [];
  for (const item of work) {
    done.push(item);
    await setImmediate();
  }
  return done;
}

/** Of the tasks that were planned for, those come into the wave that wait as they did: not begun, not changed, in no tour. */
export function keepWave(
  context: StoreContext,
  {wish, tours, stops}: WavePlan,
): Promise<{wave_id: string; tasks: number} | null> {
  return transact(context, async (tx) => {
    const free = await lockFree(tx, [...new Set(stops.map((stop) => stop.task_id))], context.now());
    // read after the lock: what somebody did to a task before is seen now
    const rows = await tx.task_stops.findMany({where: {task_id: {in: free}, qty: {gt: 0}}});
    const planned = new Set(stops.map((stop) => stop.stop_id));
    const touched = rows.filter((row) => row.tour_id !== null || row.picked + row.short > 0 || !planned.has(row.id));
    const gone = new Set(touched.map((row) => row.task_id));
    const kept = new Map(rows.filter((row) => !gone.has(row.task_id)).map((row) => [row.id, row.task_id]));
    if (kept.size === 0) return null;
    const left = tours
      .map((tour) => ({...tour, stops: tour.stops.filter((stop) => kept.has(stop.stop_id))}))
      .filter((tour) => tour.stops.length > 0);
    return {wave_id: await writeWave(context, tx, wish, left), tasks: new Set(kept.values()).size};
  });
}

/** Of orders that are not held back; oldest first. */
function readWaiting(tx: Tx, warehouse: string, now: Date): Promise<Waiting[]> {
  return tx.$queryRaw<Waiting[]>`
    SELECT t.id AS task_id, t.created_at, t.taken_back_at, o.delivery_sla FROM tasks t JOIN orders o ON o.id = t.order_id
     WHERE t.warehouse_id = ${warehouse} AND o.held_since IS NULL AND ${unreleased(now)}
     ORDER BY t.created_at, t.id LIMIT ${MOST_TASKS}`;
}

/** Of these tasks those that are open and nobody's; who works at one of the others right now keeps it. */
async function lockFree(tx: Tx, tasks: readonly string[], now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{id: string}[]>`SELECT id FROM tasks
     WHERE id = ANY(${tasks}::text[]) AND state = 'open' AND (claimed_by IS NULL OR lease_until < ${now})
     ORDER BY id FOR UPDATE SKIP LOCKED`;
  return rows.map(({id}) => id);
}

async function readStops(tx: Tx, warehouse: string, waiting: readonly Waiting[]): Promise<TourStop[]> {
  const rows = await tx.task_stops.findMany({
    where: {task_id: {in: waiting.map((task) => task.task_id)}, qty: {gt: 0}},
    orderBy: [{task_id: 'asc'}, {position: 'asc'}],
  });
  const depths = await binDepths(
    tx,
    warehouse,
    rows.map(({bin}) => bin),
  );
  const age = new Map(waiting.map((task, i) => [task.task_id, i]));
  return rows
    .map(({id, task_id, bin, aisle, rack, shelf}) => {
      return {stop_id: id, task_id, bin, aisle, rack, shelf, y: depths.get(bin) ?? null};
    })
    .sort((a, b) => (age.get(a.task_id) ?? 0) - (age.get(b.task_id) ?? 0));
}

const toWaiting = (
  {task_id, created_at, delivery_sla, taken_back_at}: Waiting,
  zones: (task: string) => string[],
): WaitingTask => ({
  task_id,
  since: created_at.getTime(),
  taken_back: taken_back_at?.getTime() ?? null,
  sla: delivery_sla,
  zones: zones(task_id),
});

async function writeWave(context: StoreContext, tx: Tx, wish: WaveWish, planned: PlannedTour[]): Promise<string> {
  const at = context.now();
  const wave_id = newId('wav', at);
  const {warehouse: warehouse_id, kind, rule, by: made_by} = wish;
  await tx.waves.create({data: {id: wave_id, warehouse_id, kind, rule, state: 'released', made_by, created_at: at}});
  const tours = planned.map((tour, i) => ({...tour, id: newId('tou', at), position: i + 1}));
  await tx.tours.createMany({
    data: tours.map(({id, position, zone, walk_mm}) => {
      return {id, wave_id, warehouse_id, position, zone, state: 'open', walk_mm, created_at: at};
    }),
  });
  const rows = tours.flatMap((tour) => tour.stops.map((stop, i) => ({...stop, tour: tour.id, position: i + 1})));
  await tx.$executeRaw`UPDATE task_stops s SET tour_id = v.tour, tour_position = v.position, tote = v.tote
    FROM unnest(${rows.map((r) => r.stop_id)}::text[], ${rows.map((r) => r.tour)}::text[],
                ${rows.map((r) => r.position)}::int[], ${rows.map((r) => r.tote)}::text[]) AS v (id, tour, position, tote)
    WHERE s.id = v.id AND s.tour_id IS NULL`;
  return wave_id;
}
