import {
  heldThen,
  type Moment,
  momentAt,
  type Past,
  refundedThen,
  type Step,
  stepsOf,
  TOLD,
} from '../../domain/order/past.ts';
import type {StoreContext, Tx} from '../context.ts';
import type {orders} from '../generated/client.ts';
import {type MoneyView, money} from './shapes.ts';

export async function readPast({prisma}: {prisma: StoreContext['prisma'] | Tx}, orderId: string): Promise<Past> {
  const [events, audit, holds] = await Promise.all([
    prisma.events.findMany({where: {order_id: orderId}, orderBy: {seq: 'asc'}}),
    prisma.order_audit.findMany({where: {order_id: orderId}, orderBy: {id: 'asc'}}),
    prisma.payments.findMany({where: {order_id: orderId, multicapture: true}, select: {id: true}}),
  ]);
  return {
    events: events.map(({seq, at, type, sub_order_id, data}) => {
      return {seq, at: at.toISOString(), type, sub_order_id, data: data as Record<string, unknown>};
    }),
    audit: audit.map(({seq, subject, to_state: to, note}) => ({seq, subject, to, note})),
    multicapture: new Set(holds.map(({id}) => id)),
  };
}

export interface MomentView {
  seq: number;
  at: string;
  /** of the last event there is: this moment is the past where `seq` is below it */
  last_seq: number;
  order: Record<(typeof TOLD)[number], unknown>;
  sub_orders: {sub_order_id: string; stage: string}[];
  lines: {line_id: string; sku: string; qty: number; cancelled: number}[];
  money: {held: MoneyView; captured: MoneyView; refunded: MoneyView};
  /** what made it so */
  step: Step;
}

/** An order as it was after its event `seq`, or at a time; null before its first event. */
export async function readMoment(
  context: StoreContext,
  order: orders,
  wanted: {seq: number} | {at: Date},
): Promise<MomentView | null> {
  const past = await readPast(context, order.id);
  const limit = 'at' in wanted ? wanted.at.toISOString() : null;
  const moment = momentAt(past, (event) => ('seq' in wanted ? event.seq <= wanted.seq : event.at <= (limit ?? '')));
  const step = moment && stepsOf({...past, events: past.events.slice(0, moment.seq)}).at(-1);
  return moment && step ? momentView(moment, step, order) : null;
}

function momentView(moment: Moment, step: Step, {currency, last_seq}: orders): MomentView {
  return {
    seq: moment.seq,
    at: moment.at,
    last_seq,
    order: Object.fromEntries(TOLD.map((column) => [column, moment.order[column] ?? null])) as MomentView['order'],
    sub_orders: Object.entries(moment.stages).map(([sub_order_id, stage]) => ({sub_order_id, stage})),
    lines: Object.values(moment.lines),
    money: {
      held: money(heldThen(moment), currency),
      captured: money(moment.captured, currency),
      refunded: money(refundedThen(moment), currency),
    },
    step,
  };
}

/** Every step of an order from its event `after` on, oldest first. */
export async function readSteps(context: StoreContext, orderId: string, after = 0): Promise<Step[]> {
  return stepsOf(await readPast(context, orderId)).filter(({seq}) => seq > after);
}
