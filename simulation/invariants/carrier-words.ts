import type {Finding, World} from './types.ts';

interface WordRow {
  parcel_id: string;
  order_id: string;
  carrier: string;
  code: string;
}

/**
 * C8: nothing a tracker said is left lying. What nobody could read waits for a person, and is read as soon as its code has
 * one meaning.
 */
export async function wordsAreRead(world: World): Promise<Finding[]> {
  const rows = await world.sql<WordRow & {unread: boolean; moved: boolean}>(
    `SELECT e.parcel_id, p.order_id, e.code_carrier AS carrier, e.carrier_code AS code, e.unread,
        e.unread AND (e.applied OR e.status <> 'unknown') AS moved
      FROM parcel_events e JOIN parcels p ON p.id = e.parcel_id
      LEFT JOIN carrier_codes c ON c.carrier = e.code_carrier AND c.code = e.carrier_code
     WHERE (e.unread AND (cardinality(c.statuses) = 1 OR e.applied OR e.status <> 'unknown'))
        OR (NOT e.unread AND e.status = 'unknown' AND e.carrier_code IS NOT NULL AND p.ended_at IS NULL AND p.state <> 'cancelled')
     ORDER BY e.parcel_id, e.stored_at`,
  );
  return rows.map(({parcel_id, order_id, carrier, code, unread, moved}) => {
    const subject = world.nameOf(order_id);
    const fault = moved
      ? 'moved the parcel, though nobody could read it'
      : unread
        ? 'has a meaning, and was not read by it'
        : 'could not be read, and nobody is asked';
    return {subject, sentence: `Order ${subject}, parcel ${parcel_id}: the code ${code} of ${carrier} ${fault}.`};
  });
}

/**
 * C9: what is known of a carrier follows from what happened: its breaker is where the last decision about it left it, and
 * its record counts parcels that it had.
 */
export async function carriersAreKnown(world: World): Promise<Finding[]> {
  const breakers = await world.sql<{carrier: string; state: string; told: string}>(
    // of decisions in one millisecond any may be the last
    `WITH told AS (
        SELECT inputs->>'carrier' AS carrier, CASE WHEN kind = 'switch' THEN 'closed' ELSE output->>'state' END AS told,
          rank() OVER (PARTITION BY inputs->>'carrier' ORDER BY at DESC) AS newest FROM decisions
         WHERE kind = 'carrier_health' OR (kind = 'switch' AND inputs->>'active' = 'true'))
      SELECT h.carrier, h.state, coalesce(string_agg(t.told, ' or '), 'closed') AS told
        FROM carrier_health h LEFT JOIN told t ON t.carrier = h.carrier AND t.newest = 1
       GROUP BY h.carrier, h.state HAVING NOT coalesce(bool_or(t.told = h.state), h.state = 'closed') ORDER BY h.carrier`,
  );
  const arrivals = await world.sql<{parcel_id: string}>(
    `SELECT a.parcel_id FROM carrier_arrivals a JOIN parcels p ON p.id = a.parcel_id
      WHERE p.ended_at IS NULL OR p.handed_over_at IS NULL OR p.carrier <> a.carrier OR p.service <> a.service
         OR (a.on_time AND p.status = 'lost') ORDER BY a.parcel_id`,
  );
  return [
    ...breakers.map(({carrier, state, told}) => ({
      subject: carrier,
      sentence: `Carrier ${carrier}: its breaker is ${state}, the last decision about it left it ${told}.`,
    })),
    ...arrivals.map(({parcel_id}) => ({
      subject: parcel_id,
      sentence: `Parcel ${parcel_id} counts in the record of a carrier that did not bring it so.`,
    })),
  ];
}
