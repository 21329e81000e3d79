import type {StoreContext} from './context.ts';
import type {promo_codes} from './generated/client.ts';
import {keep, type Setter} from './set-up/keep.ts';

export type PromoTerms = Omit<promo_codes, 'code' | 'used' | 'updated_at'>;

/** Makes a code or replaces its terms; what was used stays counted. */
export async function putPromoCode(
  context: StoreContext,
  code: string,
  terms: PromoTerms,
  setter: Setter,
): Promise<promo_codes | 'changed'> {
  return keep(context, setter, {
    what: 'promo_code',
    id: code,
    read: (tx) => tx.promo_codes.findUnique({where: {code}}),
    write: (tx, updated_at) => {
      const row = {...terms, updated_at};
      return tx.promo_codes.upsert({where: {code}, create: {code, ...row}, update: row});
    },
  });
}
