import type {StoreContext} from './context.ts';
import type {suppliers} from './generated/client.ts';
import {newId} from './ids.ts';
import {keep, type Setter} from './set-up/keep.ts';
import {newSecret, readOldSecrets} from './supplier-secret.ts';
import {transact} from './transact.ts';

export type SupplierInput = Omit<
  suppliers,
  'id' | 'secret_key' | 'secret_iv' | 'secret_text' | 'secret_tag' | 'updated_at'
>;

/** Creates or replaces a supplier. `secret` signs our webhooks to it: made and shown with the first call only. */
export async function putSupplier(
  context: StoreContext,
  id: string,
  input: SupplierInput,
  setter: Setter,
): Promise<{supplier: suppliers; secret: string | null} | 'changed'> {
  let secret: string | null = null;
  const supplier = await keep(context, setter, {
    what: 'supplier',
    id,
    read: (tx) => tx.suppliers.findUnique({where: {id}}),
    write: (tx, updated_at, known) => {
      const row = {...input, updated_at};
      if (known) return tx.suppliers.update({where: {id}, data: row});
      const made = newSecret(context.vault);
      secret = made.secret;
      return tx.suppliers.create({data: {id, ...row, ...made.sealed}});
    },
  });
  return supplier === 'changed' ? 'changed' : {supplier, secret};
}

/** So many secrets sign a message at the most: beyond that the oldest ends. */
const SECRETS = 5;

/**
 * A new signing secret; those before sign as well until they are ended, so that the supplier can change over in its own
 * time. Null when there is no such supplier.
 */
export function renewSecret(context: StoreContext, id: string): Promise<string | null> {
  return transact(context, async (tx) => {
    const [row] = await tx.$queryRaw<suppliers[]>`SELECT * FROM suppliers WHERE id = ${id} FOR UPDATE`;
    if (!row) return null;
    const replaced_at = context.now();
    const {secret_key, secret_iv, secret_text, secret_tag} = row;
    const old = {secret_key, secret_iv, secret_text, secret_tag};
    const {secret, sealed} = newSecret(context.vault);
    await tx.supplier_old_secrets.create({data: {id: newId('sec', replaced_at), supplier_id: id, ...old, replaced_at}});
    await tx.suppliers.update({where: {id}, data: {...sealed, updated_at: replaced_at}});
    const spare = (await readOldSecrets(tx, id)).slice(SECRETS - 1);
    await tx.supplier_old_secrets.deleteMany({where: {id: {in: spare.map((one) => one.id)}}});
    return secret;
  });
}

/** From now on only the newest secret signs. How many ended; null when there is no such supplier. */
export function endOldSecrets(context: StoreContext, id: string): Promise<number | null> {
  return transact(context, async (tx) => {
    const known = await tx.$queryRaw<{id: string}[]>`SELECT id FROM suppliers WHERE id = ${id} FOR UPDATE`;
    if (known.length === 0) return null;
    return (await tx.supplier_old_secrets.deleteMany({where: {supplier_id: id}})).count;
  });
}
