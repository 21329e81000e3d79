import {groupBy} from './group-by.ts';
import type {Finding, World} from './types.ts';

/** How far along a status is. A failed attempt is as far as the attempt itself. Others say nothing about the way. */
const RANK: Readonly<Record<string, number>> = {
  created: 1,
  pre_transit: 2,
  in_transit: 3,
  out_for_delivery: 4,
  available_for_pickup: 4,
  failure: 4,
  delivered: 5,
  return_to_sender: 6,
};

interface Step {
  parcel_id: string;
  order_id: string;
  status: string;
  shown: string;
}

/** C4: what was shown of a parcel never went back; after `delivered` only `return_to_sender`. */
export async function trackingNeverGoesBack(world: World): Promise<Finding[]> {
  const steps = await world.sql<Step>(
    `SELECT e.parcel_id, p.order_id, e.status, p.status AS shown
       FROM parcel_events e JOIN parcels p ON p.id = e.parcel_id
      WHERE e.applied ORDER BY e.parcel_id, e.stored_at, e.at, e.event_key`,
  );
  return [...groupBy(steps, (step) => step.parcel_id).values()].flatMap((applied) => {
    const [first] = applied;
    const back = first && stepBack([...applied.map((step) => step.status), first.shown]);
    if (!first || !back) return [];
    const subject = world.nameOf(first.order_id);
    const sentence = `Order ${subject}, parcel ${first.parcel_id}: its tracking went back from "${back.from.replaceAll('_', ' ')}" to "${back.to.replaceAll('_', ' ')}".`;
    return [{subject, sentence}];
  });
}

/** C4 at rest: what the carrier has said for good is what we show. A parcel that we gave up as lost stays so. */
export async function lastWordIsHeard(world: World): Promise<Finding[]> {
  const parcels = await world.sql<{
    id: string;
    order_id: string;
    tracking_number: string;
    status: string;
    lost: boolean;
  }>(
    `SELECT id, order_id, tracking_number, status, status = 'lost' AS lost FROM parcels WHERE tracking_number IS NOT NULL`,
  );
  const said = new Map((world.carrier.trackers ?? []).map((tracker) => [tracker.tracking_code, tracker.status]));
  return parcels.flatMap((parcel) => {
    const word = said.get(parcel.tracking_number) ?? '';
    if (parcel.lost || (RANK[word] ?? 0) < LAST_WORD || word === parcel.status) return [];
    const subject = world.nameOf(parcel.order_id);
    const [ours, theirs] = [parcel.status, word].map((status) => status.replaceAll('_', ' '));
    const sentence = `Order ${subject}, parcel ${parcel.id}: the carrier says "${theirs}", we still show "${ours}".`;
    return [{subject, sentence}];
  });
}

const LAST_WORD = 5;

function stepBack(statuses: readonly string[]): {from: string; to: string} | undefined {
  let furthest = statuses[0] ?? '';
  for (const status of statuses) {
    const [was, is] = [RANK[furthest] ?? 0, RANK[status]];
    if (is === undefined) continue;
    if (is < was) return {from: furthest, to: status};
    furthest = status;
  }
  return undefined;
}
