export interface ShippingRate {
  rate_ref: string;
  carrier: string;
  service: string;
  /** Minor units. */
  amount: number;
  currency: string;
  /** The carrier's own estimate; null = it gives none. */
  delivery_days: number | null;
  carbon_g: number | null;
}

export interface RateWish {
  /** Days the promise leaves; null = no promise. */
  max_days: number | null;
  /** Only rates in this currency. Without it the currency most rates share. */
  currency?: string;
}

/**
 * The cheapest rate that keeps the promise; when none does, the fastest (then cheapest). A rate without an estimate
 * keeps no promise. Equal rates: faster, less carbon, then carrier, service and reference in order. Null = no rate.
 */
export function chooseRate<T extends ShippingRate>(
  rates: readonly T[],
  want: RateWish,
): {rate: T; keeps_promise: boolean} | null {
  const currency = want.currency ?? commonCurrency(rates);
  const comparable = rates.filter((rate) => rate.currency === currency);
  const limit = want.max_days;
  const kept = comparable.filter((rate) => limit === null || days(rate) <= limit);
  const cheapest = best(kept, [(rate) => rate.amount, days, carbon]);
  if (cheapest) return {rate: cheapest, keeps_promise: true};
  const fastest = best(comparable, [days, (rate) => rate.amount, carbon]);
  return fastest ? {rate: fastest, keeps_promise: false} : null;
}

type Measure = (rate: ShippingRate) => number;

function best<T extends ShippingRate>(rates: readonly T[], measures: readonly Measure[]): T | undefined {
  return [...rates].sort((a, b) => {
    for (const measure of measures) {
      const [x, y] = [measure(a), measure(b)];
      if (x !== y) return x < y ? -1 : 1;
    }
    return compareName(a, b);
  })[0];
}

function compareName(a: ShippingRate, b: ShippingRate): number {
  for (const key of ['carrier', 'service', 'rate_ref'] as const) {
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  }
  return 0;
}

function days(rate: ShippingRate): number {
  return rate.delivery_days ?? Infinity;
}

function carbon(rate: ShippingRate): number {
  return rate.carbon_g ?? Infinity;
}

function commonCurrency(rates: readonly ShippingRate[]): string | undefined {
  const counts = new Map<string, number>();
  for (const {currency} of rates) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0];
}
