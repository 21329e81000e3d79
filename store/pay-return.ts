import type {ReturnPolicy} from '../domain/returns/policy.ts';
import {atMost, type GradedUnits, type LineRefund, lessFee, refundOf, totalOf} from '../domain/returns/refund.ts';
import type {ReturnReason} from '../domain/returns/terms.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders, return_lines, returns} from './generated/client.ts';
import {SYSTEM} from './record-change.ts';
import {feeFor} from './request-return.ts';
import {requestRefund} from './request-refund.ts';
import {type PaidUnits, readPaid} from './return-facts.ts';

/** Units of one line of a return that count as back, by what was found. */
export interface GradedLine {
  line: return_lines;
  graded: readonly GradedUnits[];
}

export interface PaidBack extends LineRefund {
  line: return_lines;
}

export type PayOutcome = {outcome: 'asked'; order: orders; paid: PaidBack[]} | {outcome: 'later'; code: string};

/**
 * Asks for what the units of a return bring back. `later`: their money has not been taken yet, or a bank is judging
 * about it. More than there is to give back is never asked for. `fee`: false where nobody sent anything back.
 */
export async function payBack(
  context: StoreContext,
  tx: Tx,
  order: orders,
  {
    found,
    policy,
    lines,
    cause,
    fee,
  }: {found: returns; policy: ReturnPolicy; lines: GradedLine[]; cause: string; fee: boolean},
): Promise<PayOutcome> {
  const paidFor = await readPaid(tx, order.id);
  if (lines.some(({line}) => paidFor(line.value_line_id).unpaid > 0)) return {outcome: 'later', code: 'not_captured'};
  const refunds = lessFee(
    worthOf(policy, paidFor, lines),
    fee
      ? feeFor(
          policy,
          lines.map(({line}) => line),
        )
      : 0,
  );
  const ask = (paid: PaidBack[]) =>
    requestRefund(context, tx, {
      order,
      kind: 'return',
      lines: byValueLine(paid),
      amount: totalOf(paid),
      reason: 'returned',
      by: SYSTEM,
      request_id: cause,
      subject_id: found.id,
    });
  if (totalOf(refunds) === 0) return {outcome: 'asked', order, paid: refunds};
  const answer = await ask(refunds);
  if ('refund_ids' in answer) return {outcome: 'asked', order: answer.order, paid: refunds};
  if (answer.refused !== 'refund_too_large') return {outcome: 'later', code: answer.refused};
  // part of the money went back otherwise: the rest of it is what is left to give
  const rest = atMost(refunds, answer.possible);
  if (totalOf(rest) === 0) return {outcome: 'asked', order, paid: rest};
  const again = await ask(rest);
  if ('refund_ids' in again) return {outcome: 'asked', order: again.order, paid: rest};
  return {outcome: 'later', code: again.refused};
}

function worthOf(policy: ReturnPolicy, paidFor: (id: string) => PaidUnits, lines: readonly GradedLine[]): PaidBack[] {
  const taken = new Map<string, number>();
  return lines.map(({line, graded}) => {
    const paid = paidFor(line.value_line_id);
    const before = paid.before + (taken.get(line.value_line_id) ?? 0);
    const refund = refundOf(policy, {...paid, before}, line.reason as ReturnReason, graded);
    taken.set(line.value_line_id, (taken.get(line.value_line_id) ?? 0) + refund.qty);
    return {...refund, line};
  });
}

function byValueLine(refunds: readonly PaidBack[]): {line_id: string; qty: number; amount: number}[] {
  const sums = new Map<string, {line_id: string; qty: number; amount: number}>();
  for (const {line, qty, goods} of refunds) {
    if (qty === 0) continue;
    const sum = sums.get(line.value_line_id) ?? {line_id: line.value_line_id, qty: 0, amount: 0};
    sums.set(line.value_line_id, {...sum, qty: sum.qty + qty, amount: sum.amount + goods});
  }
  return [...sums.values()];
}
