import type {StoreContext} from './context.ts';
import {Prisma, type tasks} from './generated/client.ts';
import {readWaveTerms} from './wave-terms.ts';

/** Of tasks `t`: open pick tasks that nobody holds or has begun, and that no wave has released. */
export const unreleased = (now: Date): Prisma.Sql => Prisma.sql`(
  t.kind = 'pick' AND t.state = 'open' AND (t.claimed_by IS NULL OR t.lease_until < ${now})
  AND NOT EXISTS (SELECT 1 FROM task_stops s WHERE s.task_id = t.id
                   AND (s.tour_id IS NOT NULL OR s.picked > 0 OR s.short > 0)))`;

/** Of tasks `t` of a warehouse: those that wait for the rule of the warehouse to release them; nobody is sent to them. */
export async function waiting(context: StoreContext, tx: Reads, warehouse: string): Promise<Prisma.Sql> {
  const {rule} = await readWaveTerms(tx, warehouse);
  return rule === 'immediate' ? Prisma.sql`FALSE` : unreleased(context.now());
}

type Reads = Parameters<typeof readWaveTerms>[0] & Pick<StoreContext['prisma'], '$queryRaw'>;

/** Whether nobody may begin with the task yet. */
export async function waitsForWave(
  context: StoreContext,
  tx: Reads,
  task: Pick<tasks, 'id' | 'warehouse_id' | 'claimed_by' | 'lease_until'>,
): Promise<boolean> {
  const held = task.claimed_by !== null && task.lease_until !== null && task.lease_until >= context.now();
  if (held || (await readWaveTerms(tx, task.warehouse_id)).rule === 'immediate') return false;
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM tasks t
    WHERE t.id = ${task.id} AND ${unreleased(context.now())}`;
  return rows.length > 0;
}
