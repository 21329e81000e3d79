import type {StoreContext} from '../context.ts';

/** So many of the newest moves are counted: more say nothing new, and cost. */
const NEWEST = 100_000;
const DAYS = 14;

/**
 * Counts how long orders and their parts stayed in each stage lately: from the move into it to the move out of it.
 * Returns 0: there is never anything left to do.
 */
export async function countStageTimes(context: StoreContext): Promise<number> {
  const at = context.now();
  const since = new Date(at.getTime() - DAYS * 86_400_000);
  await context.prisma.$executeRaw`
    WITH newest AS (
      SELECT id, order_id, subject, from_state, to_state, at FROM order_audit
      WHERE at > ${since} ORDER BY at DESC LIMIT ${NEWEST}
    ), passes AS (
      SELECT from_state AS stage, extract(epoch FROM at - lag(at) OVER one) AS seconds,
        lag(to_state) OVER one AS was FROM newest WINDOW one AS (PARTITION BY order_id, subject ORDER BY id)
    )
    INSERT INTO stage_times (stage, passes, median_s, p90_s, counted_at)
    SELECT stage, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds)::int,
      percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds)::int, ${at}
    FROM passes WHERE stage IS NOT NULL AND was = stage GROUP BY stage
    ON CONFLICT (stage) DO UPDATE SET passes = excluded.passes, median_s = excluded.median_s, p90_s = excluded.p90_s,
      counted_at = excluded.counted_at`;
  return 0;
}
