import {randomBytes} from 'node:crypto';
import type {Tx} from './context.ts';
import type {supplier_old_secrets, suppliers} from './generated/client.ts';
import type {Vault} from './vault.ts';

type SealedSecret = Pick<suppliers, 'secret_key' | 'secret_iv' | 'secret_text' | 'secret_tag'>;

const PLACE = 'supplier|signing secret';

/** A new signing secret in the form of Standard Webhooks, 192 bits, and how it is stored. */
export function newSecret(vault: Vault): {secret: string; sealed: SealedSecret} {
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  const {wrapped_key} = vault.newCustomerKey();
  const {iv, ciphertext, tag} = vault.seal(wrapped_key, PLACE, secret);
  return {secret, sealed: {secret_key: wrapped_key, secret_iv: iv, secret_text: ciphertext, secret_tag: tag}};
}

/** Those that were replaced and not ended, newest first. */
export function readOldSecrets(tx: Tx, supplierId: string): Promise<supplier_old_secrets[]> {
  return tx.supplier_old_secrets.findMany({
    where: {supplier_id: supplierId},
    orderBy: [{replaced_at: 'desc'}, {id: 'desc'}],
  });
}

/** All secrets that sign a message to this supplier, the newest first. */
export async function secretsOf(vault: Vault, tx: Tx, supplier: suppliers): Promise<string[]> {
  return [supplier, ...(await readOldSecrets(tx, supplier.id))].map((row) => openSecret(vault, row));
}

function openSecret(vault: Vault, row: SealedSecret): string {
  const sealed = {iv: row.secret_iv, ciphertext: row.secret_text, tag: row.secret_tag};
  return vault.open(row.secret_key, PLACE, sealed) as string;
}
