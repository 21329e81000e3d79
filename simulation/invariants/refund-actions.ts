import {amountText} from './money-books.ts';
import type {Finding, World} from './types.ts';

const BY_ROW = `coalesce(e.data->'by'->>'actor', '') <> '' AND coalesce(e.data->'by'->>'role', '') <> ''`;

/** A2: who asked for money to be given back, who decided, and that it was somebody else where the limit says so. */
export async function refundsAreToldOnce(world: World): Promise<Finding[]> {
  return [...(await askedOnce(world)), ...(await decidedBySomebodyElse(world)), ...(await limitIsKept(world))];
}

async function askedOnce(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; amount: number; currency: string; asked: number; done: number}>(
    `WITH told AS (
       SELECT e.data->>'refund_id' AS id, count(*) FILTER (WHERE e.type IN ('order.refund_requested', 'order.refund_adopted')) AS asked,
              count(*) FILTER (WHERE e.type = 'order.refunded_part') AS done,
              count(*) FILTER (WHERE e.type = 'order.refund_failed') AS failed
         FROM events e WHERE e.type IN ('order.refund_requested', 'order.refund_adopted', 'order.refunded_part', 'order.refund_failed') AND ${BY_ROW}
        GROUP BY 1)
     SELECT r.order_id, r.amount, r.currency, coalesce(t.asked, 0) AS asked, coalesce(t.done, 0) AS done
       FROM refunds r LEFT JOIN told t USING (id)
      WHERE coalesce(t.asked, 0) <> 1 OR (r.state = 'succeeded' AND coalesce(t.done, 0) NOT BETWEEN 1 AND 1 + coalesce(t.failed, 0))
      ORDER BY r.order_id, r.id`,
  );
  return rows.map(({order_id, amount, currency, asked, done}) => {
    const subject = world.nameOf(order_id);
    const what = `the refund of ${amountText(amount, currency)} was asked for ${asked} times and made ${done} times`;
    return {subject, sentence: `Order ${subject}: ${what} by the order's history, once is right.`};
  });
}

async function decidedBySomebodyElse(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; amount: number; currency: string; actor: string; told: number}>(
    `SELECT r.order_id, r.amount, r.currency, r.decided_by AS actor, count(e.id) AS told FROM refunds r
       LEFT JOIN events e ON e.order_id = r.order_id AND e.data->>'refund_id' = r.id AND e.data->'by'->>'actor' = r.decided_by
        AND e.type IN ('order.refund_approved', 'order.refund_rejected')
      WHERE r.decided_by IS NOT NULL GROUP BY r.id
     HAVING count(e.id) = 0 OR (r.state <> 'rejected' AND r.decided_by = r.requested_by) ORDER BY r.order_id, r.id`,
  );
  return rows.map(({order_id, amount, currency, actor, told}) => {
    const subject = world.nameOf(order_id);
    const wrong = told === 0 ? 'which its history does not say' : 'who had asked for it';
    const sentence = `Order ${subject}: the refund of ${amountText(amount, currency)} was decided by ${actor}, ${wrong}.`;
    return {subject, sentence};
  });
}

/** What people give back of one order on their word alone stays within the limit of the policy it was placed under. */
async function limitIsKept(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; currency: string; alone: number; most: number}>(
    `SELECT r.order_id, r.currency, sum(r.amount) AS alone, (p.body->'refunds'->>'second_person')::bigint AS most
       FROM refunds r JOIN orders o ON o.id = r.order_id JOIN policies p ON p.version = o.policy_version
      WHERE r.kind IN ('line', 'shipping', 'goodwill') AND r.decided_by IS NULL
        AND r.state NOT IN ('awaiting_approval', 'failed', 'rejected')
      GROUP BY 1, 2, 4 HAVING sum(r.amount) > (p.body->'refunds'->>'second_person')::bigint ORDER BY 1`,
  );
  return rows.map(({order_id, currency, alone, most}) => {
    const subject = world.nameOf(order_id);
    const [given, limit] = [alone, most].map((amount) => amountText(amount, currency));
    const sentence = `Order ${subject}: ${given} was given back on one person's word; above ${limit} a second one is needed.`;
    return {subject, sentence};
  });
}
