import type {StoreContext, Tx} from './context.ts';
import {logDecision} from './log-decision.ts';
import {endTours} from './tours.ts';
import {transact} from './transact.ts';

/**
 * Takes back what nobody has begun of a wave: its tasks wait again, and the rule of the warehouse leaves them to people for
 * a while. An order of which a part is walked stays as a whole. Returns how many tasks; null when there is no such wave, or it is over.
 */
export async function undoWave(
  context: StoreContext,
  {wave_id, by}: {wave_id: string; by: string},
): Promise<number | null> {
  const tasks = await transact(context, async (tx) => {
    const open = await tx.$queryRaw<
      unknown[]
    >`SELECT 1 FROM waves WHERE id = ${wave_id} AND state <> 'done' FOR UPDATE`;
    if (open.length === 0) return null;
    const begun = await lockBegun(context, tx, wave_id);
    const rows = await tx.$queryRaw<{task_id: string}[]>`
      UPDATE task_stops SET tour_id = NULL, tour_position = NULL, tote = NULL
       WHERE tour_id IN (SELECT id FROM tours WHERE wave_id = ${wave_id})
         AND task_id NOT IN (SELECT task_id FROM task_stops WHERE tour_id = ANY(${begun}::text[]))
      RETURNING task_id`;
    const back = [...new Set(rows.map(({task_id}) => task_id))];
    await tx.tasks.updateMany({where: {id: {in: back}}, data: {taken_back_at: context.now()}});
    await logDecision(context, tx, {kind: 'undo_wave', inputs: {wave_id, by}, output: {tasks: back}});
    return back.length;
  });
  await endTours(context);
  return tasks;
}

/** Tours that somebody holds or has begun to walk; nobody claims one until the caller is done. */
async function lockBegun(context: StoreContext, tx: Tx, waveId: string): Promise<string[]> {
  await tx.$queryRaw`SELECT 1 FROM tours WHERE wave_id = ${waveId} ORDER BY id FOR UPDATE`;
  const rows = await tx.$queryRaw<{id: string}[]>`
    SELECT t.id FROM tours t WHERE t.wave_id = ${waveId} AND ((t.claimed_by IS NOT NULL AND t.lease_until >= ${context.now()})
       OR EXISTS (SELECT 1 FROM task_stops s WHERE s.tour_id = t.id AND s.picked + s.short > 0))`;
  return rows.map(({id}) => id);
}
