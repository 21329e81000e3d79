import type {StoreContext} from './context.ts';
import type {supplier_offers} from './generated/client.ts';
import {keep, type Setter} from './set-up/keep.ts';

export type OfferInput = Pick<
  supplier_offers,
  'cost_amount' | 'lead_time_days' | 'available' | 'min_qty' | 'valid_until'
> & {currency: string};

export type PutOffer =
  | {outcome: 'stored'; offer: supplier_offers; currency: string}
  | {outcome: 'unknown_supplier' | 'unknown_sku' | 'changed'}
  | {outcome: 'other_currency'; currency: string};

/** Creates or replaces what a supplier offers of a product; units promised to orders stay promised. */
export async function putOffer(
  context: StoreContext,
  key: {supplier_id: string; sku: string},
  {currency, ...input}: OfferInput,
  setter: Setter,
): Promise<PutOffer> {
  const {prisma} = context;
  const supplier = await prisma.suppliers.findUnique({where: {id: key.supplier_id}});
  if (!supplier) return {outcome: 'unknown_supplier'};
  if ((await prisma.products.count({where: {sku: key.sku}})) === 0) return {outcome: 'unknown_sku'};
  if (supplier.currency !== currency) return {outcome: 'other_currency', currency: supplier.currency};
  const where = {supplier_id_sku: key};
  const offer = await keep(context, setter, {
    what: 'offer',
    id: `${key.supplier_id}/${key.sku}`,
    read: (tx) => tx.supplier_offers.findUnique({where}),
    write: (tx, updated_at) => {
      const row = {...input, updated_at};
      return tx.supplier_offers.upsert({where, create: {...key, ...row}, update: row});
    },
  });
  return offer === 'changed' ? {outcome: 'changed'} : {outcome: 'stored', offer, currency};
}
