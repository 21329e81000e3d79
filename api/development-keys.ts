import {readFileSync} from 'node:fs';
import type {StoreContext} from '../store/context.ts';
import {type NewApiKey, registerApiKeys} from '../store/register-api-keys.ts';
import {hashKey} from './auth.ts';
import {ROLES} from './permissions.ts';

/** Takes in the file `{role: key}` that `npm start` writes: one client `dev-<role>` for each role. */
export async function takeDevelopmentKeys(store: StoreContext, file: string): Promise<void> {
  const keys = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const known = new Set<string>(ROLES);
  const rows = Object.entries(keys).flatMap(([role, key]): NewApiKey[] =>
    known.has(role) && typeof key === 'string' ? [{role, client_id: `dev-${role}`, key_hash: hashKey(key)}] : [],
  );
  await registerApiKeys(store, rows);
}
