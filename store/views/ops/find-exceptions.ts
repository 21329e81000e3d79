import type {ExceptionKind} from '../../../domain/ops/exceptions.ts';
import type {StoreContext} from '../../context.ts';
import {Prisma} from '../../generated/client.ts';
import {readyIn} from '../../ready-for-carrier.ts';

export interface ExceptionRow {
  key: string;
  kind: ExceptionKind;
  code: string;
  order_id: string | null;
  number: string | null;
  subject: string;
  since: Date;
  deadline: Date | null;
  amount: bigint | null;
  currency: string | null;
}

const DAY = 86_400_000;
/** A parcel that was not heard of for so long is looked for. */
const SILENT = 4 * DAY;
/** Of one kind; what is beyond shows up when the first are dealt with. */
const AT_MOST = 500;

/** Everything that stands still until a person does something, whatever table it stands in. */
export async function findExceptions(context: StoreContext): Promise<ExceptionRow[]> {
  const found = await Promise.all([
    stuckSteps(context),
    opsWaits(context),
    disputes(context),
    reviews(context),
    weights(context),
    unreadCodes(context),
    suppliers(context),
    silentParcels(context),
    failedPickups(context),
    failedManifests(context),
  ]);
  return found.flat();
}

function stuckSteps({prisma}: StoreContext): Promise<ExceptionRow[]> {
  return prisma.$queryRaw<ExceptionRow[]>`
    SELECT 'stuck:' || s.id AS key, CASE WHEN s.code = 'address_unverifiable' THEN 'address'
        WHEN s.workflow_id LIKE 'refund:%' THEN 'refund' WHEN s.workflow_id LIKE 'return:%' THEN 'return'
        WHEN s.step = 'hold' THEN 'hold' ELSE 'step' END AS kind,
      s.code, s.order_id, o.number, CASE WHEN s.workflow_id LIKE 'order:%' THEN s.step
        ELSE s.workflow_id || ' ' || s.step END AS subject,
      s.since, NULL::timestamptz AS deadline, o.total_amount AS amount, o.currency
    FROM stuck_steps s JOIN orders o ON o.id = s.order_id WHERE s.resolved_at IS NULL ORDER BY s.since LIMIT ${AT_MOST}`;
}

/** What waits for ops without a step, a dispute or a supplier's price, which are told apart: parcels on their way back. */
function opsWaits({prisma, now}: StoreContext): Promise<ExceptionRow[]> {
  return prisma.$queryRaw<ExceptionRow[]>`
    SELECT 'ops:' || o.id AS key, 'ops' AS kind,
      CASE WHEN o.held_since IS NOT NULL THEN 'on_hold' ELSE coalesce((SELECT note FROM sub_orders
        WHERE order_id = o.id AND note IS NOT NULL ORDER BY updated_at DESC LIMIT 1), 'decision_needed') END AS code,
      o.id AS order_id, o.number, 'order' AS subject, coalesce(o.waiting_since, o.updated_at) AS since,
      o.waiting_deadline AS deadline, o.total_amount AS amount, o.currency
    FROM orders o WHERE o.waiting_on = 'ops' AND (o.held_until IS NULL OR o.held_until < ${now()})
      AND NOT EXISTS (SELECT FROM stuck_steps s WHERE s.order_id = o.id AND s.resolved_at IS NULL)
      AND NOT EXISTS (SELECT FROM disputes d WHERE d.order_id = o.id AND d.closed_at IS NULL)
      AND (o.held_since IS NOT NULL
        OR NOT EXISTS (SELECT FROM purchase_orders p WHERE p.order_id = o.id AND p.state = 'price_changed'))
    ORDER BY since LIMIT ${AT_MOST}`;
}

function disputes({prisma}: StoreContext): Promise<ExceptionRow[]> {
  return prisma.$queryRaw<ExceptionRow[]>`
    SELECT 'dispute:' || d.id AS key, 'dispute' AS kind, d.reason AS code, d.order_id, o.number, d.id AS subject,
      d.opened_at AS since, CASE WHEN d.submitted_at IS NULL THEN d.due_by END AS deadline, d.amount, d.currency
    FROM disputes d JOIN orders o ON o.id = d.order_id WHERE d.closed_at IS NULL ORDER BY d.opened_at LIMIT ${AT_MOST}`;
}

function reviews({prisma}: StoreContext): Promise<ExceptionRow[]> {
  return prisma.$queryRaw<ExceptionRow[]>`
    SELECT 'review:' || r.id AS key, 'review' AS kind, 'escalated' AS code, r.order_id, o.number, r.id AS subject,
      r.escalated_at AS since, r.deadline, o.total_amount AS amount, o.currency
    FROM reviews r JOIN orders o ON o.id = r.order_id
    WHERE r.state = 'open' AND r.escalated_at IS NOT NULL ORDER BY r.deadline LIMIT ${AT_MOST}`;
}

/** Parcels that somebody put on the scale, whose weight nobody has let pass and which still stand there. */
function weights({prisma}: StoreContext): Promise<ExceptionRow[]> {
  return prisma.$queryRaw<ExceptionRow[]>`
    SELECT DISTINCT ON (p.id) 'weight:' || p.id AS key, 'weight' AS kind, 'wrong_weight' AS code, p.order_id, o.number,
      p.id AS subject, c.at AS since, NULL::timestamptz AS deadline, NULL::bigint AS amount, o.currency
    FROM tasks t JOIN scans c ON c.task_id = t.id JOIN parcels p ON p.id = c.answer->'next'->>'parcel_id'
    JOIN orders o ON o.id = p.order_id
    WHERE t.state = 'open' AND t.kind = 'pack' AND c.kind = 'pack' AND NOT c.accepted
      AND c.answer->>'code' = 'wrong_weight' AND p.state = 'planned'
      AND NOT EXISTS (SELECT FROM weight_approvals a WHERE a.parcel_id = p.id
        AND a.weight_g = (c.answer->'next'->>'weight_g')::int)
    ORDER BY p.id, c.at DESC LIMIT ${AT_MOST}`;
}

