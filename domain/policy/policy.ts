import {MESSAGING, type MessageTerms} from '../messages/terms.ts';
import {PACKING} from '../packing/rules.ts';
import {WEIGHING, type WeighingTerms} from '../packing/tolerance.ts';
import type {PackingRules} from '../packing/types.ts';
import {RETURNS, type ReturnPolicy} from '../returns/policy.ts';
import type {RoutingWeights} from '../routing/plan.ts';
import {CARRIERS, type CarrierTerms} from '../shipping/carrier-health.ts';
import {COLLECTION, type CollectionTerms} from '../shipping/collection.ts';
import {INSURANCE, type InsuranceTerms} from '../shipping/customs.ts';
import {CHOICE, type ChoiceWeights} from '../shipping/choose-carrier.ts';
import {SUPPLIER_TERMS, type SupplierTerms} from '../suppliers/terms.ts';
import type {ChangesPolicy} from './changes.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const SLAS = ['SAME_DAY', 'NEXT_DAY', 'TWO_DAY', 'STANDARD'] as const;
export type Sla = (typeof SLAS)[number];

/**
 * Every duration, threshold and weight the service decides by. Stored with versions; an order keeps the version it was
 * placed under, and its workflow gets the values as input, so that they are recorded and replayable.
 * Durations are milliseconds, lengths of way kilometres, money minor units.
 */
export interface Policy {
  name: string;
  payment: {
    /** a hold is renewed this long before it would expire */
    renew_before: number;
    /** pause between attempts to take an expired hold again, and how many before a person is asked */
    renew_retry: number;
    renew_attempts: number;
  };
  fraud: {
    reject_above: number;
    review_above: number;
    /** orders per hour of one customer, card or device that are still ordinary */
    velocity_per_hour: number;
    high_value_multiple: number;
    /** an ordinary order's value, minor units */
    typical_amount: number;
    review_window: number;
  };
  routing: {weights: RoutingWeights; max_shipments: number; reach_km: Record<Sla, number | null>};
  shipping: {
    sla_days: Record<Sla, number | null>;
    /** a parcel whose tracker is silent for so long is declared lost */
    lost_after: number;
    /** the tracker is asked when it said nothing for so long */
    poll_after: number;
  };
  /** The tolerance of a parcel's weight counts until its products were weighed often enough (`weighing`). */
  warehouse: {lease: number; weight_tolerance_share: number; weight_tolerance_g: number; weighing?: WeighingTerms};
  /** how long units wait for stock, and those that may lie in a bin until that is counted */
  backorder: {wait: number; count?: number};
  checkout: {requests_per_minute: number | null};
  /** how long one attempt of a step may take and how retries are spaced; real milliseconds, whatever the clock's speed */
  engine: {outside_timeout: number; step_timeout: number; retry_first: number; retry_max: number};
  /**
   * A step that failed for good is tried again after `stuck_retry`, or when ops say so; a run goes on in a fresh history
   * after `continue_after` events. Orders placed before there were such limits have none.
   */
  recovery?: Recovery;
  /** orders placed before there were refunds have none */
  refunds?: RefundRules;
  /** the same of disputes */
  disputes?: DisputeRules;
  /** absent in orders placed before suppliers sent anything */
  suppliers?: SupplierTerms;
  /** what may be changed of a placed order; the values of `changes.ts` where an order has none */
  changes?: ChangesPolicy;
  /** How long a payer is waited for. Orders placed before there were such windows have none: a decline ends them. */
  payer?: PayerPolicy;
  /** what may be sent back and how; orders placed before there were returns go by the built-in rules */
  returns?: ReturnPolicy;
  quotes?: QuoteTerms;
  promises?: PromiseTerms;
  /** when a carrier is no longer asked for labels, and when it is tried again */
  carriers?: CarrierTerms;
  /** which boxes; orders placed before parcels were planned by cost go by the built-in rules */
  packing?: PackingRules;
  /** what is weighed when a carrier is chosen */
  carrier_choice?: ChoiceWeights;
  insurance?: InsuranceTerms;
  collection?: CollectionTerms;
  /** what customers may do behind their link; the values of `LINKS` where an order has none */
  links?: LinkTerms;
  /** when customers are told; the built-in values where it has none */
  messages?: MessageTerms;
}

export interface LinkTerms {
  /** the link of an order that has ended works so long after the last thing that happened to it */
  open_for: number;
}

export const LINKS: LinkTerms = {open_for: 180 * DAY};

export interface PayerPolicy {
  /** for the customer's bank at checkout (3-D Secure) */
  authentication_window: number;
  /** for another method after a decline */
  method_window: number;
  /** so many methods may be tried for one order */
  methods_at_most: number;
  /** for money that could not be held again; after it what has not left the house is cancelled */
  renewal_window: number;
  /** for a hold that the shop takes by itself */
  shop_hold_window: number;
  /** a review that nobody decides goes to ops so long before its deadline */
  escalate_before: number;
}

/** How long an offer stands. */
export interface QuoteTerms {
  valid: number;
  /** one that holds stock */
  hold: number;
}

export const QUOTES: QuoteTerms = {valid: HOUR, hold: 15 * 60_000};

/** What delivery windows are computed by, beside the sites' calendars. */
export interface PromiseTerms {
  /** open days between the day of ordering and the hand-over */
  handling_days: Record<Sla, number>;
  transit_days: 'business' | 'calendar';
  /** times of day between which carriers deliver */
  day: {from: string; until: string};
}

