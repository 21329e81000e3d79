import {
  overQuotesAreSwept,
  promisesAreJudged,
  promosAreCounted,
  quotesAreKept,
  quotesHoldForSomebody,
} from '../quotes.ts';
import type {Invariant} from '../types.ts';
import {always, quiet} from './rule.ts';

/** Of what was promised before the order. */
export const QUOTES: readonly Invariant[] = [
  always(
    'Q1',
    'A quote holds stock only while it can be redeemed',
    'quote_holds, quotes, orders, order_lines',
    quotesHoldForSomebody,
    {atRest: overQuotesAreSwept},
  ),
  always(
    'Q2',
    'A promo code is counted once for each order that uses it, and never used more often than it may be',
    'promo_codes, promo_uses, orders, events',
    promosAreCounted,
  ),
  always(
    'Q3',
    'A quote becomes one order, in time and at its price; prices follow from goods, discount, tax and shipping',
    'quotes, orders, order_lines, events',
    quotesAreKept,
  ),
  quiet(
    'Q4',
    'What was promised is on record, and at the door what became of it',
    'promises, sub_orders, parcels',
    promisesAreJudged,
  ),
];
