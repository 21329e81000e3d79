import type {PromoCode} from '../../domain/pricing/promo.ts';
import type {StoreContext} from '../context.ts';
import type {promo_codes} from '../generated/client.ts';

/** The codes that exist, as they stand now, with what this customer (the client's id; null: unknown) used of them. */
export async function readPromoFacts(
  context: StoreContext,
  codes: readonly string[],
  customerId: string | null,
): Promise<Map<string, PromoCode>> {
  if (codes.length === 0) return new Map();
  const rows = await context.prisma.promo_codes.findMany({where: {code: {in: [...codes]}}});
  const used = customerId === null ? new Map<string, number>() : await usesOf(context, codes, customerId);
  return new Map(rows.map((row) => [row.code, factsOf(row, used.get(row.code) ?? 0)]));
}

async function usesOf(context: StoreContext, codes: readonly string[], customerId: string) {
  const external_ref = context.vault.hash('customer', customerId);
  const customer = await context.prisma.customers.findUnique({where: {external_ref}});
  if (!customer) return new Map<string, number>();
  const uses = await context.prisma.promo_uses.findMany({
    where: {code: {in: [...codes]}, customer_id: customer.id, state: 'used'},
    select: {code: true},
  });
  const counts = new Map<string, number>();
  for (const {code} of uses) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

const numberOf = (value: bigint | null) => (value === null ? null : Number(value));

function factsOf(row: promo_codes, used_by_customer: number): PromoCode {
  const {updated_at: _at, ...terms} = row;
  return {
    ...terms,
    amount: numberOf(row.amount),
    valid_from: row.valid_from?.getTime() ?? null,
    valid_until: row.valid_until?.getTime() ?? null,
    minimum_spend: Number(row.minimum_spend),
    used_by_customer,
  };
}