export const PROMISES: PromiseTerms = {
  handling_days: {SAME_DAY: 0, NEXT_DAY: 0, TWO_DAY: 0, STANDARD: 1},
  transit_days: 'business',
  day: {from: '08:00', until: '20:00'},
};

export interface Recovery {
  stuck_retry: number;
  continue_after: number;
}

export interface RefundRules {
  /** what staff give back of one order above this needs a second person, minor units */
  second_person: number;
  /** a refund the provider has not finished is asked about so often, beside its webhooks */
  poll_after: number;
  /** one that failed is asked for again after this, or when ops say so */
  retry_after: number;
}

export interface DisputeRules {
  /** evidence goes to the bank this long before its deadline at the latest, whatever is still under way */
  submit_before: number;
  /** the provider is asked so often what became of it, beside its webhooks */
  poll_after: number;
}

export const DISPUTES: DisputeRules = {submit_before: 2 * DAY, poll_after: 12 * HOUR};

export const BACKORDER = {wait: 45 * DAY, count: DAY};

export const REFUNDS: RefundRules = {second_person: 50_000, poll_after: 6 * HOUR, retry_after: 3 * DAY};

export const RECOVERY: Recovery = {stuck_retry: 6 * HOUR, continue_after: 2_000};

export const PAYER: PayerPolicy = {
  authentication_window: DAY,
  method_window: HOUR,
  methods_at_most: 5,
  renewal_window: 3 * DAY,
  shop_hold_window: DAY,
  escalate_before: 12 * HOUR,
};

export const DEFAULT_POLICY: Policy = {
  name: 'default',
  payment: {renew_before: DAY, renew_retry: 12 * HOUR, renew_attempts: 6},
  fraud: {
    reject_above: 0.8,
    review_above: 0.5,
    velocity_per_hour: 10,
    high_value_multiple: 10,
    typical_amount: 15_000,
    review_window: 2 * DAY,
  },
  routing: {
    weights: {
      shipping_base: 500,
      shipping_per_kg_100km: 15,
      cross_border: 1_500,
      split: 400,
      lateness_per_day: 300,
      queue: 2,
      queue_hour: 0,
      priority: 1,
      carbon_per_kg_100km: 1,
      speed_km_per_day: 500,
      handling_days: 1,
    },
    max_shipments: 6,
    reach_km: {SAME_DAY: 60, NEXT_DAY: 800, TWO_DAY: 2_500, STANDARD: null},
  },
  shipping: {
    sla_days: {SAME_DAY: 0, NEXT_DAY: 1, TWO_DAY: 2, STANDARD: null},
    lost_after: 30 * DAY,
    poll_after: 2 * DAY,
  },
  warehouse: {lease: 15 * 60_000, weight_tolerance_share: 0.1, weight_tolerance_g: 50, weighing: WEIGHING},
  backorder: BACKORDER,
  checkout: {requests_per_minute: 120},
  engine: {outside_timeout: 60_000, step_timeout: 20_000, retry_first: 250, retry_max: 30_000},
  recovery: RECOVERY,
  refunds: REFUNDS,
  disputes: DISPUTES,
  suppliers: SUPPLIER_TERMS,
  payer: PAYER,
  returns: RETURNS,
  quotes: QUOTES,
  promises: PROMISES,
  packing: PACKING,
  carriers: CARRIERS,
  carrier_choice: CHOICE,
  insurance: INSURANCE,
  collection: COLLECTION,
  links: LINKS,
  messages: MESSAGING,
};

const OPEN_PAYER: PayerPolicy = {
  ...PAYER,
  authentication_window: 10 * DAY,
  method_window: 10 * DAY,
  renewal_window: 10 * DAY,
  shop_hold_window: 10 * DAY,
  escalate_before: 3 * DAY,
};

/** For development, tests and simulations: many orders from few shoppers are not an attack. */
export const OPEN_POLICY: Policy = {
  ...DEFAULT_POLICY,
  name: 'open',
  // a reviewer of flesh and blood needs hours, also where the clock runs fast
  fraud: {...DEFAULT_POLICY.fraud, velocity_per_hour: 10_000, review_window: 5 * DAY},
  // and so does a payer
  payer: OPEN_PAYER,
  // and who counts a bin
  backorder: {...BACKORDER, count: 10 * DAY},
  // what is said a second before a deadline may come too late
  disputes: {...DISPUTES, submit_before: 5 * DAY},
  // so does a shop that takes a quote to its customer
  quotes: {valid: 3 * DAY, hold: 2 * DAY},
  checkout: {requests_per_minute: null},
};

/**
 * For drills that kill processes while weeks pass in minutes: attempts are given up sooner, silent parcels too, and the
 * limits of a run are reached in an ordinary order.
 */
export const DRILL_POLICY: Policy = {
  ...OPEN_POLICY,
  name: 'drill',
  shipping: {...DEFAULT_POLICY.shipping, lost_after: 8 * DAY},
  // who comes neither to the bank nor with another method is waited for twice
  payer: {...OPEN_PAYER, authentication_window: 5 * DAY, method_window: 5 * DAY},
  engine: {outside_timeout: 6_000, step_timeout: 6_000, retry_first: 250, retry_max: 2_000},
  recovery: {...RECOVERY, continue_after: 50},
  routing: {...DEFAULT_POLICY.routing, max_shipments: 10},
};

/** As of before payers were waited for: a decline ends an order at once. */
export function withoutWindows({payer: _payer, ...policy}: Policy): Policy {
  return policy;
}

/** The built-in policies by name. */
export const POLICIES = {default: DEFAULT_POLICY, open: OPEN_POLICY, drill: DRILL_POLICY};
export type PolicyName = keyof typeof POLICIES;
