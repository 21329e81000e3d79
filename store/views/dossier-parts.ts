import type {Tx} from '../context.ts';
import {RESENT} from '../resend-message.ts';
import {money, time} from './shapes.ts';

/** What the order's units are promised from, and what waits for which. */
export async function stockOf(tx: Tx, orderId: string) {
  const rows = await tx.reservations.findMany({where: {order_id: orderId, state: 'open'}, orderBy: {id: 'asc'}});
  return rows.map(({line_id, sub_order_id, warehouse_id, sku, qty}) => ({
    line_id,
    sub_order_id,
    warehouse: warehouse_id,
    sku,
    qty,
  }));
}

interface Resent {
  by: string;
  reason: string;
  corrected: boolean;
}

/** By the event of each. */
async function resendsOf(tx: Tx, orderId: string): Promise<Map<string, Resent>> {
  const rows = await tx.$queryRaw<(Resent & {event_id: string})[]>`
    SELECT e.id AS event_id, r.actor AS by, r.reason, r.corrected FROM message_resends r
      JOIN events e ON e.order_id = r.order_id AND e.type = ${RESENT} AND e.data->>'resend_id' = r.id
     WHERE r.order_id = ${orderId}`;
  return new Map(rows.map(({event_id, ...resent}) => [event_id, resent]));
}

/** Mails and texts, newest first; those that somebody sent again say who and why. */
export async function messagesOf(tx: Tx, orderId: string) {
  const rows = await tx.messages.findMany({where: {order_id: orderId}, orderBy: [{created_at: 'desc'}, {id: 'desc'}]});
  const again = await resendsOf(tx, orderId);
  return rows.map(
    ({id, event_id, template, channel, state, created_at, due_at, sent_at, told_by, reason, delivery}) => {
      const when = {created_at: created_at.toISOString(), due_at: time(due_at), sent_at: time(sent_at)};
      return {
        message_id: id,
        template,
        channel,
        state,
        ...when,
        told_by,
        reason,
        delivery,
        resent: again.get(event_id) ?? null,
      };
    },
  );
}

/** What was asked of the order, newest first. */
export async function changesOf(tx: Tx, orderId: string) {
  const rows = await tx.order_changes.findMany({
    where: {order_id: orderId},
    orderBy: [{created_at: 'desc'}, {id: 'desc'}],
  });
  return rows.map(({id, kind, state, actor, role, reason, created_at, decided_at}) => {
    return {
      change_id: id,
      kind,
      state,
      actor,
      role,
      reason,
      created_at: created_at.toISOString(),
      decided_at: time(decided_at),
    };
  });
}

/** How risky it was found, part by part, and the review that a person decides. */
export async function fraudOf(tx: Tx, orderId: string) {
  const [found, review] = await Promise.all([
    tx.fraud_assessments.findUnique({where: {order_id: orderId}}),
    tx.reviews.findUnique({where: {order_id: orderId}}),
  ]);
  return {
    fraud: found && {score: found.score, verdict: found.verdict, parts: found.parts, reasons: found.reasons},
    review: review && {
      review_id: review.id,
      state: review.state,
      opened_at: review.opened_at.toISOString(),
      deadline: review.deadline.toISOString(),
      owner: review.escalated_at === null ? 'support' : 'ops',
      decided_by: review.decided_by,
      note: review.note,
    },
  };
}

/** Steps that failed for good and wait for a person. */
export async function stuckOf(tx: Tx, orderId: string) {
  const rows = await tx.stuck_steps.findMany({where: {order_id: orderId, resolved_at: null}, orderBy: {since: 'asc'}});
  return rows.map(({step, code, since, sub_order_id}) => ({step, code, since: since.toISOString(), sub_order_id}));
}

/** What policies decided of it, newest first. */
export async function decisionsOf(tx: Tx, orderId: string) {
  const rows = await tx.decisions.findMany({
    where: {order_id: orderId},
    orderBy: [{at: 'desc'}, {id: 'desc'}],
    select: {id: true, kind: true, policy_version: true, at: true},
  });
  return rows.map(({id, kind, policy_version, at}) => ({decision_id: id, kind, policy_version, at: at.toISOString()}));
}

const NEIGHBOURS = 5;

/** The customer's other orders, newest first. */
export async function neighboursOf(tx: Tx, orderId: string) {
  const {customer_id} = await tx.orders.findUniqueOrThrow({where: {id: orderId}, select: {customer_id: true}});
  const rows = await tx.orders.findMany({
    where: {customer_id, id: {not: orderId}},
    orderBy: {placed_at: 'desc'},
    take: NEIGHBOURS,
  });
  return rows.map(({id, number, status, total_amount, currency, placed_at}) => {
    return {order_id: id, number, status, total: money(total_amount, currency), placed_at: placed_at.toISOString()};
  });
}
