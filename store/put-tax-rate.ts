import type {StoreContext} from './context.ts';
import type {tax_rates} from './generated/client.ts';

/** The tax of a country (region '') or of one of its regions; rate in basis points. */
export async function putTaxRate(context: StoreContext, input: tax_rates): Promise<tax_rates> {
  const {country, region, rate_bp, inclusive} = input;
  return context.prisma.tax_rates.upsert({
    where: {country_region: {country, region}},
    create: input,
    update: {rate_bp, inclusive},
  });
}