function unreadCodes({prisma}: StoreContext): Promise<ExceptionRow[]> {
  return prisma.$queryRaw<ExceptionRow[]>`
    SELECT 'code:' || code_carrier || ' ' || carrier_code AS key, 'carrier_code' AS kind, carrier_code AS code,
      NULL AS order_id, NULL AS number, code_carrier AS subject, min(stored_at) AS since, NULL::timestamptz AS deadline,
      NULL::bigint AS amount, NULL AS currency
    FROM parcel_events WHERE unread GROUP BY code_carrier, carrier_code LIMIT ${AT_MOST}`;
}

/** Suppliers that let half of their time pass, want more than was agreed, or have not sent what they promised. */
function suppliers({prisma, now}: StoreContext): Promise<ExceptionRow[]> {
  return prisma.$queryRaw<ExceptionRow[]>`
    SELECT 'supplier:' || p.id AS key, 'supplier' AS kind, CASE p.state WHEN 'price_changed' THEN 'price_changed'
        WHEN 'open' THEN 'silent' ELSE 'not_sent' END AS code,
      p.order_id, o.number, p.supplier_id AS subject, p.created_at AS since,
      CASE p.state WHEN 'open' THEN p.acknowledge_by WHEN 'price_changed' THEN s.waits_until ELSE p.ship_by END AS deadline,
      s.value_amount AS amount, o.currency
    FROM purchase_orders p JOIN orders o ON o.id = p.order_id JOIN sub_orders s ON s.id = p.sub_order_id
    WHERE p.state = 'price_changed' OR (p.state = 'open' AND ${now()} > p.created_at + (p.acknowledge_by - p.created_at) / 2)
      OR (p.state = 'acknowledged' AND p.ship_by < ${now()})
    ORDER BY p.created_at LIMIT ${AT_MOST}`;
}

function silentParcels({prisma, now}: StoreContext): Promise<ExceptionRow[]> {
  const before = new Date(now().getTime() - SILENT);
  return prisma.$queryRaw<ExceptionRow[]>`
    SELECT 'silent:' || p.id AS key, 'silent_parcel' AS kind, 'tracker_silent' AS code, p.order_id, o.number,
      p.id AS subject, coalesce(p.status_at, p.handed_over_at) AS since, NULL::timestamptz AS deadline,
      s.value_amount AS amount, o.currency
    FROM parcels p JOIN orders o ON o.id = p.order_id JOIN sub_orders s ON s.id = p.sub_order_id
    WHERE p.handed_over_at IS NOT NULL AND p.ended_at IS NULL AND p.came_back_at IS NULL
      AND coalesce(p.status_at, p.handed_over_at) < ${before} ORDER BY since LIMIT ${AT_MOST}`;
}

/** Drivers whom a carrier does not send, or no longer calls off, while something else can still be done. */
function failedPickups({prisma, now}: StoreContext): Promise<ExceptionRow[]> {
  return prisma.$queryRaw<ExceptionRow[]>`
    SELECT 'pickup:' || id AS key, 'pickup' AS kind, failure AS code, NULL AS order_id, NULL AS number,
      concat_ws(' ', warehouse_id, carrier, day) AS subject, due_at AS since, window_until AS deadline,
      NULL::bigint AS amount, NULL AS currency
    FROM pickups WHERE failure IS NOT NULL AND state IN ('refused', 'booked') AND window_until > ${now()}
    ORDER BY window_until LIMIT ${AT_MOST}`;
}

/**
 * Forms that the platform does not make, while parcels stand there that were meant to be on them and nobody has wanted another
 * one; they are due when the driver is.
 */
function failedManifests({prisma, now}: StoreContext): Promise<ExceptionRow[]> {
  return prisma.$queryRaw<ExceptionRow[]>`
    SELECT 'manifest:' || m.id AS key, 'manifest' AS kind, m.failure AS code, NULL AS order_id, NULL AS number,
      concat_ws(' ', m.warehouse_id, m.carrier, m.day) AS subject, m.created_at AS since,
      (SELECT min(k.window_until) FROM pickups k WHERE k.warehouse_id = m.warehouse_id AND k.carrier = m.carrier
        AND k.state = 'booked' AND k.window_until > ${now()}) AS deadline, NULL::bigint AS amount, NULL AS currency
    FROM manifests m WHERE m.state = 'failed'
      AND NOT EXISTS (SELECT FROM manifests n WHERE n.warehouse_id = m.warehouse_id AND n.carrier = m.carrier
        AND (n.created_at, n.id) > (m.created_at, m.id))
      AND EXISTS (SELECT FROM parcels p JOIN sub_orders s ON s.id = p.sub_order_id
        WHERE p.carrier = m.carrier AND p.packed_at <= m.created_at AND ${readyIn(Prisma.sql`m.warehouse_id`)}
          AND NOT EXISTS (SELECT FROM manifest_parcels l WHERE l.parcel_id = p.id))
    ORDER BY m.created_at LIMIT ${AT_MOST}`;
}
