import type {StoreContext} from './context.ts';
import type {promo_codes} from './generated/client.ts';

export type PromoTerms = Omit<promo_codes, 'code' | 'used' | 'updated_at'>;

/** Makes a code or replaces its terms; what was used stays counted. */
export async function putPromoCode(context: StoreContext, code: string, terms: PromoTerms): Promise<promo_codes> {
  const row = {...terms, updated_at: context.now()};
  return context.prisma.promo_codes.upsert({where: {code}, create: {code, ...row}, update: row});
}
