import type {StoreContext} from './context.ts';
import type {NewApiKey} from './register-api-keys.ts';
import {registerApiKeys} from './register-api-keys.ts';
import {transact} from './transact.ts';

export type AddedKey =
  | {outcome: 'added'; id: string}
  | {outcome: 'unknown_warehouse' | 'unknown_supplier'}
  | {outcome: 'has_key'};

/**
 * Gives a client a key. What happens to the keys it has: `keep` lets them live on beside the new one, `replace` disables
 * them; with neither, a client that has one is refused.
 */
export async function addApiKey(context: StoreContext, key: NewApiKey, others?: 'keep' | 'replace'): Promise<AddedKey> {
  const {warehouse_id, supplier_id, client_id, key_hash, role} = key;
  const {prisma} = context;
  if (warehouse_id && !(await prisma.warehouses.findUnique({where: {id: warehouse_id}}))) {
    return {outcome: 'unknown_warehouse'};
  }
  if (supplier_id && !(await prisma.suppliers.findUnique({where: {id: supplier_id}}))) {
    return {outcome: 'unknown_supplier'};
  }
  const id = `key_${key_hash.slice(0, 24)}`;
  if (others === 'replace') {
    await registerApiKeys(context, [key]);
    return {outcome: 'added', id};
  }
  return transact(context, async (tx) => {
    // two operators at once: the second one sees the first one's key
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`api key of ${client_id}`}, 0))`;
    const live = await tx.api_keys.count({where: {client_id, disabled_at: null}});
    if (live > 0 && others !== 'keep') return {outcome: 'has_key'};
    const bound = {warehouse_id: warehouse_id ?? null, supplier_id: supplier_id ?? null};
    const row = {id, role, client_id, ...bound, key_hash, created_at: context.now()};
    await tx.api_keys.create({data: row});
    return {outcome: 'added', id};
  });
}
