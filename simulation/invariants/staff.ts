import type {Finding, World} from './types.ts';

/** I5: people are what the record of changes says last, have only the badges, PINs and passwords it knows of, and may be signed in. */
export async function peopleAreOnRecord(world: World): Promise<Finding[]> {
  return [...(await changedUnseen(world)), ...(await secretsUnseen(world)), ...(await strangeSessions(world))];
}

async function changedUnseen({sql}: World): Promise<Finding[]> {
  const rows = await sql<{id: string; recorded: boolean}>(
    `SELECT s.id, bool_or(d.id IS NOT NULL) AS recorded FROM staff s
       LEFT JOIN decisions d ON d.kind = 'put_staff' AND d.inputs->>'staff_id' = s.id
        AND d.at = (SELECT max(at) FROM decisions WHERE kind = 'put_staff' AND inputs->>'staff_id' = s.id)
      GROUP BY s.id HAVING bool_and(d.output IS DISTINCT FROM jsonb_build_object('warehouse_id', s.warehouse_id,
        'roles', to_jsonb(s.roles), 'active', s.active)) ORDER BY s.id`,
  );
  return rows.map(({id, recorded}) => ({
    subject: id,
    sentence: recorded
      ? `Person ${id} is not what the record of changes says last.`
      : `Person ${id} was hired by nobody on record.`,
  }));
}

async function secretsUnseen({sql}: World): Promise<Finding[]> {
  const rows = await sql<{id: string; what: string}>(
    `SELECT s.id, kind.what FROM staff s,
       LATERAL (VALUES ('badge', s.badge_hash), ('pin', s.pin_hash), ('password', s.password_hash)) AS kind(what, hash)
      WHERE kind.hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decisions d
        WHERE d.kind = 'give_credentials' AND d.inputs->>'staff_id' = s.id AND (d.output->>kind.what)::boolean)
      ORDER BY s.id, kind.what`,
  );
  return rows.map(({id, what}) => ({subject: id, sentence: `Person ${id} has a ${what} that nobody gave on record.`}));
}

async function strangeSessions({sql}: World): Promise<Finding[]> {
  const rows = await sql<{staff_id: string; device: string; known: boolean}>(
    `SELECT f.staff_id, coalesce(f.device, 'a desk') AS device, s.id IS NOT NULL AS known FROM sessions f LEFT JOIN staff s ON s.id = f.staff_id
      WHERE f.ended_at IS NULL AND (s.id IS NULL OR NOT s.active OR EXISTS (SELECT 1 FROM decisions d
        WHERE d.kind = 'give_credentials' AND d.inputs->>'staff_id' = f.staff_id AND d.at > f.started_at))
      ORDER BY f.staff_id, f.device`,
  );
  return rows.map(({staff_id, device, known}) => ({
    subject: staff_id,
    sentence: known
      ? `Person ${staff_id} is signed in on ${device}, but was let go, or got a new badge, PIN or password, since.`
      : `Somebody unknown, ${staff_id}, is signed in on ${device}.`,
  }));
}

/** C10: as many prints of a label are on record as were counted, and every other one than the first is a reprint. */
export async function printsAreCounted({sql}: World): Promise<Finding[]> {
  const rows = await sql<{parcel_id: string; counted: number; recorded: number}>(
    `SELECT p.id AS parcel_id, p.reprints + (p.printed_at IS NOT NULL)::int AS counted, count(l.id)::int AS recorded
       FROM parcels p LEFT JOIN label_prints l ON l.parcel_id = p.id GROUP BY p.id
     HAVING count(l.id) <> p.reprints + (p.printed_at IS NOT NULL)::int ORDER BY p.id`,
  );
  return rows.map(({parcel_id, counted, recorded}) => ({
    subject: parcel_id,
    sentence: `The label of parcel ${parcel_id} was printed ${counted} times by its own count, ${recorded} times on record.`,
  }));
}
