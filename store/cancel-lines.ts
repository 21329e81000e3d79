import type {PointOfNoReturn} from '../domain/policy/changes.ts';
import {advanceSubOrder} from './advance-sub-order.ts';
import {recordDerived} from './record-derived.ts';
import {closePurchase} from './cancel-supply.ts';
import {cancelUnits} from './cancel-units.ts';
import {chooseUnits} from './choose-units.ts';
import {closePick} from './close-pick.ts';
import {tellEnd} from './continue-run.ts';
import type {StoreContext, Tx} from './context.ts';
import {endOrderUnits} from './end-order.ts';
import type {order_lines, orders} from './generated/client.ts';
import {tellSubOrder} from './queue-signal.ts';
import {type Actor, lockOrder} from './record-change.ts';
import {remainingTotals} from './remaining-totals.ts';
import {transact} from './transact.ts';
import {packAgain, unpack, unpickUnits} from './unpick-units.ts';
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
  /** somebody of the house asks: units that are picked or packed already are put back */
  unpick?: boolean;
  /** how far a part may have come; beyond `pick` its units are put back without being asked to */
  until?: PointOfNoReturn;
  /** the change of quantities that asks for it */
  change_id?: string;
  /** only to the order as it was seen: the number of its last event then */
  if_version?: number;
}

/** Why nothing is done to an order that is not as it was seen. */
export const ORDER_CHANGED = 'order_changed';

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
    const {order: _order, ...outcome} = await cancelWithin(context, tx, await lockOrder(tx, input.order_id), input);
    return outcome;
  });
}

/** The same inside a transaction that holds the order's lock; with the order as it is afterwards. */
export async function cancelWithin(
  context: StoreContext,
  tx: Tx,
  order: orders,
  input: CancelInput,
): Promise<CancelOutcome & {order: orders}> {
  const done = await findAnswer(tx, input.request_id);
  if (done) return {...done, order};
  const lines = await tx.order_lines.findMany({where: {order_id: order.id}, orderBy: {position: 'asc'}});
  const wanted =
    input.lines ?? lines.filter((l) => l.cancelled < l.qty).map((l) => ({line_id: l.id, qty: l.qty - l.cancelled}));
  if (input.if_version !== undefined && input.if_version !== order.last_seq) {
    return {cancelled: [], refused: wanted.map((line) => ({...line, code: ORDER_CHANGED})), order};
  }
  const unplaced = (await tx.sub_orders.count({where: {order_id: order.id}})) === 0;
  const outcome = unplaced
    ? {...(await cancelUnplaced(context, tx, order, lines, wanted, input)), order}
    : await cancelPlaced(context, tx, order, lines, wanted, input);
  if (outcome.cancelled.length > 0) await storeAnswer(context, tx, input, outcome);
  return outcome;
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
): Promise<CancelOutcome & {order: orders}> {
  const {outcome, takes, unpicks} = await chooseUnits(tx, lines, wanted, input);
  if (takes.length === 0 && unpicks.length === 0) return {...outcome, order};
  const by = {actor: input.actor, role: input.role};
  takes.sort((a, b) => compare(a.sku, b.sku) || compare(a.warehouse_id ?? '', b.warehouse_id ?? ''));
  const skus = takes.map((t) => t.sku);
  await lockQueues(tx, skus);
  for (const part of takes) await cancelUnits(context, tx, order, part, part.take, by, input.request_id);
  await settleEarmarks(tx, skus);
  if (unpicks.length > 0) await unpickUnits(context, tx, order, unpicks);
  const touched = [...new Set([...takes, ...unpicks].map((t) => t.sub_order_id))];
  const opened = new Set(unpicks.map((t) => t.sub_order_id));
  const current = await closeParts(context, tx, order, touched, by, input.request_id, opened);
  const totals = await remainingTotals(tx, order.id);
  const after = await recordDerived(context, tx, current, {
    type: 'order.lines_cancelled',
    by,
    note: input.reason,
    data: {lines: outcome.cancelled},
    patch: {...totals, cancel_reason: input.reason},
    act: input.change_id
      ? {subject: `change:${input.change_id}`, to: 'quantity applied'}
      : {subject: `cancel:${input.request_id}`, to: 'lines cancelled'},
  });
  return {...outcome, order: after};
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Sub-orders with nothing left end; pick tasks whose rest is picked already close; a part that was packed, or about to
 * be, is packed anew without what is put back.
 */
export async function closeParts(
  context: StoreContext,
  tx: Tx,
  order: orders,
  subOrderIds: string[],
  by: Actor,
  requestId: string,
  /** parts of which picked units are put back */
  opened: ReadonlySet<string> = new Set(),
): Promise<orders> {
  let current = order;
  for (const id of subOrderIds) {
    const sub = await tx.sub_orders.findUniqueOrThrow({where: {id}});
    const parts = await tx.sub_order_lines.findMany({where: {sub_order_id: id}});
    if (sub.source_kind === 'supplier') await closePurchase(context, tx, id);
    const task = await tx.tasks.findFirst({where: {sub_order_id: id, kind: 'pick', state: 'open'}});
    if (parts.every((p) => p.cancelled === p.qty)) {
      if (task) await tx.tasks.update({where: {id: task.id}, data: {state: 'cancelled', closed_at: context.now()}});
      if (opened.has(id)) await unpack(context, tx, order, sub);
      current = await advanceSubOrder(context, tx, current, sub, {to: 'CANCELLED', by});
      await tellSubOrder(context, tx, id, 'cancelled', `${requestId}:${id}`);
      await tellEnd(context, tx, order.id, {sub_order_id: id, end: 'cancelled', unplaced: true});
    } else if (task) {
      current = await closePick(context, tx, current, task, by, `${requestId}:${id}`);
    } else if (opened.has(id)) {
      current = await packAgain(context, tx, current, sub, by);
    }
  }
  return current;
}

/** What came of this very request before; null: nothing did yet. */
export async function findAnswer(tx: Pick<Tx, 'decisions'>, requestId: string): Promise<CancelOutcome | null> {
  const row = await tx.decisions.findUnique({where: {id: `cancel:${requestId}`}});
  return row ? (row.output as unknown as CancelOutcome) : null;
}

async function storeAnswer(
  context: StoreContext,
  tx: Tx,
  input: CancelInput,
  {cancelled, refused}: CancelOutcome,
): Promise<void> {
  await tx.decisions.create({
    data: {
      id: `cancel:${input.request_id}`,
      order_id: input.order_id,
      kind: 'cancel',
      policy_version: 0,
      inputs: JSON.parse(JSON.stringify({lines: input.lines ?? 'all'})),
      output: JSON.parse(JSON.stringify({cancelled, refused})),
      at: context.now(),
    },
  });
}
