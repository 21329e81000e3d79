import {amountText} from './money-books.ts';
import {refundsAreToldOnce} from './refund-actions.ts';
import type {Finding, World} from './types.ts';

/** A2, as far as the product goes: who moved, held, took, let go, cancelled, decided; once each, with its request. */
export async function actionsAreRecorded(world: World): Promise<Finding[]> {
  return [
    ...(await auditAgainstEvents(world)),
    ...(await holdsAreToldOnce(world)),
    ...(await capturesAreToldOnce(world)),
    ...(await refundsAreToldOnce(world)),
    ...(await callsAreWrittenDown(world)),
    ...(await reviewsAreToldOnce(world)),
    ...(await cancellationsAreToldOnce(world)),
  ];
}

/** Who, in which role and when: the audit says the same as the event of the same number. */
async function auditAgainstEvents(world: World): Promise<Finding[]> {
  const rows = await world.sql<{
    order_id: string;
    to_state: string;
    actor: string;
    role: string;
    told: string;
    at: Date;
  }>(
    `SELECT a.order_id, a.to_state, a.actor, a.role, a.at, concat(e.data->'by'->>'actor', ' (', e.data->'by'->>'role', ')') AS told
       FROM order_audit a JOIN events e USING (order_id, seq)
      WHERE a.actor = '' OR a.role = '' OR a.at <> e.at OR e.data->'by'->>'actor' IS DISTINCT FROM a.actor
         OR e.data->'by'->>'role' IS DISTINCT FROM a.role ORDER BY a.order_id, a.id`,
  );
  return rows.map((row) => {
    const subject = world.nameOf(row.order_id);
    const who = `${row.actor || 'nobody'} (${row.role || 'no role'}) at ${row.at.toISOString()}`;
    const sentence = `Order ${subject}: its move to ${row.to_state} is audited as made by ${who}, its event says ${row.told}; one of them was changed.`;
    return {subject, sentence};
  });
}

const BY_SOMEBODY = `coalesce(e.data->'by'->>'actor', '') <> '' AND coalesce(e.data->'by'->>'role', '') <> ''`;

interface HoldCount {
  order_id: string;
  amount: number;
  currency: string;
  state: string;
  asked: number;
  taken: number;
  ended: number;
}

async function holdsAreToldOnce(world: World): Promise<Finding[]> {
  const rows = await world.sql<HoldCount>(
    `WITH told AS (
       SELECT e.order_id, e.data->>'payment_id' AS id, count(*) FILTER (WHERE e.type = 'order.hold_requested') AS asked,
              count(*) FILTER (WHERE e.type IN ('order.authorized', 'order.hold_renewed')) AS taken,
              count(*) FILTER (WHERE e.type NOT IN ('order.hold_requested', 'order.authorized', 'order.hold_renewed')) AS ended
         FROM events e WHERE e.type IN ('order.hold_requested', 'order.authorized', 'order.hold_renewed', 'order.payment_declined',
              'order.method_declined', 'order.hold_declined', 'order.hold_released', 'order.hold_expired') AND ${BY_SOMEBODY} GROUP BY 1, 2),
     counted AS (
       SELECT p.order_id, p.amount, p.currency, p.state, coalesce(t.asked, 0) AS asked, coalesce(t.taken, 0) AS taken,
              coalesce(t.ended, 0) AS ended FROM payments p LEFT JOIN told t ON t.order_id = p.order_id AND t.id = p.id)
     SELECT * FROM counted WHERE asked <> 1
        OR (state IN ('authorized', 'captured') AND (taken <> 1 OR ended <> 0))
        OR (state IN ('declined', 'canceled') AND ended <> 1) ORDER BY order_id`,
  );
  return rows.map((row) => {
    const subject = world.nameOf(row.order_id);
    const text = `the hold over ${amountText(row.amount, row.currency)}, which is ${row.state}`;
    const sentence = `Order ${subject}: ${text}, was asked for ${row.asked} times, taken ${row.taken} times and ended ${row.ended} times by the order's history.`;
    return {subject, sentence};
  });
}

