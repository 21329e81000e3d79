import {advanceSubOrder} from './advance-sub-order.ts';
import {recordDerived} from './record-derived.ts';
import {cancelUnits, findCancellable, type Cancellable} from './cancel-units.ts';
import {closePurchase, isWithSupplier} from './cancel-supply.ts';
import {closePick} from './close-pick.ts';
import {tellEnd} from './continue-run.ts';
import type {StoreContext, Tx} from './context.ts';
import {endOrderUnits} from './end-order.ts';
import type {order_lines, orders} from './generated/client.ts';
import {tellSubOrder} from './queue-signal.ts';
import {type Actor, lockOrder} from './record-change.ts';
import {remainingTotals} from './remaining-totals.ts';
import {transact} from './transact.ts';
import {lockQueues, settleEarmarks} from './waiting-lines.ts';

export interface CancelInput {
  order_id: string;
  lines?: {line_id: string; qty: number}[];
  /** only units that wait for stock */
  waiting_only?: boolean;
  reason: string;
  actor: string;
  role: string;
  /** the same request counts once */
  request_id: string;
}

export interface CancelOutcome {
  cancelled: {line_id: string; qty: number}[];
  refused: {line_id: string; qty: number; code: string}[];
}

/**
 * Cancels units that nobody has picked yet; what is too late is refused with a code, line by line. The pick task's
 * rows arbitrate between the customer and the picker: both change them under the order's lock.
 */
export function cancelLines(context: StoreContext, input: CancelInput): Promise<CancelOutcome> {
  return transact(context, async (tx) => {
    const order = await lockOrder(tx, input.order_id);
    const done = await findAnswer(tx, input.request_id);
    if (done) return done;
    const by = {actor: input.actor, role: input.role};
    const lines = await tx.order_lines.findMany({where: {order_id: order.id}, orderBy: {position: 'asc'}});
    const wanted =
      input.lines ?? lines.filter((l) => l.cancelled < l.qty).map((l) => ({line_id: l.id, qty: l.qty - l.cancelled}));
    const unplaced = (await tx.sub_orders.count({where: {order_id: order.id}})) === 0;
    const outcome = unplaced
      ? await cancelUnplaced(context, tx, order, lines, wanted, input)
      : await cancelPlaced(context, tx, order, lines, wanted, input, by);
    if (outcome.cancelled.length > 0) await storeAnswer(context, tx, input, outcome);
    return outcome;
  });
}

/** Before any place is confirmed an order is cancelled whole or not at all. */
async function cancelUnplaced(
  context: StoreContext,
  tx: Tx,
  order: orders,
  lines: order_lines[],
  wanted: {line_id: string; qty: number}[],
  input: CancelInput,
): Promise<CancelOutcome> {
  const whole = lines.every((l) => wanted.some((w) => w.line_id === l.id && w.qty >= l.qty - l.cancelled));
  if (!whole || order.status === 'cancelled') {
    const code = order.status === 'cancelled' ? 'already_cancelled' : 'not_yet_allocated';
    return {cancelled: [], refused: wanted.map((w) => ({...w, code}))};
  }
  await endOrderUnits(context, tx, order, {
    reason: input.reason,
    note: input.reason,
    by: {actor: input.actor, role: input.role},
  });
  return {cancelled: lines.map((l) => ({line_id: l.id, qty: l.qty})), refused: []};
}

