import type {GradedUnits} from '../domain/returns/refund.ts';
import type {ReturnPolicy} from '../domain/returns/policy.ts';
import {isReturnEnded, type ReturnState} from '../domain/returns/state.ts';
import type {Grade} from '../domain/returns/terms.ts';
import type {ConfirmedPart} from './confirm-plan.ts';
import type {StoreContext, Tx} from './context.ts';
import {lockReturn} from './lock-return.ts';
import {exchangeParts, placeExchange} from './exchange-return.ts';
import type {orders, return_findings, return_lines, returns} from './generated/client.ts';
import {moveReturn} from './move-return.ts';
import {type GradedLine, type PaidBack, payBack} from './pay-return.ts';
import {StockLostError} from './place-units.ts';
import {SYSTEM} from './record-change.ts';
import {recordDerived} from './record-derived.ts';
import {returnPolicyOf} from './return-facts.ts';
import {restock} from './return-stock.ts';
import {transact} from './transact.ts';

export interface SettleInput {
  return_id: string;
  /** what was sent in exchange has come to its end */
  exchange_over: boolean;
}

export type SettleResult =
  /** nothing more to do now: closed, or something is awaited */
  | {outcome: 'closed' | 'waits'}
  /** the money cannot be given back yet */
  | {outcome: 'later'; code: string}
  /** these parts are to be sent in exchange, by the caller */
  | {outcome: 'exchange'; parts: ConfirmedPart[]; order: {number: string; delivery_sla: string}};

/**
 * Does for a return whatever is due now: goods back on the shelf, money back or the same sent again, its end. Each once,
 * however often it is asked.
 */
export async function settleReturn(context: StoreContext, input: SettleInput): Promise<SettleResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact(context, (tx) => settle(context, tx, input));
    } catch (error) {
      if (!(error instanceof StockLostError) || attempt >= 5) throw error;
    }
  }
}

async function settle(context: StoreContext, tx: Tx, input: SettleInput): Promise<SettleResult> {
  const locked = await lockReturn(tx, input.return_id);
  if (!locked || isReturnEnded(locked.found.state as ReturnState)) return {outcome: 'closed'};
  const facts = await readFacts(tx, locked.order, locked.found);
  let {order, found} = locked;
  if (found.state === 'inspected') await restock(context, tx, order, found, facts.lines, facts.findings);
  if (isDue(found, facts.policy)) {
    const paid = await settleOnce(context, tx, order, found, facts);
    if (paid.outcome === 'later') return paid;
    ({order, found} = paid);
  }
  if (found.refund_at === null || found.state !== 'inspected') return unfinished(tx, order, found, input);
  if (found.resolution === 'exchange') {
    if (!input.exchange_over) return unfinished(tx, order, found, input);
    const over = await giveUpRest(context, tx, order, found, facts);
    if (over.outcome === 'later') return over;
    order = over.order;
  }
  await moveReturn(context, tx, order, found, {to: 'closed', by: SYSTEM, data: {amount: found.refund_amount ?? 0n}});
  return {outcome: 'closed'};
}

interface Facts {
  policy: ReturnPolicy;
  lines: return_lines[];
  findings: return_findings[];
}

async function readFacts(tx: Tx, order: orders, found: returns): Promise<Facts> {
  const where = {return_id: found.id};
  return {
    policy: await returnPolicyOf(tx, order),
    lines: await tx.return_lines.findMany({where, orderBy: {line_id: 'asc'}}),
    findings: await tx.return_findings.findMany({where, orderBy: [{line_id: 'asc'}, {grade: 'asc'}]}),
  };
}

/** Once: on the scan where the policy trusts what was announced, else on what was found. */
function isDue(found: returns, policy: ReturnPolicy): boolean {
  if (found.refund_at !== null) return false;
  return found.state === 'inspected' || (found.state === 'received' && policy.refund_on === 'scan');
}

async function unfinished(tx: Tx, order: orders, found: returns, input: SettleInput): Promise<SettleResult> {
  if (found.resolution !== 'exchange' || found.refund_at === null || input.exchange_over) return {outcome: 'waits'};
  const {number, delivery_sla} = order;
  return {outcome: 'exchange', parts: await exchangeParts(tx, found.id), order: {number, delivery_sla}};
}

type Settled = {outcome: 'settled'; order: orders; found: returns} | {outcome: 'later'; code: string};

