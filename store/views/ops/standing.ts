import {Prisma} from '../../generated/client.ts';

/** Fewer passes are an anecdote. */
export const PASSES_TO_KNOW = 20;

/** What is under way, a row each: orders before their plan is confirmed (`part_id` is null), their parts afterwards. */
export const STANDING = Prisma.sql`
  SELECT CASE WHEN status = 'paid' THEN 'check' ELSE 'payment' END AS stage, id AS order_id, NULL AS part_id,
    CASE WHEN status = 'paid' THEN coalesce(waiting_since, updated_at) ELSE placed_at END AS since
  FROM orders WHERE status IN ('pending', 'payment_processing', 'paid')
  UNION ALL
  SELECT CASE WHEN stage = 'ALLOCATED' AND source_kind = 'supplier' THEN 'SUPPLIER' ELSE stage END, order_id, id, updated_at
  FROM sub_orders WHERE stage NOT IN ('DELIVERED', 'CANCELLED', 'RETURN_TO_SENDER')
    AND NOT (stage = 'EXCEPTION' AND note IS NOT DISTINCT FROM 'lost')`;

/** How long others stayed in each of those stages lately. */
export const USUAL = Prisma.sql`
  SELECT CASE stage WHEN 'payment_processing' THEN 'payment' WHEN 'paid' THEN 'check' ELSE stage END AS stage,
    median_s, p90_s FROM stage_times WHERE passes >= ${PASSES_TO_KNOW}`;
