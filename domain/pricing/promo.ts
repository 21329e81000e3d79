import {percentOf} from '../money/share.ts';

/** A code as it stands when an order is judged. Amounts are minor units, instants epoch milliseconds. */
export interface PromoCode {
  code: string;
  /** basis points of the goods' value; either this or `amount` */
  percent_bp: number | null;
  amount: number | null;
  /** of `amount` and `minimum_spend`; null: orders of any currency */
  currency: string | null;
  valid_from: number | null;
  valid_until: number | null;
  max_uses: number | null;
  max_uses_per_customer: number | null;
  minimum_spend: number;
  /** with other codes on one order */
  combinable: boolean;
  used: number;
  used_by_customer: number;
}

export interface PromoFault {
  /** the code's place in the request */
  index: number;
  code: string;
  detail: string;
}

export interface PromoSubject {
  /** value of the goods; null while it cannot be told */
  items: number | null;
  currency: string | null;
  now: number;
}

/** Everything that speaks against the codes of a request, each code's own faults in the order of the table in the docs. */
export function judgePromos(
  asked: readonly string[],
  known: ReadonlyMap<string, PromoCode>,
  subject: PromoSubject,
): PromoFault[] {
  return asked.flatMap((code, index): PromoFault[] => {
    if (asked.indexOf(code) < index) return [{index, code: 'duplicate_promo_code', detail: 'this code is named twice'}];
    const promo = known.get(code);
    if (!promo) return [{index, code: 'unknown_promo_code', detail: 'there is no such promo code; leave it out'}];
    const faults = [...faultsOfTime(promo, subject.now), ...faultsOfUse(promo), ...faultsOfOrder(promo, subject)];
    if (!promo.combinable && new Set(asked).size > 1)
      faults.push([
        'promo_code_not_combinable',
        'cannot be used together with other codes; send it alone or leave it out',
      ]);
    return faults.map(([name, detail]) => ({index, code: name, detail}));
  });
}

type Named = [code: string, detail: string];

const moment = (at: number) => new Date(at).toISOString();

function faultsOfTime({valid_from, valid_until}: PromoCode, now: number): Named[] {
  if (valid_from !== null && now < valid_from)
    return [['promo_code_not_yet_valid', `is valid from ${moment(valid_from)} on`]];
  if (valid_until !== null && now >= valid_until)
    return [['promo_code_expired', `was valid until ${moment(valid_until)}; leave it out`]];
  return [];
}

function faultsOfUse({max_uses, used, max_uses_per_customer, used_by_customer}: PromoCode): Named[] {
  if (max_uses !== null && used >= max_uses) return [USED_UP.all];
  if (max_uses_per_customer !== null && used_by_customer >= max_uses_per_customer) return [USED_UP.customer];
  return [];
}

export const USED_UP: Readonly<Record<'all' | 'customer', Named>> = {
  all: ['promo_code_used_up', 'has been used as often as it may be; leave it out'],
  customer: ['promo_code_used_up', 'has been used by this customer as often as it may be; leave it out'],
};

function faultsOfOrder(promo: PromoCode, {items, currency}: PromoSubject): Named[] {
  if (currency === null) return [];
  if (promo.currency !== null && promo.currency !== currency)
    return [['promo_code_wrong_currency', `is for orders in ${promo.currency}, this one is in ${currency}`]];
  if (items === null || items >= promo.minimum_spend) return [];
  return [
    [
      'promo_code_minimum_spend',
      `needs goods worth ${promo.minimum_spend} ${currency} (minor units), these are worth ${items}`,
    ],
  ];
}

/**
 * What each code takes off goods of that value, minor units: percentages of the whole value first, each half a unit up,
 * then amounts, in the order given; together never more than the goods are worth.
 */
export function discountsOf(promos: readonly PromoCode[], items: number): {code: string; amount: number}[] {
  const inTurn = [...promos.filter((p) => p.percent_bp !== null), ...promos.filter((p) => p.percent_bp === null)];
  let left = items;
  return inTurn.map(({code, percent_bp, amount}) => {
    const wanted = percent_bp === null ? (amount ?? 0) : percentOf(items, percent_bp);
    const taken = Math.min(left, wanted);
    left -= taken;
    return {code, amount: taken};
  });
}
