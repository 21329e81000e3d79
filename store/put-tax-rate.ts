import type {StoreContext} from './context.ts';
import type {tax_rates} from './generated/client.ts';
import {keep, type Setter, type Unwritten} from './set-up/keep.ts';

/** The tax of a country (region '') or of one of its regions; rate in basis points. */
export async function putTaxRate(
  context: StoreContext,
  input: Unwritten<tax_rates>,
  setter: Setter,
): Promise<tax_rates | 'changed'> {
  const {country, region, rate_bp, inclusive} = input;
  const where = {country_region: {country, region}};
  return keep(context, setter, {
    what: 'tax_rate',
    id: `${country}/${region}`,
    read: (tx) => tx.tax_rates.findUnique({where}),
    write: (tx, updated_at) =>
      tx.tax_rates.upsert({where, create: {...input, updated_at}, update: {rate_bp, inclusive, updated_at}}),
  });
}
