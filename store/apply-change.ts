import {whyNotNow} from '../domain/order/change-limits.ts';
import type {OrderStatus} from '../domain/order/status.ts';
import {CHANGES, type ChangesPolicy} from '../domain/policy/changes.ts';
import type {Policy} from '../domain/policy/policy.ts';
import {addUnits} from './add-units.ts';
import {type ChangeBody, type ChangeOutcome, decideChange, outcomeOf} from './ask-change.ts';
import type {BegunBody} from './begin-change.ts';
import {cancelWithin, ORDER_CHANGED} from './cancel-lines.ts';
import {changeAddress} from './change-address.ts';
import {ChangeRefused} from './change-refused.ts';
import {type ConfirmedPart, toPart} from './confirm-plan.ts';
import type {StoreContext, Tx} from './context.ts';
import type {order_changes, orders} from './generated/client.ts';
import {holdOrder, releaseOrder} from './hold-order.ts';
import {StockLostError} from './place-units.ts';
import {lockOrder} from './record-change.ts';
import {refuseChange} from './refuse-change.ts';
import {transact} from './transact.ts';
import {lockQueues} from './waiting-lines.ts';

export interface ApplyInput {
  change_id: string;
  /** sub-orders that the caller has started, ended or not */
  known: string[];
  policy: Pick<Policy, 'routing' | 'shipping' | 'suppliers' | 'changes'>;
}

export interface AppliedChange {
  outcome: ChangeOutcome;
  /** sub-orders that the caller does not know yet, also those of an attempt whose answer never arrived */
  parts: ConfirmedPart[];
}

const ATTEMPTS = 5;

/** Makes a change of an order, all of it in one transaction or nothing. A repeat changes nothing. */
export async function applyChange(context: StoreContext, input: ApplyInput): Promise<AppliedChange> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact(context, (tx) => applyOnce(context, tx, input));
    } catch (error) {
      const lost = error instanceof StockLostError;
      if (lost && attempt < ATTEMPTS) continue;
      if (!lost && !(error instanceof ChangeRefused)) throw error;
      const refused = lost ? [{sku: error.sku, code: 'out_of_stock'}] : error.refused;
      return {outcome: await refuseChange(context, {change_id: input.change_id, refused}), parts: []};
    }
  }
}

async function applyOnce(context: StoreContext, tx: Tx, input: ApplyInput): Promise<AppliedChange> {
  const {order_id} = await tx.order_changes.findUniqueOrThrow({where: {id: input.change_id}});
  const order = await lockOrder(tx, order_id);
  const change = await tx.order_changes.findUniqueOrThrow({where: {id: input.change_id}});
  const known = outcomeOf(change);
  if (known) return {outcome: known, parts: await unknownParts(tx, order_id, input.known)};
  const {if_version} = change.body as ChangeBody;
  const changed = if_version !== undefined && if_version !== order.last_seq;
  const code = changed ? ORDER_CHANGED : whyNotNow(order.status as OrderStatus, change.kind);
  if (code) throw new ChangeRefused([{code}]);
  const {applied, refused} = await make(context, tx, order, change, input);
  if (refused.length > 0 && applied.length === 0) throw new ChangeRefused(refused);
  const outcome: ChangeOutcome = {state: 'applied', applied, refused};
  await decideChange(context, tx, change, outcome);
  return {outcome, parts: await unknownParts(tx, order_id, input.known)};
}

type Made = Pick<ChangeOutcome, 'applied' | 'refused'>;

async function make(
  context: StoreContext,
  tx: Tx,
  order: orders,
  change: order_changes,
  {policy}: ApplyInput,
): Promise<Made> {
  const changes = policy.changes ?? CHANGES;
  switch (change.kind) {
    case 'quantity':
      return changeQuantities(context, tx, order, change, policy, changes);
    case 'add_lines':
      return {applied: await addUnits(context, tx, order, change, policy), refused: []};
    case 'address':
      await changeAddress(context, tx, order, change, changes.until.address);
      return {applied: [], refused: []};
    case 'hold':
      await holdOrder(context, tx, order, change, changes.hold_for);
      return {applied: [], refused: []};
    case 'release':
      await releaseOrder(context, tx, order, change);
      return {applied: [], refused: []};
    default:
      throw new ChangeRefused([{code: 'unknown_kind'}]);
  }
}

/** Fewer units are cancelled, line by line as far as it goes; more units are added, all or none. */
async function changeQuantities(
  context: StoreContext,
  tx: Tx,
  order: orders,
  change: order_changes,
  policy: ApplyInput['policy'],
  {until}: ChangesPolicy,
): Promise<Made> {
  const {lines = [], unpick, added} = change.body as unknown as BegunBody;
  const rows = await tx.order_lines.findMany({where: {order_id: order.id}});
  const fewer = lines.flatMap(({line_id, qty}) => {
    const row = rows.find((line) => line.id === line_id);
    if (!row) return [{line_id, qty}];
    const less = row.qty - row.cancelled - qty;
    return less > 0 ? [{line_id, qty: less}] : [];
  });
  if (fewer.length === 0 && added.length === 0) throw new ChangeRefused([{code: 'nothing_to_change'}]);
  await lockQueues(
    tx,
    [...rows.filter((row) => fewer.some((f) => f.line_id === row.id)), ...added].map((l) => l.sku),
  );
  const skuOf = (lineId: string) => rows.find((line) => line.id === lineId)?.sku ?? '';
  const {reason, actor, role, request_id} = change;
  const who = {order_id: order.id, reason, actor, role, request_id, change_id: change.id};
  const cancelled =
    fewer.length === 0
      ? {order, cancelled: [], refused: []}
      : await cancelWithin(context, tx, order, {...who, lines: fewer, until: until.quantity, unpick: unpick === true});
  const applied = cancelled.cancelled.map((line) => ({...line, qty: -line.qty, sku: skuOf(line.line_id)}));
  const more = added.length > 0 ? await addUnits(context, tx, cancelled.order, change, policy) : [];
  return {applied: [...applied, ...more], refused: cancelled.refused};
}

async function unknownParts(tx: Tx, orderId: string, known: readonly string[]): Promise<ConfirmedPart[]> {
  const parts = await tx.sub_orders.findMany({
    where: {order_id: orderId, id: {notIn: [...known]}, stage: {not: 'CANCELLED'}},
    orderBy: {position: 'asc'},
  });
  return parts.map(toPart);
}
