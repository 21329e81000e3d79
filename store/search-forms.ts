import {FORMS_VERSION, type Form, formsOf} from '../domain/search/forms.ts';
import type {StoreContext, Tx} from './context.ts';
import {type CustomerProfile, readProfile, readShipTo, type ShipTo} from './personal-data.ts';
import {lockOrder} from './record-change.ts';
import {transact} from './transact.ts';

/**
 * A form as it is stored and looked for: the first 64 bits of its keyed hash. Short on purpose: some meet by chance, so a
 * token alone proves nothing, and whoever reads the answer has compared the opened names.
 */
export function formToken({vault}: StoreContext, {kind, value}: Form): bigint {
  return BigInt.asIntN(64, BigInt(`0x${vault.index(`form:${kind}`, value).slice(0, 16)}`));
}

type Indexed = {id: string; customer_id: string; placed_at: Date};

/** Makes an order findable by what people say of it; replaces what it was findable by. */
export async function keepForms(
  context: StoreContext,
  tx: Tx,
  order: Indexed,
  profile: Pick<CustomerProfile, 'name' | 'email'> | null,
  shipTo: ShipTo | null,
): Promise<void> {
  const forms = formsOf({
    names: [profile?.name ?? '', shipTo?.name ?? ''],
    email: profile?.email,
    postal_code: shipTo?.postal_code,
    street: `${shipTo?.line1 ?? ''} ${shipTo?.line2 ?? ''}`,
  });
  const row = {
    customer_id: order.customer_id,
    placed_at: order.placed_at,
    version: FORMS_VERSION,
    tokens: [...new Set(forms.map((form) => formToken(context, form)))],
  };
  await tx.search_forms.upsert({where: {order_id: order.id}, create: {order_id: order.id, ...row}, update: row});
}

/**
 * Indexes orders that were placed before there were forms, or by an earlier version of them, newest first; returns how
 * many. What is done is seen by its row, so it goes on wherever it was stopped.
 */
export async function indexOldOrders(context: StoreContext, limit: number): Promise<number> {
  const old = await context.prisma.$queryRaw<{id: string}[]>`
    SELECT o.id FROM orders o LEFT JOIN search_forms f ON f.order_id = o.id AND f.version >= ${FORMS_VERSION}
     WHERE f.order_id IS NULL ORDER BY o.placed_at DESC, o.id DESC LIMIT ${limit}`;
  for (const {id} of old) {
    await transact(context, async (tx) => {
      const order = await lockOrder(tx, id);
      const profile = await readProfile(context, tx, order.customer_id);
      // an erased customer is found by nothing
      await keepForms(context, tx, order, profile, profile && (await readShipTo(context, tx, id)));
    });
  }
  return old.length;
}
