import type {StoreContext} from './context.ts';
import type {products} from './generated/client.ts';
import {keep, type Setter} from './set-up/keep.ts';

export type ProductInput = Omit<products, 'sku' | 'updated_at'>;

/** Creates or replaces a product, if it is as its writer saw it. Orders keep the snapshot they were placed with. */
export async function putProduct(
  context: StoreContext,
  sku: string,
  input: ProductInput,
  setter: Setter,
): Promise<products | 'changed'> {
  return keep(context, setter, {
    what: 'product',
    id: sku,
    read: (tx) => tx.products.findUnique({where: {sku}}),
    write: (tx, updated_at) => {
      const row = {...input, updated_at};
      return tx.products.upsert({where: {sku}, create: {sku, ...row}, update: row});
    },
  });
}
