import type {StoreContext} from './context.ts';
import {transact} from './transact.ts';

export interface NewApiKey {
  role: string;
  client_id: string;
  /** SHA-256 of the key, hex */
  key_hash: string;
  warehouse_id?: string;
  supplier_id?: string;
}

/**
 * Makes these the only live keys of their clients: what is missing is added, other live keys of the same client are
 * disabled. Keys that are as they should be stay untouched, so it can run at every start.
 */
export function registerApiKeys(context: StoreContext, keys: readonly NewApiKey[]): Promise<void> {
  return transact(context, async (tx) => {
    const at = context.now();
    for (const key of keys) {
      const [warehouse, supplier] = [key.warehouse_id ?? null, key.supplier_id ?? null];
      await tx.$executeRaw`UPDATE api_keys SET disabled_at = ${at}
        WHERE client_id = ${key.client_id} AND key_hash <> ${key.key_hash} AND disabled_at IS NULL`;
      await tx.$executeRaw`INSERT INTO api_keys (id, role, client_id, warehouse_id, supplier_id, key_hash, created_at)
        VALUES (${`key_${key.key_hash.slice(0, 24)}`}, ${key.role}, ${key.client_id}, ${warehouse}, ${supplier},
          ${key.key_hash}, ${at})
        ON CONFLICT (key_hash) DO UPDATE SET role = EXCLUDED.role, client_id = EXCLUDED.client_id,
          warehouse_id = EXCLUDED.warehouse_id, supplier_id = EXCLUDED.supplier_id, disabled_at = NULL`;
    }
  });
}
