import type {CarrierPickup} from './carrier-ledger.ts';
import type {Finding, World} from './types.ts';

/** C13: of a warehouse, carrier and day one driver is asked to come at most, however often it was booked anew. */
export function oneDriverComes({carrier}: World): Finding[] {
  const coming = new Map<string, string[]>();
  for (const {id, reference} of live(carrier.pickups)) {
    const pickup = pickupOf(reference);
    coming.set(pickup, [...(coming.get(pickup) ?? []), id]);
  }
  return [...coming].flatMap(([subject, ids]) =>
    ids.length < 2 ? [] : [{subject, sentence: `For pickup ${subject} ${ids.length} drivers come: ${ids.join(', ')}.`}],
  );
}

interface Row {
  id: string;
  state: string;
  carrier: string;
  booked_ref: string | null;
  cost: number | null;
}

/** C13 at rest: who comes by the platform's books comes by ours, for the same price, and nobody else. */
export async function driversAreOnRecord({sql, carrier}: World): Promise<Finding[]> {
  const rows = await sql<Row>('SELECT id, state, carrier, booked_ref, cost FROM pickups ORDER BY id');
  const open = rows.filter(({state}) => state === 'wanted' || state === 'cancelling');
  const findings = open.map(({id, state}) => ({
    subject: id,
    sentence: `Pickup ${id} is ${state} and nobody is at it.`,
  }));
  if (!carrier.pickups) return findings;
  const coming = new Map(live(carrier.pickups).map((pickup) => [pickup.id, pickup]));
  const told = (row: Row): string | null => {
    const there = coming.get(row.booked_ref ?? '');
    if (!there) return `is booked, but nobody comes by the platform's ${row.booked_ref}`;
    if (there.carrier !== row.carrier) return `is of ${row.carrier}, but ${there.carrier} comes`;
    return there.cost === row.cost ? null : `costs ${row.cost} in our books and ${there.cost} at the platform`;
  };
  const booked = rows.filter(({state}) => state === 'booked');
  const known = new Set(booked.map(({booked_ref}) => booked_ref));
  return [
    ...findings,
    ...booked.flatMap((row) => {
      const sentence = told(row);
      return sentence === null ? [] : [{subject: row.id, sentence: `Pickup ${row.id} ${sentence}.`}];
    }),
    ...[...coming.values()].flatMap(({id, reference}) => {
      const subject = pickupOf(reference);
      return known.has(id)
        ? []
        : [{subject, sentence: `A driver comes for pickup ${subject} that is not booked: ${id}.`}];
    }),
  ];
}

const live = (pickups: readonly CarrierPickup[] = []) => pickups.filter(({status}) => status === 'scheduled');

/** References are the pickup's id and the number of the booking. */
const pickupOf = (reference: string | null): string => reference?.replace(/-\d+$/, '') ?? 'unknown';
