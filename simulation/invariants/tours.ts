import type {Finding, World} from './types.ts';

/** I4: the tours of a wave are about pick tasks of its own warehouse, a tote about one task, and none leaves work behind. */
export async function toursAreWhole(world: World): Promise<Finding[]> {
  return [...(await strangeStops(world)), ...(await sharedTotes(world)), ...(await leftBehind(world))];
}

async function strangeStops({sql}: World): Promise<Finding[]> {
  const rows = await sql<{stop_id: string; tour_id: string; kind: string; at: string; site: string | null}>(
    `SELECT s.id AS stop_id, s.tour_id, t.kind, t.warehouse_id AS at,
            CASE WHEN o.warehouse_id = w.warehouse_id THEN o.warehouse_id END AS site
       FROM task_stops s JOIN tasks t ON t.id = s.task_id
       LEFT JOIN tours o ON o.id = s.tour_id LEFT JOIN waves w ON w.id = o.wave_id
      WHERE s.tour_id IS NOT NULL
        AND (t.kind <> 'pick' OR o.warehouse_id IS DISTINCT FROM t.warehouse_id OR w.warehouse_id IS DISTINCT FROM t.warehouse_id)
      ORDER BY s.id`,
  );
  return rows.map(({stop_id, tour_id, kind, at, site}) => ({
    subject: stop_id,
    sentence: `Stop ${stop_id} of a ${kind} task at ${at} is in tour ${tour_id}, which is of ${site ?? 'no wave of one site'}.`,
  }));
}

async function sharedTotes({sql}: World): Promise<Finding[]> {
  const rows = await sql<{tour_id: string; tote: string; tasks: number}>(
    `SELECT tour_id, tote, count(DISTINCT task_id)::int AS tasks FROM task_stops
      WHERE tour_id IS NOT NULL GROUP BY tour_id, tote HAVING count(DISTINCT task_id) > 1 ORDER BY tour_id, tote`,
  );
  return rows.map(({tour_id, tote, tasks}) => ({
    subject: tour_id,
    sentence: `Tour ${tour_id}: ${tasks} orders go into tote ${tote}.`,
  }));
}

async function leftBehind({sql}: World): Promise<Finding[]> {
  const rows = await sql<{tour_id: string; stops: number; wave: boolean}>(
    `SELECT o.id AS tour_id, count(s.id)::int AS stops, o.state = 'open' AS wave
       FROM tours o JOIN waves w ON w.id = o.wave_id
       LEFT JOIN task_stops s ON s.tour_id = o.id AND s.picked + s.short < s.qty
         AND EXISTS (SELECT 1 FROM tasks t WHERE t.id = s.task_id AND t.state = 'open')
      GROUP BY o.id, o.state, w.state
     HAVING (o.state = 'done' AND count(s.id) > 0) OR (o.state = 'open' AND w.state = 'done') ORDER BY o.id`,
  );
  return rows.map(({tour_id, stops, wave}) => ({
    subject: tour_id,
    sentence: wave
      ? `Tour ${tour_id} is open, but its wave is over.`
      : `Tour ${tour_id} is over, but ${stops} of its stops are still to be picked.`,
  }));
}
