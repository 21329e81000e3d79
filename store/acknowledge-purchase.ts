import {type AnswerFault, type AnswerLine, isDearer, readAnswer, unitsWanted} from '../domain/suppliers/purchase.ts';
import {PRICE_CHANGED} from '../domain/order/waiting.ts';
import {SUPPLIER_TERMS, type SupplierTerms} from '../domain/suppliers/terms.ts';
import type {StoreContext, Tx} from './context.ts';
import {dropSupply} from './drop-supply.ts';
import {type LockedPurchase, lockPurchase, type PurchaseOf, stillToCome, termsOf, toUnits} from './find-purchase.ts';
import type {orders} from './generated/client.ts';
import {tellSubOrder} from './queue-signal.ts';
import type {Actor} from './record-change.ts';
import {recordDerived} from './record-derived.ts';
import {transact} from './transact.ts';

export type SupplierAnswer =
  | {kind: 'refuse'; reason: string}
  /** `ship_at`: when it will leave; null: after the lead time of the offer */
  | {kind: 'lines'; lines: AnswerLine[]; ship_at: Date | null};

export type AnswerOutcome =
  | {outcome: 'taken' | 'repeated'}
  | {outcome: 'unknown'}
  /** answered otherwise before, or no longer wanted */
  | {outcome: 'too_late'; state: string}
  | {outcome: 'impossible'; faults: AnswerFault[]};

const DAY = 86_400_000;

/**
 * What a supplier answers to a purchase order, once: all of it, a part (the rest needs another place), or nothing. A
 * price above the tolerance waits for a person first. The same answer again is no news, another one is refused.
 */
export function acknowledgePurchase(
  context: StoreContext,
  input: PurchaseOf & {answer: SupplierAnswer; answer_hash: string; by: Actor},
): Promise<AnswerOutcome> {
  return transact(context, async (tx) => {
    const locked = await lockPurchase(tx, input);
    if (!locked) return {outcome: 'unknown'};
    const {purchase, lines} = locked;
    if (purchase.answer_hash === input.answer_hash) return {outcome: 'repeated'};
    if (purchase.state !== 'open') return {outcome: 'too_late', state: purchase.state};
    const {answer, answer_hash, by} = input;
    const at = context.now();
    if (answer.kind === 'refuse') {
      await update(tx, purchase.id, {state: 'refused', answer_hash, reason: 'refused', updated_at: at});
      await dropSupply(context, tx, locked, stillToCome(lines), {reason: 'refused', by});
      return {outcome: 'taken'};
    }
    const read = readAnswer(lines.map(toUnits), answer.lines);
    if (read.faults.length > 0) return {outcome: 'impossible', faults: read.faults};
    for (const line of lines) {
      const told = read.costs.get(line.line_id);
      await tx.purchase_order_lines.update({
        where: {purchase_id_line_id: {purchase_id: purchase.id, line_id: line.line_id}},
        data: {
          acknowledged: read.units.get(line.line_id) ?? 0,
          ...(told === undefined ? {} : {told_cost: BigInt(told)}),
        },
      });
    }
    const terms = await termsOf(tx, locked.order);
    const leaves = answer.ship_at ?? (await leavesBy(tx, locked, at));
    const ship_by = new Date(Math.max(leaves.getTime(), at.getTime()) + terms.ship_grace);
    await update(tx, purchase.id, {answer_hash, ship_by, updated_at: at});
    const fresh = await lockPurchase(tx, input);
    if (!fresh) return {outcome: 'unknown'};
    await settle(context, tx, fresh, read.costs, terms, by);
    return {outcome: 'taken'};
  });
}

async function settle(
  context: StoreContext,
  tx: Tx,
  locked: LockedPurchase,
  costs: ReadonlyMap<string, number>,
  terms: SupplierTerms,
  by: Actor,
): Promise<void> {
  const {purchase, lines, sub} = locked;
  const promised = lines.filter((line) => (line.acknowledged ?? 0) > 0);
  if (!isDearer(promised.map(toUnits), costs, terms.price_tolerance_bp)) {
    await settleAnswer(context, tx, locked, by);
    return;
  }
  await update(tx, purchase.id, {state: 'price_changed', updated_at: context.now()});
  const decide = terms.price_within ?? SUPPLIER_TERMS.price_within;
  const waits_until = new Date(context.now().getTime() + decide);
  await tx.sub_orders.update({where: {id: sub.id}, data: {note: PRICE_CHANGED, waits_until}});
  await recordDerived(context, tx, locked.order, {
    type: 'sub_order.price_changed',
    by,
    sub_order_id: sub.id,
    data: {purchase_order_id: purchase.id},
  });
  await tellSubOrder(context, tx, sub.id, 'acknowledged', `${purchase.id}:price`);
}

/** Takes the stored answer as it is: what it does not cover needs another place, the rest is waited for. */
export async function settleAnswer(context: StoreContext, tx: Tx, locked: LockedPurchase, by: Actor): Promise<orders> {
  const {purchase, lines, sub} = locked;
  const dropped = lines
    .map((line) => ({line, qty: unitsWanted(line) - Math.min(unitsWanted(line), line.acknowledged ?? 0)}))
    .filter(({qty}) => qty > 0);
  const at = context.now();
  for (const {line_id, told_cost} of lines) {
    if (told_cost === null) continue;
    const where = {purchase_id_line_id: {purchase_id: purchase.id, line_id}};
    await tx.purchase_order_lines.update({where, data: {unit_cost: told_cost}});
  }
  const nothing = dropped.length === lines.length && lines.every((line) => (line.acknowledged ?? 0) === 0);
  const state = nothing ? 'refused' : 'acknowledged';
  await update(tx, purchase.id, {
    state,
    updated_at: at,
    ...(nothing ? {reason: 'refused'} : {acknowledged_at: at}),
  });
  await tx.sub_orders.update({
    where: {id: sub.id},
    data: {waits_until: nothing ? null : purchase.ship_by, note: null},
  });
  const current = await dropSupply(context, tx, locked, dropped, {reason: nothing ? 'refused' : 'short', by});
  if (nothing) return current;
  await tellSubOrder(context, tx, sub.id, 'acknowledged', purchase.id);
  return recordDerived(context, tx, current, {
    type: 'sub_order.acknowledged',
    by,
    sub_order_id: sub.id,
    data: {
      purchase_order_id: purchase.id,
      lines: lines.map(({line_id, sku, acknowledged}) => ({line_id, sku, qty: acknowledged ?? 0})),
    },
  });
}

/** By the slowest lead time that was offered. */
async function leavesBy(tx: Tx, {purchase, lines}: LockedPurchase, at: Date): Promise<Date> {
  const offers = await tx.supplier_offers.findMany({
    where: {supplier_id: purchase.supplier_id, sku: {in: lines.map((line) => line.sku)}},
  });
  const days = Math.max(1, ...offers.map((offer) => offer.lead_time_days));
  return new Date(at.getTime() + days * DAY);
}

type Change = Partial<{
  state: string;
  answer_hash: string;
  reason: string;
  ship_by: Date;
  acknowledged_at: Date;
  updated_at: Date;
}>;

async function update(tx: Tx, id: string, data: Change): Promise<void> {
  await tx.purchase_orders.update({where: {id}, data});
}
