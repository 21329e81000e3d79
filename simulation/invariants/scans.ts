import type {Finding, World} from './types.ts';

/** I3: what handhelds were told to be done is counted, scan by scan; and every scan that was answered is there. */
export async function scansAreCounted(world: World): Promise<Finding[]> {
  return [
    ...(await picksAgainstStops(world)),
    ...(await stopsAgainstParts(world)),
    ...(await parcelsAgainstScans(world)),
    ...(await answeredScansAreThere(world)),
  ];
}

interface TaskCount {
  order_id: string;
  task_id: string;
  kind: 'item' | 'short';
  scanned: number;
  counted: number;
}

const SCANNED: Readonly<Record<TaskCount['kind'], string>> = {item: 'picked', short: 'reported missing'};

/** A scan of an item without a quantity is one unit; one of a shortage is all that the stop still lacks. */
async function picksAgainstStops(world: World): Promise<Finding[]> {
  const rows = await world.sql<TaskCount>(
    `WITH counted AS (SELECT task_id, sum(picked) AS item, sum(short) AS short FROM task_stops GROUP BY task_id),
     scanned AS (
       SELECT task_id, coalesce(sum(coalesce(qty, 1)) FILTER (WHERE kind = 'item'), 0) AS item,
              coalesce(sum(qty) FILTER (WHERE kind = 'short'), 0) AS short,
              count(*) FILTER (WHERE kind = 'short' AND qty IS NULL) AS rests
         FROM scans WHERE accepted AND kind IN ('item', 'short') GROUP BY task_id)
     SELECT t.order_id, t.id AS task_id, x.kind, x.scanned, x.counted
       FROM tasks t LEFT JOIN counted c ON c.task_id = t.id LEFT JOIN scanned s ON s.task_id = t.id
       CROSS JOIN LATERAL (VALUES ('item', coalesce(s.item, 0), coalesce(c.item, 0), 0),
                                  ('short', coalesce(s.short, 0), coalesce(c.short, 0), coalesce(s.rests, 0)))
         AS x (kind, scanned, counted, rests)
      WHERE t.kind IN ('pick', 'unpick') AND CASE WHEN x.rests = 0 THEN x.scanned <> x.counted ELSE x.scanned > x.counted END
      ORDER BY t.order_id, t.id`,
  );
  return rows.map(({order_id, task_id, kind, scanned, counted}) => {
    const subject = world.nameOf(order_id);
    const sentence = `Order ${subject}, pick task ${task_id}: scans ${SCANNED[kind]} ${scanned} units, but ${counted} are counted.`;
    return {subject, sentence};
  });
}

async function stopsAgainstParts(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; position: number; sku: string; stops: number; picked: number}>(
    `WITH stops AS (
       SELECT t.sub_order_id, st.line_id, sum(st.picked) AS picked
         FROM task_stops st JOIN tasks t ON t.id = st.task_id WHERE t.kind = 'pick' GROUP BY 1, 2),
     backwards AS (
       SELECT t.sub_order_id, st.line_id, sum(st.qty) AS units
         FROM task_stops st JOIN tasks t ON t.id = st.task_id WHERE t.kind = 'unpick' GROUP BY 1, 2)
     SELECT s.order_id, s.position, coalesce(l.sku, '') AS sku, coalesce(st.picked, 0) - coalesce(b.units, 0) AS stops, coalesce(l.picked, 0) AS picked
       FROM stops st FULL JOIN sub_order_lines l USING (sub_order_id, line_id) LEFT JOIN backwards b USING (sub_order_id, line_id)
       JOIN sub_orders s ON s.id = sub_order_id
      WHERE coalesce(st.picked, 0) - coalesce(b.units, 0) <> coalesce(l.picked, 0)
        AND s.source_kind IS DISTINCT FROM 'supplier' ORDER BY s.order_id, s.position`,
  );
  return rows.map(({order_id, position, sku, stops, picked}) => {
    const subject = world.nameOf(order_id);
    const sentence = `Order ${subject}, shipment ${position}: ${stops} units of ${sku} were taken from the shelves and not back, but ${picked} count as picked.`;
    return {subject, sentence};
  });
}

