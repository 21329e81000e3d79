import type {warehouses} from '../store/generated/client.ts';
import type {Caller} from './auth.ts';
import type {ApiDeps} from './deps.ts';
import {Problem} from './errors.ts';

/** A checkout sees the orders it placed; to it, the others do not exist. */
export function maySeeOrder(caller: Caller, order: {client_id: string}): boolean {
  return caller.role !== 'checkout' || order.client_id === caller.client_id;
}

/**
 * Whose purchase orders a caller sees: a supplier its own, and none with a key that names no supplier; others all (null).
 */
export function suppliersSeen(caller: Caller): string | null {
  return caller.role === 'supplier' ? (caller.supplier_id ?? '') : null;
}

/** Keys of floor staff may be bound to one warehouse. */
export function requireWarehouse(caller: Caller, warehouseId: string): void {
  if (caller.warehouse_id !== null && caller.warehouse_id !== warehouseId) {
    throw new Problem('forbidden', 'this key belongs to another warehouse');
  }
}

/** The warehouse that a call is about. */
export async function requireSite({deps, caller}: {deps: ApiDeps; caller: Caller}, id: string): Promise<warehouses> {
  requireWarehouse(caller, id);
  const found = await deps.store.prisma.warehouses.findUnique({where: {id}});
  if (!found) throw new Problem('not_found', 'there is no such warehouse');
  return found;
}
