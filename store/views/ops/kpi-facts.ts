import type {Kpi} from '../../../domain/ops/kpis.ts';
import {Prisma} from '../../generated/client.ts';

export interface Period {
  from: Date;
  to: Date;
  now: Date;
  currency: string;
}

/**
 * The facts a figure is made of, one row each: `order_id`, `at` (the moment that puts it on a day), `a` and `b`
 * (docs/kpis.md says what they are). Amounts are minor units, times whole seconds.
 */
export const FACTS: Readonly<Record<Kpi, (period: Period) => Prisma.Sql>> = {
  otif: ({from, to, now}) => Prisma.sql`
    SELECT p.order_id, p.window_to AS at, 1 AS b, CASE WHEN p.outcome = 'on_time' AND NOT house.gave_up AND NOT EXISTS (
        SELECT FROM order_lines l WHERE l.order_id = o.id AND l.return_id IS NULL AND l.ever_delivered < l.qty - l.cancelled
      ) THEN 1 ELSE 0 END AS a
    FROM promises p JOIN orders o ON o.id = p.order_id
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM events e WHERE e.order_id = o.id AND e.type = 'order.lines_cancelled'
      AND e.data->'by'->>'role' = 'system') AS gave_up) house
    WHERE p.id = p.order_id AND p.window_to >= ${from} AND p.window_to < ${to} AND p.window_to <= ${now}
      AND (o.status <> 'cancelled' OR house.gave_up)`,
  late: ({from, to}) => Prisma.sql`
    SELECT order_id, delivered_at AS at, CASE outcome WHEN 'late' THEN 1 ELSE 0 END AS a, 1 AS b FROM promises
    WHERE sub_order_id IS NOT NULL AND outcome IS NOT NULL AND delivered_at >= ${from} AND delivered_at < ${to}`,
  cost_per_delivery: ({from, to, currency}) => Prisma.sql`
    SELECT order_id, status_at AS at, cost_amount AS a, 1 AS b FROM parcels
    WHERE status = 'delivered' AND status_at >= ${from} AND status_at < ${to} AND cost_amount IS NOT NULL
      AND cost_currency = ${currency}`,
  expedite_spend: ({from, to, currency}) => Prisma.sql`
    SELECT order_id, at, a, 1 AS b FROM (
      SELECT DISTINCT ON (p.id) p.order_id, d.at, p.cost_amount - cheapest.amount AS a
      FROM decisions d JOIN parcels p ON p.id = d.inputs->>'parcel'
      CROSS JOIN LATERAL (SELECT min((rate->'terms'->>'price')::bigint) AS amount
        FROM jsonb_array_elements(d.output->'ranked') AS rate) cheapest
      WHERE d.kind = 'carrier' AND d.at >= ${from} AND d.at < ${to} AND p.label_state = 'bought'
        AND p.cost_currency = ${currency}
      ORDER BY p.id, d.at DESC
    ) bought WHERE a > 0`,
  click_to_ship: ({from, to}) => Prisma.sql`
    SELECT p.order_id, p.handed_over_at AS at, floor(extract(epoch FROM p.handed_over_at - o.placed_at))::bigint AS a, 1 AS b
    FROM parcels p JOIN orders o ON o.id = p.order_id WHERE p.handed_over_at >= ${from} AND p.handed_over_at < ${to}`,
  refund_share: ({from, to, currency}) => Prisma.sql`
    SELECT order_id, updated_at AS at, amount AS a, 0 AS b FROM refunds
    WHERE state = 'succeeded' AND currency = ${currency} AND updated_at >= ${from} AND updated_at < ${to}
    UNION ALL
    SELECT c.order_id, c.updated_at, 0, c.amount FROM captures c JOIN payments p ON p.id = c.payment_id
    WHERE c.state = 'done' AND p.currency = ${currency} AND c.updated_at >= ${from} AND c.updated_at < ${to}`,
};
