import {returnWorkflowId} from '../domain/order/workflow-ids.ts';
import {decideReturn, type ReturnDecision} from '../domain/returns/decide.ts';
import {type Refused, type ReturnableLine, refusals, returnable} from '../domain/returns/eligibility.ts';
import type {ReturnPolicy} from '../domain/returns/policy.ts';
import {type LineRefund, lessFee, refundOf, totalOf} from '../domain/returns/refund.ts';
import {isShopsFault, type Resolution, type ReturnReason} from '../domain/returns/terms.ts';
import {logDecision} from './log-decision.ts';
import type {StoreContext, Tx} from './context.ts';
import type {order_lines, orders, returns} from './generated/client.ts';
import {newId} from './ids.ts';
import {moveReturn} from './move-return.ts';
import {type Actor, lockOrder, recordChange, SYSTEM} from './record-change.ts';
import {readPaid, readReturnable, returnPolicyOf, valueLineOf} from './return-facts.ts';
import {queueSideRun} from './side-runs.ts';
import {transact} from './transact.ts';

export interface WantedLine {
  line_id: string;
  qty: number;
  reason: ReturnReason;
}

export interface ReturnRequest {
  order_id: string;
  lines: readonly WantedLine[];
  resolution: Resolution;
  by: Actor;
  /** the same request counts once; `request_hash` tells whether it is the same */
  request_id: string;
  request_hash: string;
}

export type RequestResult =
  | {outcome: 'requested'; found: returns}
  /** `returnable`: what of the whole order could be sent back now */
  | {outcome: 'refused'; refused: Refused[]; returnable: {line_id: string; qty: number; until: number | null}[]}
  /** the request's id stands for another one */
  | {outcome: 'reused'};

/**
 * Takes a wish to send something back: judges which units may be, decides the clear cases and has a run started for the
 * rest of its way. Under the order's lock, so that two requests at once never announce the same unit.
 */
export function requestReturn(context: StoreContext, request: ReturnRequest): Promise<RequestResult> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, request.order_id);
    const known = await tx.returns.findUnique({where: {request_id: request.request_id}});
    if (known) {
      return known.request_hash === request.request_hash ? {outcome: 'requested', found: known} : {outcome: 'reused'};
    }
    const policy = await returnPolicyOf(tx, order);
    const now = context.now().getTime();
    const lines = await readReturnable(tx, order, policy);
    const refused = refusals(lines, request.lines, now);
    if (refused.length > 0) return {outcome: 'refused', refused, returnable: possibleOf(lines, now)};
    return {outcome: 'requested', found: await accept(context, tx, order, request, policy)};
  });
}

function possibleOf(lines: readonly ReturnableLine[], now: number) {
  const possible = lines.map((line) => ({line_id: line.line_id, ...returnable(line, now)}));
  return possible.filter(({qty}) => qty > 0);
}

async function accept(
  context: StoreContext,
  tx: Tx,
  order: orders,
  request: ReturnRequest,
  policy: ReturnPolicy,
): Promise<returns> {
  const {lines, value, decision} = await judgeReturn(context, tx, order, request.lines, policy);
  const found = await createReturn(context, tx, order, request, lines, value, decision);
  const data = {return_id: found.id, resolution: found.resolution, lines: request.lines, amount: value};
  const told = await recordChange(context, tx, {
    order,
    type: 'order.return_requested',
    by: request.by,
    data,
    stage: {from: null, to: 'requested'},
    subject: found.id,
  });
  const inputs = {value, return_id: found.id};
  await logDecision(context, tx, {kind: 'return', order, inputs, output: decision, once: `return:${found.id}`});
  await queueSideRun(context, tx, {
    workflow_id: returnWorkflowId(found.id),
    kind: 'returnWorkflow',
    order_id: order.id,
    subject_id: found.id,
    policy_version: order.policy_version,
  });
  const to = decision.outcome === 'approve' ? ('approved' as const) : ('in_review' as const);
  const columns = to === 'approved' ? {decided_by: SYSTEM.actor, send_by: sendBy(context, policy)} : {};
  const moved = await moveReturn(context, tx, told, found, {
    to,
    by: SYSTEM,
    columns,
    data: {reasons: decision.reasons},
  });
  return moved.found;
}

