/** Which carrier and service takes a parcel: the least total cost, of which every part is told. Pure. */
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

/** What is not in the price, in minor units of the rates' currency. */
export interface ChoiceWeights {
  /** arriving after what was promised at all, and for each day of it */
  promise_broken: number;
  late_per_day: number;
  /** a parcel that comes later than its carrier said, times the share of those */
  late_arrival: number;
  carbon_per_kg: number;
  /** the days of a service that names none, where something was promised */
  unknown_days: number;
  /** what is believed of a service before its own parcels say more: so many parcels, of which this share was on time */
  prior_parcels: number;
  prior_on_time: number;
}

export const CHOICE: ChoiceWeights = {
  promise_broken: 10_000,
  late_per_day: 1_000,
  late_arrival: 600,
  carbon_per_kg: 20,
  unknown_days: 7,
  prior_parcels: 20,
  prior_on_time: 0.9,
};

/** How our own parcels with a service arrived. */
export interface ServiceRecord {
  carrier: string;
  service: string;
  arrived: number;
  on_time: number;
}

export interface ChoiceWish {
  /** when the carrier takes the parcel, epoch milliseconds */
  handed_over: number;
  /** the end of what was promised; null = nothing was */
  deliver_by: number | null;
  records: readonly ServiceRecord[];
  weights: ChoiceWeights;
}

/** Minor units each; their sum is the total. */
export interface Terms {
  price: number;
  promise: number;
  record: number;
  carbon: number;
}

export interface Ranked<T extends ShippingRate> {
  rate: T;
  total: number;
  terms: Terms;
  /** days after the promise, by the carrier's own estimate */
  days_late: number;
  /** share of parcels on time, shrunk towards the prior */
  on_time: number;
}

const DAY = 86_400_000;

/**
 * All rates of the currency most of them share, best first. Equal totals: faster, less carbon, then carrier, service and
 * reference in order.
 */
export function rankRates<T extends ShippingRate>(rates: readonly T[], wish: ChoiceWish): Ranked<T>[] {
  const currency = commonCurrency(rates);
  const comparable = rates.filter((rate) => rate.currency === currency);
  // whoever does not tell is taken for the worst that is told
  const worst = Math.max(0, ...comparable.map((rate) => rate.carbon_g ?? 0));
  return comparable
    .map((rate) => judge(rate, wish, worst))
    .sort((a, b) => a.total - b.total || days(a.rate) - days(b.rate) || grams(a.rate) - grams(b.rate) || byName(a, b));
}

function judge<T extends ShippingRate>(rate: T, wish: ChoiceWish, worstCarbon: number): Ranked<T> {
  const {weights, records} = wish;
  const days_late = daysLate(rate, wish);
  const on_time = onTimeShare(
    records.find(({carrier, service}) => carrier === rate.carrier && service === rate.service),
    weights,
  );
  const terms = {
    price: rate.amount,
    promise: days_late === 0 ? 0 : weights.promise_broken + weights.late_per_day * days_late,
    record: Math.round((1 - on_time) * weights.late_arrival),
    carbon: Math.round(((rate.carbon_g ?? worstCarbon) / 1_000) * weights.carbon_per_kg),
  };
  return {rate, total: terms.price + terms.promise + terms.record + terms.carbon, terms, days_late, on_time};
}

function daysLate(rate: ShippingRate, {deliver_by, handed_over, weights}: ChoiceWish): number {
  if (deliver_by === null) return 0;
  const arrives = handed_over + (rate.delivery_days ?? weights.unknown_days) * DAY;
  return Math.max(0, Math.ceil((arrives - deliver_by) / DAY));
}

/**
 * (on time + prior parcels × prior share) / (arrived + prior parcels): few parcels move it little, many have the last
 * word.
 */
export function onTimeShare(
  record: Pick<ServiceRecord, 'arrived' | 'on_time'> | undefined,
  {prior_parcels, prior_on_time}: Pick<ChoiceWeights, 'prior_parcels' | 'prior_on_time'>,
): number {
  const {arrived, on_time} = record ?? {arrived: 0, on_time: 0};
  return (on_time + prior_parcels * prior_on_time) / (arrived + prior_parcels);
}

/**
 * Did the carrier do what it named: so many whole days from the hand-over, to the end of the last? Null where it named
 * none, or never had the parcel.
 */
export function arrivedOnTime(handed_over: number | null, named_days: number | null, arrived: number): boolean | null {
  return handed_over === null || named_days === null ? null : arrived <= handed_over + (named_days + 1) * DAY;
}

const days = (rate: ShippingRate) => rate.delivery_days ?? Number.MAX_SAFE_INTEGER;
const grams = (rate: ShippingRate) => rate.carbon_g ?? Number.MAX_SAFE_INTEGER;

function byName({rate: a}: {rate: ShippingRate}, {rate: b}: {rate: ShippingRate}): number {
  for (const key of ['carrier', 'service', 'rate_ref'] as const) {
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  }
  return 0;
}

function commonCurrency(rates: readonly ShippingRate[]): string | undefined {
  const counts = new Map<string, number>();
  for (const {currency} of rates) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0];
}
