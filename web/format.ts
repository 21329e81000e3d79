export interface Money {
  amount: number;
  currency: string;
}

/** "$50.00": the amount is minor units, as many to one as the currency has. */
export function formatMoney({amount, currency}: Money): string {
  const format = new Intl.NumberFormat('en', {style: 'currency', currency});
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}
