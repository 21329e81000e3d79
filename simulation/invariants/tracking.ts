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
    const sentence = `Order ${subject}, parcel ${first.parcel_id}: its tracking went back from ${back.from} to ${back.to}.`;
    return [{subject, sentence}];
  });
}

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
