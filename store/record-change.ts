import {randomUUID} from 'node:crypto';
import {assertMove, type OrderStatus} from '../domain/order/status.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';
import {Prisma} from './generated/client.ts';

export interface Actor {
  /** api client, workflow, provider ... */
  actor: string;
  role: string;
}
export const SYSTEM: Actor = {actor: 'waybill', role: 'system'};

export type OrderPatch = Partial<Omit<orders, 'id' | 'last_seq' | 'updated_at'>>;

export interface Change {
  order: orders;
  type: string;
  by: Actor;
  patch?: OrderPatch;
  sub_order_id?: string;
  /** ids, amounts and codes for consumers; nothing personal */
  data?: Record<string, unknown>;
  note?: string;
  /** a stage move of a sub-order, for the audit */
  stage?: {from: string | null; to: string};
  /** of that audit row, where it is no sub-order */
  subject?: string;
  /** what else somebody did that the audit keeps: a change of the order, by its id */
  act?: {subject: string; to: string};
}

/** Locks the order's row: the first statement of every transaction that writes anything of an order. */
export async function lockOrder(tx: Tx, orderId: string): Promise<orders> {
  const rows = await tx.$queryRaw<orders[]>`SELECT * FROM orders WHERE id = ${orderId} FOR UPDATE`;
  if (!rows[0]) throw new Error(`there is no order ${orderId}`);
  return rows[0];
}

/**
 * The one way an order changes: its row, the audit row and the event with the next sequence number, in the caller's
 * transaction. The event carries the changed columns, so that folding the events gives the row again.
 * Returns the order as it is now. Throws IllegalMoveError for a status move that the table does not have.
 */
export async function recordChange(context: StoreContext, tx: Tx, change: Change): Promise<orders> {
  const {order} = change;
  const at = context.now();
  const patch = change.patch ?? {};
  const seq = order.last_seq + 1;
  const moved = patch.status !== undefined && patch.status !== order.status;
  if (moved) assertMove(order.status as OrderStatus, patch.status as OrderStatus);
  const updated = await tx.orders.updateManyAndReturn({
    where: {id: order.id, last_seq: order.last_seq},
    data: {...patch, updated_at: at, last_seq: seq},
  });
  const row = updated[0];
  if (!row) throw new Error(`order ${order.id} changed while it was being changed`);
  await insertEvent(tx, {...change, seq, at, row: patch});
  if (moved) await insertAudit(tx, {...change, seq, at, subject: 'order', from: order.status, to: row.status});
  if (change.stage) {
    await insertAudit(tx, {...change, seq, at, subject: change.subject ?? change.sub_order_id ?? '', ...change.stage});
  }
  if (change.act) await insertAudit(tx, {...change, seq, at, from: null, ...change.act});
  return row;
}

/** The first change of an order: its row is new, so the event carries all of it. */
export async function recordCreation(tx: Tx, order: orders, by: Actor, data: Record<string, unknown>): Promise<void> {
  const {id: _id, last_seq: seq, updated_at: at, ...row} = order;
  await insertEvent(tx, {order, type: 'order.created', by, data, seq, at, row});
  await insertAudit(tx, {order, type: 'order.created', by, seq, at, subject: 'order', from: null, to: order.status});
}

interface EventInput extends Change {
  seq: number;
  at: Date;
  row: OrderPatch;
}

async function insertEvent(tx: Tx, e: EventInput): Promise<void> {
  const data = toJson({...e.data, order: e.row, by: e.by});
  await tx.$executeRaw`INSERT INTO events (id, order_id, seq, type, sub_order_id, data, at)
    VALUES (${randomUUID()}::uuid, ${e.order.id}, ${e.seq}, ${e.type}, ${e.sub_order_id ?? null}, ${data}::jsonb, ${e.at})`;
}

interface AuditInput extends Change {
  seq: number;
  at: Date;
  subject: string;
  from: string | null;
  to: string;
}

async function insertAudit(tx: Tx, a: AuditInput): Promise<void> {
  await tx.$executeRaw`INSERT INTO order_audit (order_id, seq, subject, from_state, to_state, actor, role, note, at)
    VALUES (${a.order.id}, ${a.seq}, ${a.subject}, ${a.from}, ${a.to}, ${a.by.actor}, ${a.by.role}, ${a.note ?? null}, ${a.at})`;
}

/** BigInt columns become numbers (amounts stay below 2^53), dates RFC 3339. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, v: unknown) => (typeof v === 'bigint' ? Number(v) : v));
}

export {Prisma};
