import type {World} from './types.ts';

const MINUTE = 60_000;
/** Virtual minutes without a change, and the virtual time of so many real ones: a killed process must come back first. */
const VIRTUAL_MINUTES = 15;
const REAL_MINUTES = 2;

/**
 * Numbers of the orders that are at rest while the system runs: neither we nor the provider, the carrier nor a person did
 * anything about them for a while, and nothing of theirs is written down as begun and not finished. Of these everything
 * may be asked that holds when nothing is under way.
 */
export async function ordersAtRest(world: World): Promise<ReadonlySet<string>> {
  const before = world.now - (VIRTUAL_MINUTES + REAL_MINUTES * world.speed) * MINUTE;
  const pending = await world.sql<{order_id: string}>(
    `SELECT order_id FROM provider_calls WHERE state = 'started'
     UNION SELECT order_id FROM events WHERE published_at IS NULL AND at > to_timestamp($1::float8 / 1000)
     UNION SELECT order_id FROM parcels WHERE label_state IN ('wanted', 'buying')
     UNION SELECT order_id FROM returns WHERE state IN ('requested', 'approved', 'inspected')
     UNION SELECT r.order_id FROM workflow_signals g JOIN returns r ON g.workflow_id = 'return:' || r.id
            WHERE g.sent_at IS NULL AND g.created_at > to_timestamp($1::float8 / 1000)
     UNION SELECT s.order_id FROM workflow_signals g JOIN sub_orders s ON g.workflow_id = 'sub-order:' || s.id
            WHERE g.sent_at IS NULL AND g.created_at > to_timestamp($1::float8 / 1000)
     UNION SELECT o.id FROM workflow_signals g JOIN orders o ON g.workflow_id = 'order:' || o.id
            WHERE g.sent_at IS NULL AND g.created_at > to_timestamp($1::float8 / 1000)
     UNION SELECT p.order_id FROM webhook_inbox w JOIN parcels p ON p.tracking_number = w.body->'result'->>'tracking_code'
            WHERE w.processed_at IS NULL
     UNION SELECT p.order_id FROM webhook_inbox w JOIN payments p ON p.provider_ref = w.body->'data'->'object'->>'id'
            WHERE w.processed_at IS NULL`,
    [before],
  );
  const busy = new Set([...pending.map((row) => row.order_id), ...(await touchedByOthers(world, before))]);
  const resting = [...world.orders.values()].filter((o) => o.updated_at.getTime() < before && !busy.has(o.id));
  return new Set(resting.map((order) => order.number));
}

/** Orders about which a neighbour's books have something recent. */
async function touchedByOthers(world: World, before: number): Promise<string[]> {
  const isLate = (at: string | null) => at !== null && Date.parse(at) >= before;
  const holds = world.money.holds.filter(({history}) => history.some(({at}) => isLate(at)));
  const late = new Set(
    world.carrier.labels.filter((l) => isLate(l.bought_at) || isLate(l.voided_at)).map((l) => l.shipment_id),
  );
  const references = world.carrier.shipments.filter(({id}) => late.has(id)).map(({reference}) => reference);
  const parcels = await world.sql<{order_id: string}>('SELECT order_id FROM parcels WHERE id = ANY($1)', [references]);
  return [...holds.flatMap(({order_id}) => order_id ?? []), ...parcels.map((row) => row.order_id)];
}
