import {type RefundLine, spreadLines, takeFrom} from '../domain/payment/refundable.ts';
import {REFUNDS} from '../domain/policy/policy.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, Prisma} from './generated/client.ts';
import {newId} from './ids.ts';
import {type Actor, recordChange} from './record-change.ts';
import {type Refundable, readRefundable} from './refundable.ts';
import {queueSideRun} from './side-runs.ts';
import {policyOf} from './policies.ts';

export const REFUND_KINDS = ['line', 'shipping', 'goodwill', 'return', 'dispute'] as const;
export type RefundKind = (typeof REFUND_KINDS)[number];

export interface RefundRequest {
  /** as it is under the lock the caller holds */
  order: orders;
  kind: RefundKind;
  /** what of the amount belongs to which line */
  lines?: readonly RefundLine[];
  /** minor units of the order's currency */
  amount: number;
  reason: string;
  by: Actor;
  /** the same request counts once for each kind */
  request_id: string;
  /** what it is about, e.g. a return */
  subject_id?: string;
}

export type RefundRefusal =
  | 'order_disputed'
  | 'nothing_captured'
  | 'refund_too_large'
  | 'units_already_refunded'
  | 'amount_not_positive';

export type RefundAnswer =
  | {refund_ids: string[]; order: orders; awaiting_approval: boolean}
  /** `possible`: minor units that could be given back instead */
  | {refused: RefundRefusal; possible: number};

/**
 * Asks for money to be given back, in the caller's transaction and under its lock of the order: never more than was
 * captured and is not given back or asked for already, from the newest captures first, a row for each. What staff give
 * back above the policy's limit waits for a second person; the rest is given back by a run of its own.
 * Returns the order as it is afterwards.
 */
export async function requestRefund(context: StoreContext, tx: Tx, request: RefundRequest): Promise<RefundAnswer> {
  const {order, kind, request_id} = request;
  const known = await tx.refunds.findMany({where: {request_id, kind, order_id: order.id}, orderBy: {id: 'asc'}});
  if (known.length > 0) {
    const awaiting_approval = known.some(({state}) => state === 'awaiting_approval');
    return {refund_ids: known.map(({id}) => id), order, awaiting_approval};
  }
  const refundable = await readRefundable(tx, order.id);
  const refused = refusalOf(request, refundable);
  if (refused) return {refused, possible: possibleFor(kind, refundable)};
  const takes = takeFrom(refundable.captures, request.amount) ?? [];
  const awaiting = await needsSecondPerson(tx, request);
  const lines = spreadLines(
    request.lines ?? [],
    takes.map(({amount}) => amount),
  );
  const rows = takes.map(({capture, amount}, i) =>
    rowOf(context, request, {...capture, amount, lines: lines[i] ?? [], state: awaiting ? AWAITING : 'requested'}),
  );
  await tx.refunds.createMany({data: rows});
  const current = await recordRequests(context, tx, order, request, rows);
  if (!awaiting) for (const {id} of rows) await queueRefund(context, tx, order, id);
  return {refund_ids: rows.map(({id}) => id), order: current, awaiting_approval: awaiting};
}

const AWAITING = 'awaiting_approval';

/** Has a run of the refund's own started once this transaction has committed: the first, or one more for what came back. */
export async function queueRefund(context: StoreContext, tx: Tx, order: orders, refundId: string): Promise<void> {
  const before = await tx.side_runs.count({where: {subject_id: refundId}});
  await queueSideRun(context, tx, {
    workflow_id: before === 0 ? `refund:${refundId}` : `refund:${refundId}:${before + 1}`,
    kind: 'refundWorkflow',
    order_id: order.id,
    subject_id: refundId,
    policy_version: order.policy_version,
  });
}

function refusalOf({kind, amount, lines = []}: RefundRequest, refundable: Refundable): RefundRefusal | null {
  if (refundable.disputed) return 'order_disputed';
  if (!Number.isSafeInteger(amount) || amount < 1) return 'amount_not_positive';
  if (refundable.captures.length === 0) return 'nothing_captured';
  if (amount > possibleFor(kind, refundable)) return 'refund_too_large';
  if (lines.reduce((sum, line) => sum + line.amount, 0) > amount) return 'refund_too_large';
  const twice = lines.some(({line_id, qty}) => {
    const line = refundable.lines.find((known) => known.line_id === line_id);
    return !line || line.refunded_units + qty > line.units;
  });
  return twice ? 'units_already_refunded' : null;
}

/** Of the shipping charge no more goes back than was charged for it and taken. */
function possibleFor(kind: RefundKind, {possible, shipping}: Refundable): number {
  return kind === 'shipping' ? Math.max(0, Math.min(possible, shipping.paid - shipping.refunded)) : possible;
}

/** Kinds that rest on somebody's word alone; a return was inspected, a dispute decided. */
const BY_WORD: readonly RefundKind[] = ['line', 'shipping', 'goodwill'];

/** Small refunds one after the other are one large refund; one that failed may be asked for again. */
async function needsSecondPerson(tx: Tx, {order, kind, amount}: RefundRequest): Promise<boolean> {
  if (!BY_WORD.includes(kind)) return false;
  const {second_person} = (await policyOf(tx, order)).refunds ?? REFUNDS;
  const before = await tx.refunds.findMany({
    where: {order_id: order.id, kind: {in: [...BY_WORD]}, decided_by: null, state: {not: 'rejected'}},
  });
  return before.reduce((sum, row) => sum + Number(row.amount), amount) > second_person;
}

interface RowPart {
  capture_id: string;
  payment_id: string;
  sub_order_id: string;
  amount: number;
  lines: RefundLine[];
  state: string;
}

function rowOf(context: StoreContext, request: RefundRequest, part: RowPart) {
  const at = context.now();
  const id = newId('rfd', at);
  const {order, kind, reason, by, request_id, subject_id} = request;
  return {
    id,
    order_id: order.id,
    payment_id: part.payment_id,
    capture_id: part.capture_id,
    sub_order_id: part.sub_order_id,
    kind,
    lines: part.lines as unknown as Prisma.InputJsonValue,
    amount: BigInt(part.amount),
    currency: order.currency,
    state: part.state,
    idempotency_key: refundKey(id, 1),
    reason,
    requested_by: by.actor,
    requested_role: by.role,
    request_id,
    subject_id: subject_id ?? null,
    created_at: at,
    updated_at: at,
  };
}

/** One key for all tries of one attempt; what failed for good is asked for again under the next attempt's. */
export const refundKey = (refundId: string, attempt: number) => `${refundId}:refund:${attempt}`;

async function recordRequests(
  context: StoreContext,
  tx: Tx,
  order: orders,
  {by, kind, reason}: RefundRequest,
  rows: ReturnType<typeof rowOf>[],
): Promise<orders> {
  let current = order;
  for (const {id, amount, capture_id, sub_order_id, state} of rows) {
    current = await recordChange(context, tx, {
      order: current,
      type: 'order.refund_requested',
      by,
      sub_order_id,
      data: {refund_id: id, kind, amount, capture_id, state},
      act: {subject: id, to: 'refund requested'},
      note: reason,
    });
  }
  return current;
}
