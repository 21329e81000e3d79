import type {StoreContext} from './context.ts';
import type {products} from './generated/client.ts';

export type ProductInput = Omit<products, 'sku' | 'updated_at'>;

/** Creates or replaces a product. Orders keep the snapshot they were placed with. */
export async function putProduct(context: StoreContext, sku: string, input: ProductInput): Promise<products> {
  const row = {...input, updated_at: context.now()};
  return context.prisma.products.upsert({where: {sku}, create: {sku, ...row}, update: row});
}