interface ParcelScan {
  order_id: string;
  parcel_id: string;
  kind: 'pack' | 'dispatch';
  scans: number;
  done: boolean;
  told: boolean;
}

/** A packed parcel has its one pack scan, a pack or dispatch scan its parcel and its event. Trackers imply a dispatch. */
async function parcelsAgainstScans(world: World): Promise<Finding[]> {
  const rows = await world.sql<ParcelScan>(
    `WITH scanned AS (
       SELECT answer->>'parcel_id' AS parcel_id, kind, count(*) AS scans, min(order_id) AS order_id
         FROM scans WHERE accepted AND kind IN ('pack', 'dispatch') GROUP BY 1, 2),
     told AS (
       SELECT DISTINCT data->>'parcel_id' AS parcel_id, CASE type WHEN 'sub_order.parcel_packed' THEN 'pack' ELSE 'dispatch' END AS kind
         FROM events WHERE type IN ('sub_order.parcel_packed', 'sub_order.parcel_dispatched')),
     done AS (
       SELECT id AS parcel_id, 'pack' AS kind, order_id FROM parcels WHERE packed_at IS NOT NULL
       UNION ALL SELECT id, 'dispatch', order_id FROM parcels WHERE dispatched_at IS NOT NULL)
     SELECT coalesce(d.order_id, s.order_id) AS order_id, coalesce(parcel_id, 'none') AS parcel_id, kind,
            coalesce(s.scans, 0) AS scans, d.order_id IS NOT NULL AS done, t.kind IS NOT NULL AS told
       FROM scanned s FULL JOIN done d USING (parcel_id, kind) LEFT JOIN told t USING (parcel_id, kind)
      WHERE s.scans > 1 OR (s.scans = 1 AND (d.order_id IS NULL OR t.kind IS NULL)) OR (s.scans IS NULL AND kind = 'pack')
      ORDER BY 1, 2`,
  );
  return rows.map(({order_id, parcel_id, kind, scans, done}) => {
    const subject = world.nameOf(order_id);
    const [scan, state] = kind === 'pack' ? ['pack', 'packed'] : ['hand-over', 'handed over'];
    const what =
      scans > 1
        ? `${scans} ${scan} scans were accepted, one is possible`
        : scans === 0
          ? `it counts as ${state}, but no scan says so`
          : done
            ? `its ${scan} scan was accepted, but nobody was told`
            : `its ${scan} scan was accepted, but it does not count as ${state}`;
    return {subject, sentence: `Order ${subject}, parcel ${parcel_id}: ${what}.`};
  });
}

/** What a simulation was answered: more than the database can say about itself. */
async function answeredScansAreThere(world: World): Promise<Finding[]> {
  const answered = world.acknowledged?.scans ?? [];
  if (answered.length === 0) return [];
  const rows = await world.sql<{operation_id: string; order_id: string | null; accepted: boolean}>(
    'SELECT operation_id, order_id, accepted FROM scans WHERE operation_id = ANY($1)',
    [answered.map((scan) => scan.operation_id)],
  );
  const stored = new Map(rows.map((row) => [row.operation_id, row]));
  return answered.flatMap(({operation_id, accepted}) => {
    const row = stored.get(operation_id);
    const word = accepted ? 'accepted' : 'refused';
    if (row?.accepted === accepted) return [];
    if (!row)
      return [{subject: operation_id, sentence: `Scan ${operation_id} was answered as ${word}, but it is not there.`}];
    const subject = world.nameOf(row.order_id);
    return [
      {
        subject,
        sentence: `Order ${subject}: scan ${operation_id} was answered as ${word}, but is stored as the opposite.`,
      },
    ];
  });
}