/** What a return of these units is worth, and whether the case is clear. */
export async function judgeReturn(
  context: StoreContext,
  tx: Tx,
  order: orders,
  wanted: readonly WantedLine[],
  policy: ReturnPolicy,
): Promise<{lines: order_lines[]; value: number; decision: ReturnDecision}> {
  const lines = await tx.order_lines.findMany({where: {id: {in: wanted.map((l) => l.line_id)}}});
  const value = await expectedValue(tx, order, lines, wanted, policy);
  const reasons = wanted.map((l) => l.reason);
  const returns_before = await countBefore(context, tx, order, policy);
  return {lines, value, decision: decideReturn(policy, {value, reasons, returns_before})};
}

export const sendBy = (context: StoreContext, policy: ReturnPolicy) =>
  new Date(context.now().getTime() + policy.send_within);

/** What would be paid back if everything came back as new. */
async function expectedValue(
  tx: Tx,
  order: orders,
  lines: readonly order_lines[],
  wanted: readonly WantedLine[],
  policy: ReturnPolicy,
): Promise<number> {
  const paidFor = await readPaid(tx, order.id);
  const refunds: LineRefund[] = [];
  for (const {line_id, qty, reason} of wanted) {
    const line = lines.find((l) => l.id === line_id);
    if (line) refunds.push(refundOf(policy, paidFor(valueLineOf(line)), reason, [{grade: 'as_new', qty}]));
  }
  return totalOf(lessFee(refunds, feeFor(policy, wanted)));
}

/** Once for a return, where any of it is not the shop's fault. */
export function feeFor(policy: ReturnPolicy, lines: readonly {reason: string}[]): number {
  return lines.every(({reason}) => isShopsFault(reason as ReturnReason)) ? 0 : policy.fee;
}

async function countBefore(context: StoreContext, tx: Tx, order: orders, policy: ReturnPolicy): Promise<number> {
  const since = new Date(context.now().getTime() - policy.review.recent);
  const rows = await tx.$queryRaw<
    {n: number}[]
  >`SELECT count(*)::int AS n FROM returns r JOIN orders o ON o.id = r.order_id
    WHERE o.customer_id = ${order.customer_id} AND r.kind = 'customer' AND r.requested_at > ${since}`;
  return rows[0]?.n ?? 0;
}

async function createReturn(
  context: StoreContext,
  tx: Tx,
  order: orders,
  request: ReturnRequest,
  lines: readonly order_lines[],
  value: number,
  decision: ReturnDecision,
): Promise<returns> {
  const at = context.now();
  const id = newId('ret', at);
  const found = await tx.returns.create({
    data: {
      id,
      order_id: order.id,
      kind: 'customer',
      state: 'requested',
      resolution: request.resolution,
      request_id: request.request_id,
      request_hash: request.request_hash,
      warehouse_id: await destinationOf(tx, request.lines),
      currency: order.currency,
      expected_amount: BigInt(value),
      reasons: decision.reasons,
      requested_by: request.by.actor,
      label_state: 'wanted',
      requested_at: at,
      updated_at: at,
    },
  });
  for (const {line_id, qty, reason} of request.lines) {
    const line = lines.find((l) => l.id === line_id);
    if (!line) throw new Error(`line ${line_id} is not of this order`);
    const {sku} = line;
    await tx.return_lines.create({data: {return_id: id, line_id, value_line_id: valueLineOf(line), sku, qty, reason}});
  }
  return found;
}

/** Back to the warehouse that sent most of it; what a supplier sent goes to the first warehouse of our own. */
async function destinationOf(tx: Tx, wanted: readonly WantedLine[]): Promise<string> {
  const ids = wanted.map((l) => l.line_id);
  const rows = await tx.$queryRaw<{id: string}[]>`
    SELECT w.id FROM warehouses w LEFT JOIN sub_orders s ON s.source_id = w.id
      LEFT JOIN sub_order_lines p ON p.sub_order_id = s.id AND p.line_id = ANY(${ids})
    GROUP BY w.id, w.active, w.priority
    ORDER BY coalesce(sum(p.delivered), 0) DESC, w.active DESC, w.priority DESC, w.id LIMIT 1`;
  const place = rows[0]?.id;
  if (!place) throw new Error('there is no warehouse to send anything back to');
  return place;
}
