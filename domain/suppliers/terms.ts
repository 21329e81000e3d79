const DAY = 86_400_000;

/** How suppliers are chosen and how long they are waited for. Amounts are minor units, durations milliseconds. */
export interface SupplierTerms {
  /** each day a unit comes after the promise; and each day it takes at all where nothing was promised */
  lateness_per_day: number;
  waiting_per_day: number;
  /** what an order that the supplier does not keep costs us */
  failure_cost: number;
  /** a supplier that said nothing is reminded after this share of its time */
  remind_at_share: number;
  /** what it acknowledged must leave so long after the day it named, or after its lead time */
  ship_grace: number;
  /** a price that rose by more than this, in hundredths of a percent, is for a person to accept */
  price_tolerance_bp: number;
  /** a person decides on such a price within this; after it the units are sought elsewhere */
  price_within?: number;
  /** real milliseconds that the news of a purchase order's end is worth, before its run closes without an answer */
  last_word: number;
}

export const SUPPLIER_TERMS = {
  lateness_per_day: 300,
  waiting_per_day: 25,
  failure_cost: 1_500,
  remind_at_share: 0.5,
  ship_grace: 3 * DAY,
  price_tolerance_bp: 300,
  price_within: 3 * DAY,
  last_word: 20_000,
} satisfies SupplierTerms;
