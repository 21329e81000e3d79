import type {StoreContext} from './context.ts';
import type {suppliers} from './generated/client.ts';
import {newSecret} from './supplier-secret.ts';
import {transact} from './transact.ts';

export type SupplierInput = Omit<
  suppliers,
  'id' | 'secret_key' | 'secret_iv' | 'secret_text' | 'secret_tag' | 'updated_at'
>;

/** Creates or replaces a supplier. `secret` signs our webhooks to it: made and shown with the first call only. */
export function putSupplier(
  context: StoreContext,
  id: string,
  input: SupplierInput,
): Promise<{supplier: suppliers; secret: string | null}> {
  return transact(context, async (tx) => {
    const known = await tx.suppliers.findUnique({where: {id}});
    const row = {...input, updated_at: context.now()};
    if (known) return {supplier: await tx.suppliers.update({where: {id}, data: row}), secret: null};
    const {secret, sealed} = newSecret(context.vault);
    return {supplier: await tx.suppliers.create({data: {id, ...row, ...sealed}}), secret};
  });
}

/** A new signing secret; the one before is worth nothing from now on. Null when there is no such supplier. */
export function renewSecret(context: StoreContext, id: string): Promise<string | null> {
  return transact(context, async (tx) => {
    const {secret, sealed} = newSecret(context.vault);
    const done = await tx.suppliers.updateMany({where: {id}, data: {...sealed, updated_at: context.now()}});
    return done.count === 1 ? secret : null;
  });
}