async function capturesAreToldOnce(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; amount: number; currency: string; told: number}>(
    `SELECT c.order_id, c.amount, p.currency, count(e.id) AS told FROM captures c JOIN payments p ON p.id = c.payment_id
       LEFT JOIN events e ON e.order_id = c.order_id AND e.type = 'order.captured' AND ${BY_SOMEBODY}
        AND e.data->>'sub_order_id' = c.sub_order_id AND (e.data->>'amount')::numeric = c.amount
      WHERE c.state = 'done' GROUP BY c.id, p.currency HAVING count(e.id) <> 1 ORDER BY c.order_id`,
  );
  return rows.map((row) => {
    const subject = world.nameOf(row.order_id);
    const sentence = `Order ${subject}: the capture of ${amountText(row.amount, row.currency)} stands ${row.told} times in its history, once is right.`;
    return {subject, sentence};
  });
}

/** The request id of a money action is the key it was sent to the provider under, written down before. */
async function callsAreWrittenDown(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; what: string; amount: number; currency: string}>(
    `WITH acts AS (
       SELECT order_id, idempotency_key AS key, 'hold' AS what, amount, currency FROM payments
       UNION ALL SELECT c.order_id, c.idempotency_key, 'capture', c.amount, p.currency FROM captures c JOIN payments p ON p.id = c.payment_id
       UNION ALL SELECT p.order_id, p.idempotency_key || ':release', 'release', p.amount, p.currency FROM payments p
         JOIN events e ON e.order_id = p.order_id AND e.type = 'order.hold_released' AND e.data->>'payment_id' = p.id
          AND e.data->>'reason' = 'released')
     SELECT a.order_id, a.what, a.amount, a.currency FROM acts a LEFT JOIN provider_calls c ON c.key = a.key AND c.order_id = a.order_id
      WHERE c.key IS NULL ORDER BY 1, 2`,
  );
  return rows.map(({order_id, what, amount, currency}) => {
    const subject = world.nameOf(order_id);
    return {
      subject,
      sentence: `Order ${subject}: the ${what} of ${amountText(amount, currency)} was made without a recorded request.`,
    };
  });
}

async function reviewsAreToldOnce(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; state: string; decided_by: string | null; told: number}>(
    `SELECT r.order_id, r.state, r.decided_by, count(e.id) AS told FROM reviews r
       LEFT JOIN events e ON e.order_id = r.order_id AND e.type = 'order.review_decided' AND ${BY_SOMEBODY}
        AND e.data->'by'->>'actor' = r.decided_by
      WHERE r.state IN ('approved', 'rejected') GROUP BY r.id HAVING count(e.id) <> 1 ORDER BY r.order_id`,
  );
  return rows.map((row) => {
    const subject = world.nameOf(row.order_id);
    const sentence = `Order ${subject}: its review was ${row.state} by ${row.decided_by ?? 'nobody'}, which stands ${row.told} times in its history, once is right.`;
    return {subject, sentence};
  });
}

const CANCELLED = `e.type IN ('order.lines_cancelled', 'order.ended', 'order.review_closed')`;

/** A backorder that waited as long as it may is cancelled by a request as well. */
const BY_ITSELF = `e.data->'order'->>'cancel_reason' IN ('backorder_expired', 'dispute_lost')`;

async function cancellationsAreToldOnce(world: World): Promise<Finding[]> {
  const rows = await world.sql<{order_id: string; asked: number; told: number}>(
    `WITH asked AS (SELECT order_id, count(*) AS asked FROM decisions WHERE kind = 'cancel' GROUP BY order_id),
     told AS (SELECT e.order_id, count(*) AS told FROM events e
               WHERE ${CANCELLED} AND (coalesce(e.data->'by'->>'role', '') <> 'system' OR ${BY_ITSELF}) GROUP BY e.order_id)
     SELECT order_id, coalesce(asked, 0) AS asked, coalesce(told, 0) AS told FROM asked FULL JOIN told USING (order_id)
      WHERE coalesce(asked, 0) <> coalesce(told, 0) ORDER BY order_id`,
  );
  return rows.map(({order_id, asked, told}) => {
    const subject = world.nameOf(order_id);
    const sentence = `Order ${subject}: people cancelled something of it ${told} times by its history, but ${asked} requests to cancel are recorded.`;
    return {subject, sentence};
  });
}