async function cancelPlaced(
  context: StoreContext,
  tx: Tx,
  order: orders,
  lines: order_lines[],
  wanted: {line_id: string; qty: number}[],
  input: CancelInput,
  by: Actor,
): Promise<CancelOutcome> {
  const outcome: CancelOutcome = {cancelled: [], refused: []};
  const takes: (Cancellable & {take: number})[] = [];
  for (const want of merge(wanted)) {
    const line = lines.find((l) => l.id === want.line_id);
    const found = line ? await findCancellable(tx, line) : [];
    const possible = input.waiting_only ? found.filter((part) => part.warehouse_id === null) : found;
    let left = want.qty;
    for (const part of possible) {
      const take = Math.min(left, part.qty);
      if (take > 0) takes.push({...part, take});
      left -= take;
    }
    if (want.qty > left) outcome.cancelled.push({line_id: want.line_id, qty: want.qty - left});
    if (left > 0)
      outcome.refused.push({line_id: want.line_id, qty: left, code: line ? await whyNot(tx, line) : 'unknown_line'});
  }
  if (takes.length === 0) return outcome;
  takes.sort((a, b) => compare(a.sku, b.sku) || compare(a.warehouse_id ?? '', b.warehouse_id ?? ''));
  const skus = takes.map((t) => t.sku);
  await lockQueues(tx, skus);
  for (const part of takes) await cancelUnits(context, tx, order, part, part.take, by, input.request_id);
  await settleEarmarks(tx, skus);
  const current = await closeParts(
    context,
    tx,
    order,
    [...new Set(takes.map((t) => t.sub_order_id))],
    by,
    input.request_id,
  );
  const totals = await remainingTotals(tx, order.id);
  const note = input.reason;
  await recordDerived(context, tx, current, {
    type: 'order.lines_cancelled',
    by,
    note,
    data: {lines: outcome.cancelled},
    patch: {...totals, cancel_reason: input.reason},
  });
  return outcome;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function merge(wanted: {line_id: string; qty: number}[]): {line_id: string; qty: number}[] {
  const sums = new Map<string, number>();
  for (const w of wanted) sums.set(w.line_id, (sums.get(w.line_id) ?? 0) + w.qty);
  return [...sums].map(([line_id, qty]) => ({line_id, qty}));
}

async function whyNot(tx: Tx, line: order_lines): Promise<string> {
  if (line.cancelled === line.qty) return 'already_cancelled';
  if (await isWithSupplier(tx, line.id)) return 'with_supplier';
  if (line.ever_shipped > 0) return 'already_shipped';
  if (line.ever_picked > 0) return 'already_picked';
  return 'more_than_open';
}

/** Sub-orders with nothing left end; pick tasks whose rest is picked already close. */
export async function closeParts(
  context: StoreContext,
  tx: Tx,
  order: orders,
  subOrderIds: string[],
  by: Actor,
  requestId: string,
): Promise<orders> {
  let current = order;
  for (const id of subOrderIds) {
    const sub = await tx.sub_orders.findUniqueOrThrow({where: {id}});
    const parts = await tx.sub_order_lines.findMany({where: {sub_order_id: id}});
    if (sub.source_kind === 'supplier') await closePurchase(context, tx, id);
    const task = await tx.tasks.findFirst({where: {sub_order_id: id, kind: 'pick', state: 'open'}});
    if (parts.every((p) => p.cancelled === p.qty)) {
      if (task) await tx.tasks.update({where: {id: task.id}, data: {state: 'cancelled', closed_at: context.now()}});
      current = await advanceSubOrder(context, tx, current, sub, {to: 'CANCELLED', by});
      await tellSubOrder(context, tx, id, 'cancelled', `${requestId}:${id}`);
      await tellEnd(context, tx, order.id, {sub_order_id: id, end: 'cancelled', unplaced: true});
    } else if (task) {
      current = await closePick(context, tx, current, task, by, `${requestId}:${id}`);
    }
  }
  return current;
}

async function findAnswer(tx: Tx, requestId: string): Promise<CancelOutcome | null> {
  const row = await tx.decisions.findUnique({where: {id: `cancel:${requestId}`}});
  return row ? (row.output as unknown as CancelOutcome) : null;
}

async function storeAnswer(context: StoreContext, tx: Tx, input: CancelInput, outcome: CancelOutcome): Promise<void> {
  await tx.decisions.create({
    data: {
      id: `cancel:${input.request_id}`,
      order_id: input.order_id,
      kind: 'cancel',
      policy_version: 0,
      inputs: JSON.parse(JSON.stringify({lines: input.lines ?? 'all'})),
      output: JSON.parse(JSON.stringify(outcome)),
      at: context.now(),
    },
  });
}
