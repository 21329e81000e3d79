import {mayWalk, type TourWord} from '../domain/picking/tour-holder.ts';
import type {FloorWorker} from './claim-task.ts';
import {mayWorkAt} from './claim-task.ts';
import type {StoreContext, Tx} from './context.ts';
import type {task_stops, tours} from './generated/client.ts';
import {logDecision} from './log-decision.ts';
import {transact} from './transact.ts';
import {worksAt} from './works-at.ts';

/** Open tours of these stops, and whether the worker may walk them. */
export async function toursOf(
  tx: Tx,
  stops: readonly task_stops[],
  who: {actor: string; now: number},
): Promise<Map<string, TourWord>> {
  const ids = [...new Set(stops.flatMap(({tour_id}) => tour_id ?? []))];
  if (ids.length === 0) return new Map();
  const tours = await tx.tours.findMany({where: {id: {in: ids}, state: 'open'}});
  const paused = await pausedWaves(
    tx,
    tours.map((tour) => tour.wave_id),
  );
  return new Map(
    tours.map(({id, wave_id, claimed_by, lease_until}) => {
      const held = {claimed_by, lease_until: lease_until?.getTime() ?? null, paused: paused.has(wave_id)};
      return [id, mayWalk(held, who)];
    }),
  );
}

async function pausedWaves(tx: Tx, ids: string[]): Promise<Set<string>> {
  const waves = await tx.waves.findMany({where: {id: {in: ids}, state: 'paused'}, select: {id: true}});
  return new Set(waves.map(({id}) => id));
}

/** Takes or renews the lease by compare-and-set; null when another worker's lease is alive, or the tour is over. */
export async function takeTour(
  context: StoreContext,
  tx: Tx,
  {tour_id, actor, lease}: {tour_id: string; actor: string; lease: number},
): Promise<Date | null> {
  const now = context.now();
  const until = new Date(now.getTime() + lease);
  const taken = await tx.$executeRaw`UPDATE tours SET claimed_by = ${actor}, lease_until = ${until}
    WHERE id = ${tour_id} AND state = 'open' AND (claimed_by IS NULL OR claimed_by = ${actor} OR lease_until < ${now})`;
  return taken === 1 ? until : null;
}

export type TourResult =
  | {outcome: 'claimed'; lease_until: string}
  | {outcome: 'held' | 'paused' | 'unknown' | 'closed'};

/** Gives one worker the tour for a lease; a live lease of somebody else stands. */
export async function claimTour(
  context: StoreContext,
  input: {tour_id: string; by: FloorWorker; lease: number},
): Promise<TourResult> {
  const {prisma} = context;
  const tour = await prisma.tours.findUnique({where: {id: input.tour_id}});
  if (!tour || !mayWorkAt(input.by, tour.warehouse_id)) return {outcome: 'unknown'};
  if (tour.state !== 'open') return {outcome: 'closed'};
  if ((await prisma.waves.count({where: {id: tour.wave_id, state: 'paused'}})) > 0) return {outcome: 'paused'};
  const claim = {tour_id: tour.id, actor: input.by.actor, lease: input.lease};
  const until = await takeTour(context, prisma as Tx, claim);
  return until ? {outcome: 'claimed', lease_until: until.toISOString()} : {outcome: 'held'};
}

/** Gives the tour to somebody who works there, or to nobody, whoever holds it; who said so is kept. */
export function assignTour(
  context: StoreContext,
  {tour_id, to, lease, by}: {tour_id: string; to: string | null; lease: number; by: string},
): Promise<'assigned' | 'closed' | 'nobody'> {
  return transact(context, async (tx) => {
    const [tour] = await tx.$queryRaw<tours[]>`SELECT * FROM tours WHERE id = ${tour_id} FOR UPDATE`;
    if (tour?.state !== 'open') return 'closed';
    if (to !== null && !(await worksAt(tx, to, tour.warehouse_id))) return 'nobody';
    const until = to === null ? null : new Date(context.now().getTime() + lease);
    await tx.tours.update({where: {id: tour_id}, data: {claimed_by: to, lease_until: until}});
    await logDecision(context, tx, {kind: 'assign_tour', inputs: {tour_id, by, was: tour.claimed_by}, output: {to}});
    return 'assigned';
  });
}

/** Nobody picks of a paused wave until it goes on, and who said so is kept; false when it is over. */
export function pauseWave(
  context: StoreContext,
  {wave_id, paused, by}: {wave_id: string; paused: boolean; by: string},
): Promise<boolean> {
  return transact(context, async (tx) => {
    const [from, to] = paused ? ['released', 'paused'] : ['paused', 'released'];
    const {count} = await tx.waves.updateMany({where: {id: wave_id, state: from}, data: {state: to}});
    if (count === 0) return (await tx.waves.count({where: {id: wave_id, state: to}})) === 1;
    await logDecision(context, tx, {kind: 'pause_wave', inputs: {wave_id, by}, output: {state: to}});
    return true;
  });
}

/**
 * Ends tours of which nothing is left to pick (done, missing, cancelled, moved elsewhere), and waves of which no tour is
 * left; returns how many tours.
 */
export function endTours(context: StoreContext): Promise<number> {
  const now = context.now();
  return transact(context, async (tx) => {
    const ended = await tx.$executeRaw`UPDATE tours t SET state = 'done', closed_at = ${now}
      WHERE t.state = 'open' AND NOT EXISTS (
        SELECT 1 FROM task_stops s JOIN tasks k ON k.id = s.task_id
         WHERE s.tour_id = t.id AND k.state = 'open' AND s.picked + s.short < s.qty)`;
    if (ended > 0) {
      await tx.$executeRaw`UPDATE waves w SET state = 'done', closed_at = ${now}
        WHERE w.state <> 'done' AND NOT EXISTS (SELECT 1 FROM tours t WHERE t.wave_id = w.id AND t.state = 'open')`;
    }
    return ended;
  });
}
