import type {StoreContext, Tx} from './context.ts';
import {newId} from './ids.ts';
import {type CustomerProfile, sealedFor} from './personal-data.ts';

export interface KnownCustomer {
  id: string;
  wrapped_key: Uint8Array;
}

/** The customer with this external id, made on the first order, with the profile as given last. */
export async function keepCustomer(context: StoreContext, tx: Tx, profile: CustomerProfile): Promise<KnownCustomer> {
  const at = context.now();
  const externalRef = context.vault.hash('customer', profile.external_id);
  await tx.$executeRaw`INSERT INTO customers (id, external_ref, created_at)
    VALUES (${newId('cus', at)}, ${externalRef}, ${at}) ON CONFLICT (external_ref) DO NOTHING`;
  // two first orders at once: the second waits here, and both go on with one key
  const [row] = await tx.$queryRaw<
    {id: string}[]
  >`SELECT id FROM customers WHERE external_ref = ${externalRef} FOR UPDATE`;
  if (!row) throw new Error('a customer vanished while ordering');
  const customer = {id: row.id, wrapped_key: await keyOf(context, tx, row.id)};
  await sealPersonal(context, tx, customer, {subject: `customer:${row.id}`, field: 'profile', value: profile});
  return customer;
}

async function keyOf(context: StoreContext, tx: Tx, customerId: string): Promise<Uint8Array> {
  const known = await tx.customer_keys.findUnique({where: {customer_id: customerId}});
  if (known) return known.wrapped_key;
  const made = await tx.customer_keys.create({
    data: {customer_id: customerId, ...context.vault.newCustomerKey(), created_at: context.now()},
  });
  return made.wrapped_key;
}

/** Seals one value under the customer's key, replacing an earlier one. */
export async function sealPersonal(
  context: StoreContext,
  tx: Tx,
  customer: KnownCustomer,
  data: {subject: string; field: string; value: unknown},
): Promise<void> {
  const {subject, field} = data;
  const sealed = context.vault.seal(customer.wrapped_key, sealedFor(subject, field), data.value);
  const row = {...sealed, updated_at: context.now()};
  await tx.personal_data.upsert({
    where: {subject_field: {subject, field}},
    create: {subject, field, customer_id: customer.id, ...row},
    update: row,
  });
}
