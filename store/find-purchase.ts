import {SUPPLIER_TERMS, type SupplierTerms} from '../domain/suppliers/terms.ts';
import {type PurchaseUnits, unitsWanted} from '../domain/suppliers/purchase.ts';
import type {Tx} from './context.ts';
import type {orders, purchase_order_lines, purchase_orders, sub_orders} from './generated/client.ts';
import {lockOrder} from './record-change.ts';
import {policyOf} from './policies.ts';

/** Who asks: a supplier sees its own purchase orders, the office sees all (`supplier_id` null). */
export interface PurchaseOf {
  purchase_id: string;
  supplier_id: string | null;
}

export interface LockedPurchase {
  order: orders;
  purchase: purchase_orders;
  sub: sub_orders;
  lines: purchase_order_lines[];
}

/** A purchase order under its order's lock; null when there is none, or it is another supplier's. */
export async function lockPurchase(tx: Tx, {purchase_id, supplier_id}: PurchaseOf): Promise<LockedPurchase | null> {
  const found = await tx.purchase_orders.findUnique({where: {id: purchase_id}});
  if (!found || (supplier_id !== null && found.supplier_id !== supplier_id)) return null;
  return readLocked(tx, found);
}

/** The purchase order of a part, under its order's lock. */
export async function lockPurchaseOfPart(tx: Tx, subOrderId: string): Promise<LockedPurchase | null> {
  const found = await tx.purchase_orders.findUnique({where: {sub_order_id: subOrderId}});
  return found && readLocked(tx, found);
}

async function readLocked(tx: Tx, found: purchase_orders): Promise<LockedPurchase> {
  const order = await lockOrder(tx, found.order_id);
  return {
    order,
    purchase: await tx.purchase_orders.findUniqueOrThrow({where: {id: found.id}}),
    sub: await tx.sub_orders.findUniqueOrThrow({where: {id: found.sub_order_id}}),
    lines: await tx.purchase_order_lines.findMany({where: {purchase_id: found.id}, orderBy: {line_id: 'asc'}}),
  };
}

export const toUnits = (line: purchase_order_lines): PurchaseUnits => ({...line, unit_cost: Number(line.unit_cost)});

/** Units of each line that are wanted and have not left the supplier. */
export const stillToCome = (lines: readonly purchase_order_lines[]) =>
  lines.map((line) => ({line, qty: unitsWanted(line) - line.shipped})).filter(({qty}) => qty > 0);

/** How suppliers are waited for, by the policy the order was placed under. */
export async function termsOf(tx: Tx, order: orders): Promise<SupplierTerms> {
  return (await policyOf(tx, order)).suppliers ?? SUPPLIER_TERMS;
}
