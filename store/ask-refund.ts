import {type RefundLine, worthOfUnits} from '../domain/payment/refundable.ts';
import type {StoreContext} from './context.ts';
import {type Actor, lockOrder} from './record-change.ts';
import {type Refundable, readRefundable} from './refundable.ts';
import {type RefundAnswer, requestRefund} from './request-refund.ts';
import {transact} from './transact.ts';

export interface AskedRefund {
  order_id: string;
  kind: 'line' | 'shipping' | 'goodwill';
  /** `line` only */
  lines?: readonly {line_id: string; qty: number}[];
  /** minor units; absent for lines, whose worth is computed, and for all that is left of the shipping charge */
  amount?: number;
  reason: string;
  by: Actor;
  /** the same request counts once */
  request_id: string;
}

/** `possible`: minor units, or units of the line, that could be given back instead. */
export type AskedAnswer = RefundAnswer | {refused: 'unknown_line' | 'too_many_units'; line: number; possible: number};

/** A person asks for money to be given back; what units are worth is computed, never taken from the request. */
export function askRefund(context: StoreContext, input: AskedRefund): Promise<AskedAnswer> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    const {kind, reason, by, request_id} = input;
    const request = {order, kind, reason, by, request_id};
    const known = await tx.refunds.count({where: {order_id: order.id, kind, request_id}});
    if (known > 0) return requestRefund(context, tx, {...request, amount: 0});
    const refundable = await readRefundable(tx, order.id);
    if (kind !== 'line') {
      const {paid, refunded} = refundable.shipping;
      const amount = input.amount ?? Math.max(0, paid - refunded);
      return requestRefund(context, tx, {...request, amount});
    }
    const lines = worthOf(input.lines ?? [], refundable);
    if (!Array.isArray(lines)) return lines;
    const amount = lines.reduce((sum, line) => sum + line.amount, 0);
    return requestRefund(context, tx, {...request, amount, lines});
  });
}

function worthOf(
  wanted: readonly {line_id: string; qty: number}[],
  {lines}: Refundable,
): RefundLine[] | (AskedAnswer & {line: number}) {
  const worths: RefundLine[] = [];
  for (const [line, {line_id, qty}] of wanted.entries()) {
    const paid = lines.find((known) => known.line_id === line_id);
    if (!paid) return {refused: 'unknown_line', line, possible: 0};
    const amount = worthOfUnits(paid, qty);
    if (amount === null) return {refused: 'too_many_units', line, possible: paid.units - paid.refunded_units};
    worths.push({line_id, qty, amount});
  }
  return worths;
}
