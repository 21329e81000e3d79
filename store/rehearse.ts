import {type Consequence, consequencesOf, type Standing} from '../domain/order/consequences.ts';
import {templateFor} from '../domain/messages/templates.ts';
import {stillToHold} from './begin-hold.ts';
import {inside} from './begin-change.ts';
import type {StoreContext, Tx} from './context.ts';
import type {orders} from './generated/client.ts';
import {lockOrder} from './record-change.ts';

export interface Rehearsal<T> {
  /** of the order as it is now: what was rehearsed holds for this version only */
  version: number;
  result: T;
  consequences: Consequence[];
}

/** Carries what was found out of a transaction that leaves nothing behind. */
class Rehearsed extends Error {
  readonly found: unknown;
  constructor(found: unknown) {
    super('only tried out');
    this.found = found;
  }
}

/**
 * Does something to an order and takes all of it back: the same verbs that would do it say what would come of it.
 * Whatever calls a provider is not part of a verb, so nothing outside hears of it.
 */
export async function rehearse<T>(
  context: StoreContext,
  orderId: string,
  act: (context: StoreContext) => Promise<T>,
): Promise<Rehearsal<T>> {
  try {
    await context.prisma.$transaction(async (transaction) => {
      const tx = transaction as Tx;
      await tx.$executeRaw`SET LOCAL lock_timeout = '3s'`;
      const order = await lockOrder(tx, orderId);
      const before = await standingOf(tx, order);
      const result = await act({...inside(context, tx), rehearsal: tx});
      const after = await standingOf(tx, await lockOrder(tx, orderId));
      const consequences = [...consequencesOf(before, after), ...(await messagesOf(tx, order))];
      throw new Rehearsed({version: order.last_seq, result, consequences} satisfies Rehearsal<T>);
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.found as Rehearsal<T>;
    throw error;
  }
  throw new Error('a rehearsal was kept');
}

/** What the customer would be told. */
async function messagesOf(tx: Tx, {id, last_seq}: orders): Promise<Consequence[]> {
  const events = await tx.events.findMany({where: {order_id: id, seq: {gt: last_seq}}, orderBy: {seq: 'asc'}});
  const templates = new Set(events.flatMap(({type}) => templateFor(type) ?? []));
  // one end, one mail: see views/mail-facts.ts
  if (templates.has('cancelled')) templates.delete('lines_cancelled');
  return [...templates].map((template) => ({kind: 'message', template}));
}

async function standingOf(tx: Tx, order: orders): Promise<Standing> {
  const where = {order_id: order.id};
  const lines = await tx.order_lines.findMany({where});
  const subs = await tx.sub_orders.findMany({where});
  const parcels = await tx.parcels.findMany({where});
  const refunds = await tx.refunds.findMany({where});
  const returns = await tx.returns.findMany({where});
  const holds = await tx.payments.findMany({where: {...where, state: 'authorized'}});
  const placed = subs.length > 0;
  return {
    status: order.status,
    waiting_on: order.waiting_on,
    held_until: order.held_until?.toISOString() ?? null,
    total: Number(order.total_amount),
    held: holds.reduce((sum, hold) => sum + Number(hold.amount - hold.captured_amount), 0),
    to_be_charged: placed ? await stillToHold(tx, order, undefined) : openTotal(order),
    lines: byId(lines, ({sku, qty, cancelled, backordered}) => ({sku, qty, cancelled, backordered})),
    parts: byId(subs, ({stage, source_id}) => ({stage, source: source_id})),
    tasks: await tasksOf(tx, order.id),
    parcels: byId(parcels, ({state, label_state, carrier, tracking_number}) => {
      return {state, label: label_state, carrier, tracking_number};
    }),
    refunds: byId(refunds, ({amount, state}) => ({amount: Number(amount), state})),
    returns: byId(returns, ({state}) => ({state})),
  };
}

/** Before any place is confirmed an order costs all of it, or nothing once it is cancelled. */
const openTotal = ({status, total_amount}: orders) => (status === 'cancelled' ? 0 : Number(total_amount));

const byId = <R extends {id: string}, T>(rows: readonly R[], view: (row: R) => T): Record<string, T> =>
  Object.fromEntries(rows.map((row) => [row.id, view(row)]));

async function tasksOf(tx: Tx, orderId: string): Promise<Standing['tasks']> {
  const rows = await tx.$queryRaw<{id: string; kind: string; state: string; warehouse_id: string; units: number}[]>`
    SELECT t.id, t.kind, t.state, t.warehouse_id, coalesce(sum(s.qty - s.picked - s.short), 0)::int AS units
      FROM tasks t LEFT JOIN task_stops s ON s.task_id = t.id WHERE t.order_id = ${orderId} GROUP BY t.id`;
  return byId(rows, ({kind, state, warehouse_id, units}) => ({kind, state, warehouse: warehouse_id, units}));
}
