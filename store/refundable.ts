import {deliveredValue, sumOf} from '../domain/payment/amounts.ts';
import type {CaptureLeft, LinePaid, RefundLine} from '../domain/payment/refundable.ts';
import {runningShare} from '../domain/money/share.ts';
import {toPart} from './begin-hold.ts';
import type {Tx} from './context.ts';
import type {captures, disputes, order_lines, refunds} from './generated/client.ts';
import {groupBy} from './views/shapes.ts';

/** What of an order's money can still be given back; only true under the order's lock. */
export interface Refundable {
  /** newest first */
  captures: CaptureLeft[];
  /** minor units, over all captures */
  possible: number;
  lines: LinePaid[];
  shipping: {paid: number; refunded: number};
  /** a bank is judging about the money: nothing is given back meanwhile */
  disputed: boolean;
}

/** States of refunds that give nothing back. */
export const VOID_REFUNDS: readonly string[] = ['failed', 'rejected'];
/** States of disputes that are not decided. */
export const OPEN_DISPUTES: readonly string[] = ['open', 'submitted'];

/** A bank is judging about money of this order; only true under the order's lock. */
export async function isDisputed(tx: Tx, orderId: string): Promise<boolean> {
  return (await tx.disputes.count({where: {order_id: orderId, state: {in: [...OPEN_DISPUTES]}}})) > 0;
}

/** `except`: refunds that are looked at anew and therefore not counted. */
export async function readRefundable(tx: Tx, orderId: string, except: readonly string[] = []): Promise<Refundable> {
  const taken = await tx.captures.findMany({
    where: {order_id: orderId, state: 'done'},
    orderBy: [{created_at: 'desc'}, {id: 'desc'}],
  });
  const given = await tx.refunds.findMany({
    where: {order_id: orderId, state: {notIn: [...VOID_REFUNDS]}, id: {notIn: [...except]}},
  });
  const disputed = await tx.disputes.findMany({where: {order_id: orderId}});
  const captures = leftOf(taken, given, disputed);
  const lines = await tx.order_lines.findMany({where: {order_id: orderId}, orderBy: {position: 'asc'}});
  const paid = await paidLines(tx, lines, taken, given);
  return {
    captures,
    possible: captures.reduce((sum, {left}) => sum + left, 0),
    lines: paid.map(({shipping: _, ...line}) => line),
    shipping: {
      paid: paid.reduce((sum, {shipping}) => sum + shipping, 0),
      refunded: total(given.filter(({kind}) => kind === 'shipping')),
    },
    disputed: disputed.some(({state}) => OPEN_DISPUTES.includes(state)),
  };
}

const total = (rows: readonly {amount: bigint}[]) => rows.reduce((sum, {amount}) => sum + Number(amount), 0);

/** Each capture without what went back of it, and each payment without what a bank took of it for good. */
function leftOf(taken: captures[], given: refunds[], disputed: disputes[]): CaptureLeft[] {
  const refundsOf = groupBy(given, ({capture_id}) => capture_id);
  const lost = groupBy(
    disputed.filter(({state}) => state === 'lost'),
    ({payment_id}) => payment_id,
  );
  const ofPayment = new Map<string, number>();
  for (const [id, group] of groupBy(taken, ({payment_id}) => payment_id)) {
    const back = total(given.filter(({payment_id}) => payment_id === id));
    ofPayment.set(id, Math.max(0, total(group) - back - total(lost.get(id) ?? [])));
  }
  return taken.map(({id, payment_id, sub_order_id, amount}) => {
    const room = ofPayment.get(payment_id) ?? 0;
    const left = Math.max(0, Math.min(room, Number(amount) - total(refundsOf.get(id) ?? [])));
    ofPayment.set(payment_id, room - left);
    return {capture_id: id, payment_id, sub_order_id, left};
  });
}

async function paidLines(tx: Tx, lines: order_lines[], taken: captures[], given: refunds[]) {
  const parts = await tx.sub_order_lines.findMany({
    where: {sub_order_id: {in: taken.map(({sub_order_id}) => sub_order_id)}},
  });
  const partsOf = groupBy(parts, ({line_id}) => line_id);
  const back = groupBy(
    given.flatMap((refund) => refund.lines as unknown as RefundLine[]),
    ({line_id}) => line_id,
  );
  return lines.map((line) => {
    const mine = partsOf.get(line.id) ?? [];
    const units = mine.reduce((sum, {delivered}) => sum + delivered, 0);
    const shipping = runningShare(Number(line.shipping_amount), units, line.qty);
    const refunded = back.get(line.id) ?? [];
    return {
      line_id: line.id,
      units,
      amount: sumOf(mine.map(toPart), deliveredValue) - shipping,
      shipping,
      refunded_units: refunded.reduce((sum, {qty}) => sum + qty, 0),
      refunded_amount: refunded.reduce((sum, {amount}) => sum + amount, 0),
    };
  });
}
