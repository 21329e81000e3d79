import type {Grade, ReturnReason} from './terms.ts';

const DAY = 86_400_000;

/** A rule without category or country holds for all of them; zero days: not taken back. */
export interface WindowRule {
  category?: string;
  country?: string;
  days: number;
}

/** How returns are decided and paid. Durations are milliseconds unless their name says days, money minor units. */
export interface ReturnPolicy {
  /** the rule that says most about a unit counts; `days` where none does */
  windows: readonly WindowRule[];
  days: number;
  refund_on: 'scan' | 'inspection';
  /** `share`: every unit brings back its part of the shipping charge; `fault`: only where the shop is at fault */
  refund_shipping: 'share' | 'fault' | 'never';
  /** taken off once for a return that is not the shop's fault */
  fee: number;
  /** taken off a unit's worth by what is found, basis points; never where the shop is at fault */
  deductions: Readonly<Record<Exclude<Grade, 'missing'>, number>>;
  /** what a person decides */
  review: {
    above: number;
    /** of one customer in the last `recent` */
    returns_before: number;
    recent: number;
    reasons: readonly ReturnReason[];
    /** one that nobody decided within this goes to ops */
    decide_within?: number;
  };
  /** one that the carrier has must arrive within this, or it goes to ops */
  arrive_within?: number;
  /** an approved return must be on its way within this, and the customer is reminded this long before */
  send_within: number;
  remind_before: number;
  /** pause before the money is asked for again where it has not been taken yet */
  money_retry: number;
}

export const RETURNS = {
  windows: [],
  days: 30,
  refund_on: 'inspection',
  refund_shipping: 'share',
  fee: 0,
  deductions: {as_new: 0, opened: 1_000, worn: 5_000, damaged: 10_000, defective: 0},
  review: {above: 50_000, returns_before: 5, recent: 90 * DAY, reasons: ['damaged'], decide_within: 3 * DAY},
  arrive_within: 30 * DAY,
  send_within: 14 * DAY,
  remind_before: 5 * DAY,
  money_retry: 6 * 3_600_000,
} satisfies ReturnPolicy;

/** How long after its delivery a unit is taken back, days: category and country, else category, else country. */
export function windowDays(policy: ReturnPolicy, category: string | null, country: string): number {
  const fits = policy.windows.filter(
    (rule) =>
      (rule.category === undefined || rule.category === category) &&
      (rule.country === undefined || rule.country === country),
  );
  const weight = (rule: WindowRule) => (rule.category === undefined ? 0 : 2) + (rule.country === undefined ? 0 : 1);
  const best = fits.reduce<WindowRule | null>((a, b) => (a === null || weight(b) > weight(a) ? b : a), null);
  return best?.days ?? policy.days;
}

/** Until when a unit delivered at `deliveredAt` may be sent back, epoch milliseconds. */
export function windowEnd(deliveredAt: number, days: number): number {
  return deliveredAt + days * DAY;
}
