import type {Finding, World} from './types.ts';

/** Keys of `POST /v1/orders` that placed an order; a refusal without one and other calls name other operations. */
const PLACING = `k.operation = 'orders'`;

interface KeyRow {
  client_id: string;
  key: string;
  subject_id: string;
}

/** I1: an order has exactly one key it was placed under, of its own client, and a key has exactly one order. */
export async function oneOrderPerKey(world: World): Promise<Finding[]> {
  const orphans = await world.sql<KeyRow>(
    `SELECT k.client_id, k.key, k.subject_id FROM idempotency_keys k LEFT JOIN orders o ON o.id = k.subject_id
      WHERE ${PLACING} AND o.id IS NULL ORDER BY k.client_id, k.key`,
  );
  const counted = await world.sql<{id: string; number: string; keys: number}>(
    `SELECT o.id, o.number, count(k.key) AS keys FROM orders o
       LEFT JOIN idempotency_keys k ON k.subject_id = o.id AND k.client_id = o.client_id AND ${PLACING}
      GROUP BY o.id HAVING count(k.key) <> 1 ORDER BY o.number`,
  );
  return [
    ...orphans.map((row) => ({
      subject: row.subject_id,
      sentence: `Idempotency key ${row.key} of client ${row.client_id} placed order ${row.subject_id}, which does not exist.`,
    })),
    ...counted.map((row) => ({
      subject: row.number,
      sentence: `Order ${row.number} was placed under ${row.keys} idempotency keys of its client instead of one.`,
    })),
  ];
}

/** I2: an order we answered 201 or 202 for is there, and the answer named it. */
export async function acknowledgedOrdersExist(world: World): Promise<Finding[]> {
  const rows = await world.sql<KeyRow & {response_status: number; told: string | null; exists: boolean}>(
    `SELECT k.client_id, k.key, k.subject_id, k.response_status, k.response_body->>'order_id' AS told, o.id IS NOT NULL AS exists
       FROM idempotency_keys k LEFT JOIN orders o ON o.id = k.subject_id
      WHERE ${PLACING} AND k.response_status IN (201, 202)
        AND (o.id IS NULL OR k.response_body->>'order_id' IS DISTINCT FROM k.subject_id) ORDER BY k.client_id, k.key`,
  );
  return [
    ...(await answeredOrdersAreThere(world)),
    ...rows.map((row) => ({
      subject: row.exists ? world.nameOf(row.subject_id) : row.subject_id,
      sentence: row.exists
        ? `Client ${row.client_id} was told ${row.response_status} and order ${row.told ?? 'none'} for key ${row.key}, but it placed ${world.nameOf(row.subject_id)}.`
        : `Client ${row.client_id} was told ${row.response_status} for key ${row.key}, but its order ${row.subject_id} is not there.`,
    })),
  ];
}

/** What a simulation was answered: more than the database can say about itself. */
async function answeredOrdersAreThere(world: World): Promise<Finding[]> {
  const answered = world.acknowledged?.orders ?? [];
  if (answered.length === 0) return [];
  const rows = await world.sql<{key: string; subject_id: string}>(
    `SELECT k.key, k.subject_id FROM idempotency_keys k WHERE ${PLACING} AND k.key = ANY($1)`,
    [answered.map(({key}) => key)],
  );
  const placed = new Map(rows.map((row) => [row.key, row.subject_id]));
  return answered.flatMap(({key, order_id}) => {
    if (world.orders.has(order_id) && placed.get(key) === order_id) return [];
    const subject = world.orders.get(order_id)?.number ?? order_id;
    const what = world.orders.has(order_id) ? 'it was placed under another key' : 'it is not there';
    return [{subject, sentence: `Order ${subject} was acknowledged for key ${key}, but ${what}.`}];
  });
}