async function settleOnce(
  context: StoreContext,
  tx: Tx,
  order: orders,
  found: returns,
  {policy, lines, findings}: Facts,
): Promise<Settled> {
  const inspected = found.state === 'inspected';
  const graded = lines.map((line) => ({line, graded: inspected ? gradesOf(findings, line) : trusted(line.qty)}));
  const sent = found.resolution === 'exchange' ? await placeExchange(context, tx, order, found, graded) : null;
  if (sent) return accept(context, tx, sent, found, graded, null);
  const asked = await payBack(context, tx, order, {
    found,
    policy,
    lines: graded,
    cause: `return:${found.id}`,
    fee: found.kind === 'customer',
  });
  if (asked.outcome === 'later') return asked;
  return accept(context, tx, asked.order, found, graded, asked.paid);
}

const trusted = (qty: number): GradedUnits[] => [{grade: 'as_new', qty}];

const gradesOf = (findings: readonly return_findings[], line: return_lines): GradedUnits[] =>
  findings.filter((f) => f.line_id === line.line_id).map(({grade, qty}) => ({grade: grade as Grade, qty}));

/** The units count as returned; `paid` null: the same was sent again instead. */
async function accept(
  context: StoreContext,
  tx: Tx,
  order: orders,
  found: returns,
  graded: readonly GradedLine[],
  paid: readonly PaidBack[] | null,
): Promise<Settled> {
  let amount = 0;
  const told: {line_id: string; qty: number; amount: number}[] = [];
  for (const {line, graded: units} of graded) {
    const qty = units.reduce((sum, u) => sum + (u.grade === 'missing' ? 0 : u.qty), 0);
    const back = paid?.find((p) => p.line.line_id === line.line_id);
    const worth = back ? back.goods + back.shipping : 0;
    amount += worth;
    told.push({line_id: line.line_id, qty, amount: worth});
    await tx.$executeRaw`UPDATE order_lines SET returned = returned + ${qty} WHERE id = ${line.line_id}`;
    await tx.return_lines.update({
      where: {return_id_line_id: {return_id: found.id, line_id: line.line_id}},
      data: {accepted: qty, paid_back: back?.qty ?? 0, refund_amount: BigInt(worth)},
    });
  }
  const at = context.now();
  const resolution = paid ? 'refund' : 'exchange';
  const row = await tx.returns.update({
    where: {id: found.id},
    data: {refund_at: at, refund_amount: BigInt(amount), resolution, updated_at: at},
  });
  const data = {return_id: found.id, resolution, lines: told, ...(paid ? {amount} : {})};
  const current = await recordDerived(context, tx, order, {type: 'order.return_settled', by: SYSTEM, data});
  return {outcome: 'settled', order: current, found: row};
}

/** What was to be sent in exchange and never arrived is paid back instead. */
async function giveUpRest(
  context: StoreContext,
  tx: Tx,
  order: orders,
  found: returns,
  {policy, lines}: Facts,
): Promise<{outcome: 'done'; order: orders} | {outcome: 'later'; code: string}> {
  await tx.$executeRaw`UPDATE order_lines SET cancelled = cancelled + unallocated, unallocated = 0
    WHERE order_id = ${order.id} AND return_id = ${found.id}`;
  const sent = await tx.order_lines.findMany({where: {order_id: order.id, return_id: found.id}});
  const left = new Map<string, number>();
  for (const {value_line_id, qty, delivered} of sent) {
    if (value_line_id) left.set(value_line_id, (left.get(value_line_id) ?? 0) + qty - delivered);
  }
  const graded = lines.map((line) => {
    const qty = Math.min(line.accepted, left.get(line.value_line_id) ?? 0);
    left.set(line.value_line_id, (left.get(line.value_line_id) ?? 0) - qty);
    return {line, graded: trusted(qty)};
  });
  if (graded.every(({graded: [units]}) => units?.qty === 0)) return {outcome: 'done', order};
  const cause = `return:${found.id}:unsent`;
  const asked = await payBack(context, tx, order, {found, policy, lines: graded, cause, fee: false});
  if (asked.outcome === 'later') return asked;
  let amount = 0;
  for (const {line, qty, goods, shipping} of asked.paid) {
    amount += goods + shipping;
    await tx.return_lines.update({
      where: {return_id_line_id: {return_id: found.id, line_id: line.line_id}},
      data: {paid_back: {increment: qty}, refund_amount: {increment: goods + shipping}},
    });
  }
  await tx.returns.update({where: {id: found.id}, data: {refund_amount: {increment: amount}}});
  const data = {return_id: found.id, reason: 'exchange_failed', amount};
  const current = await recordDerived(context, tx, asked.order, {type: 'order.exchange_given_up', by: SYSTEM, data});
  return {outcome: 'done', order: current};
}
