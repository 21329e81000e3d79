import {groupBy} from './group-by.ts';
import type {Finding, World} from './types.ts';

/** E2, for the consumers there are: nothing that was to be passed on is left behind once the order is at rest. */
export async function everythingIsPassedOn(world: World): Promise<Finding[]> {
  return [
    ...(await eventsLeftBehind(world)),
    ...(await signalsLeftBehind(world)),
    ...(await webhooksLeftBehind(world)),
  ];
}

async function eventsLeftBehind(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; seq: number; at: Date}>(
    'SELECT order_id, seq, at FROM events WHERE published_at IS NULL ORDER BY order_id, seq',
  );
  return [...groupBy(rows, (row) => row.order_id)].map(([orderId, [first, ...more]]) => {
    const subject = world.nameOf(orderId);
    const others = more.length > 0 ? ` and ${more.length} later ones` : '';
    const sentence = `Order ${subject}: event ${first?.seq} of ${first?.at.toISOString()}${others} never reached those who wait for it.`;
    return {subject, sentence};
  });
}

/** A signal to a run that has ended is dropped after a while. */
async function signalsLeftBehind(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; name: string; attempts: number}>(
    `SELECT o.id AS order_id, g.name, g.attempts FROM workflow_signals g
       LEFT JOIN sub_orders s ON g.workflow_id = 'sub-order:' || s.id
       JOIN orders o ON o.id = s.order_id OR g.workflow_id = 'order:' || o.id
      WHERE g.sent_at IS NULL AND o.status NOT IN ('delivered', 'cancelled', 'refunded') ORDER BY 1, 2`,
  );
  return rows.map(({order_id, name, attempts}) => {
    const subject = world.nameOf(order_id);
    return {subject, sentence: `Order ${subject}: its workflow was never told "${name}", after ${attempts} attempts.`};
  });
}

/** One about a parcel that nobody knows is looked at again for some minutes, as it may be early. */
async function webhooksLeftBehind(world: World): Promise<Finding[]> {
  const rows = await world.sql<{event_id: string; provider: string; type: string; received_at: Date}>(
    `SELECT event_id, provider, type, received_at FROM webhook_inbox
      WHERE processed_at IS NULL AND (outcome = 'unknown_parcel' AND retry_at > now() - interval '1 minute') IS NOT TRUE
      ORDER BY received_at, event_id`,
  );
  return rows.map(({event_id, provider, type, received_at}) => ({
    subject: event_id,
    sentence: `Message ${event_id} of ${provider} ("${type}", received ${received_at.toISOString()}) was stored, but never worked off.`,
  }));
}
