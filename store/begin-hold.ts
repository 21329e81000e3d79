import {deliveredValue, type LinePart, openValue, sumOf} from '../domain/payment/amounts.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, payments} from './generated/client.ts';
import {newId} from './ids.ts';
import {lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {transact} from './transact.ts';

/**
 * `initial` at checkout, `remainder` for what is still to be delivered, `renewal` for a hold about to expire, `increase`
 * for what a change will make the order cost.
 */
export type HoldPurpose = 'initial' | 'remainder' | 'renewal' | 'increase';

export interface BeginHoldInput {
  order_id: string;
  purpose: HoldPurpose;
  /** counts the order's holds, so that every hold has one key on all attempts */
  attempt: number;
  /** remainder only: the delivered sub-order that the present hold is about to be captured for */
  except_sub_order?: string;
  /** increase only: the change that makes the order cost more */
  change_id?: string;
}

export interface HoldTerms {
  payment_id: string;
  key: string;
  state: string;
  amount: number;
  currency: string;
  customer_id: string;
  customer_ref: string | null;
  method: string;
  capture_before: number | null;
  multicapture: boolean;
  /** why it was declined, as far as that is known */
  decline_code: string | null;
  /** true when an earlier attempt may have reached the provider */
  seen_before: boolean;
}

/** Records that a hold is about to be asked for, before it is; null when nothing is left to be held. */
export function beginHold(context: StoreContext, input: BeginHoldInput): Promise<HoldTerms | null> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    const key = `${order.id}:hold:${input.attempt}`;
    const known = await tx.payments.findUnique({where: {idempotency_key: key}});
    if (known) return toTerms(tx, order, known, true);
    const amount = await amountFor(tx, order, input);
    if (amount <= 0) return null;
    const at = context.now();
    const row = await tx.payments.create({
      data: {
        id: newId('pay', at),
        order_id: order.id,
        provider: 'stripe',
        purpose: input.purpose,
        idempotency_key: key,
        amount: BigInt(amount),
        currency: order.currency,
        state: 'unknown',
        created_at: at,
        updated_at: at,
      },
    });
    await tx.provider_calls.create({
      data: {
        key,
        provider: 'stripe',
        operation: 'authorize',
        order_id: order.id,
        params_hash: `${amount} ${order.currency}`,
        state: 'started',
        attempts: 1,
        first_at: at,
        last_at: at,
      },
    });
    const data = {payment_id: row.id, purpose: input.purpose, amount};
    await recordChange(context, tx, {order, type: 'order.hold_requested', by: SYSTEM, data});
    return toTerms(tx, order, row, false);
  });
}

async function amountFor(tx: Tx, order: orders, input: BeginHoldInput): Promise<number> {
  if (input.purpose === 'initial') return Number(order.total_amount);
  const open = await stillToHold(tx, order, input.except_sub_order);
  if (!input.change_id) return open;
  const change = await tx.order_changes.findUniqueOrThrow({where: {id: input.change_id}});
  return open + Number(change.extra_amount);
}

/** Everything that is not captured, lost or cancelled, delivered or not. */
export async function stillToHold(tx: Tx, order: orders, except: string | undefined): Promise<number> {
  const subs = await tx.sub_orders.findMany({where: {order_id: order.id}, select: {id: true}});
  const captured = await tx.captures.findMany({
    where: {order_id: order.id, state: 'done'},
    select: {sub_order_id: true},
  });
  const settled = new Set([...captured.map((c) => c.sub_order_id), except]);
  const open = subs.map((s) => s.id).filter((id) => !settled.has(id));
  const parts = await tx.sub_order_lines.findMany({where: {sub_order_id: {in: open}}});
  return sumOf(parts.map(toPart), openValue);
}

export function toPart(row: {
  qty: number;
  amount: bigint;
  delivered: number;
  lost: number;
  came_back: number;
  cancelled: number;
}): LinePart {
  // neither reached the customer, so neither is paid
  return {...row, amount: Number(row.amount), lost: row.lost + row.came_back};
}

/** What a delivered sub-order may be captured for, minor units. */
export async function dueFor(tx: Tx, subOrderId: string): Promise<number> {
  const parts = await tx.sub_order_lines.findMany({where: {sub_order_id: subOrderId}});
  return sumOf(parts.map(toPart), deliveredValue);
}

async function toTerms(tx: Tx, order: orders, row: payments, seen: boolean): Promise<HoldTerms> {
  const customer = await tx.customers.findUniqueOrThrow({where: {id: order.customer_id}});
  const saved = await tx.payments.findFirst({
    where: {order_id: order.id, saved_method: {not: null}},
    orderBy: {created_at: 'desc'},
  });
  return {
    payment_id: row.id,
    key: row.idempotency_key,
    state: row.state,
    amount: Number(row.amount),
    currency: row.currency,
    customer_id: order.customer_id,
    customer_ref: customer.provider_ref,
    method: saved?.saved_method ?? order.payment_method,
    capture_before: row.capture_before?.getTime() ?? null,
    multicapture: row.multicapture,
    decline_code: row.decline_code,
    seen_before: seen,
  };
}
